"""Which articles are labelled: strata, quotas, gold tasks and probes."""
