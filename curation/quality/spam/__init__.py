"""What was written to sell."""

from curation.quality.spam.gambling import gambling

SPAM = (gambling,)
