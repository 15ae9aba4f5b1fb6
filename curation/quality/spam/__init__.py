"""What was written to sell: gambling, and search-engine spam.

folding    seeing through disguises: g4c0r, s.l.o.t
passages   what stands close together, and who speaks there, a seller or a reporter
findings   where sellers speak
"""

from curation.quality.spam.findings import spam_findings
from curation.quality.spam.gambling import gambling
from curation.quality.spam.spam import spam

SPAM = (gambling, spam)

__all__ = ["SPAM", "gambling", "spam", "spam_findings"]
