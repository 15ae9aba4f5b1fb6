"""Every error that a person may see: what is wrong, where, and what to type next.

The command line turns them into one sentence and an exit code: 1 when the data did not pass,
2 when the command or its configuration is wrong. Any other exception is a bug and keeps its traceback.
"""

from __future__ import annotations


class CurationError(Exception):
    """Base of all errors that are meant for people.

    >>> print(UsageError("no such file", where="berita.jsonl", remedy="Check the path."))
    berita.jsonl: no such file. Check the path.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        stop = "" if self.what.endswith((".", "!", "?")) or not remedy else "."
        return f"{place}{self.what}{stop}{remedy}"


class UsageError(CurationError):
    """The command was given something that can't be used: a missing file, an unknown name."""

    exit_code = 2


class ConfigError(UsageError):
    """One or more mistakes in a configuration file; each line names file, line and remedy."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class InputError(CurationError):
    """An input that exists but can't be read as what it claims to be."""


class DataError(CurationError):
    """The data did not pass: a quarantined batch, a failed expectation, a refused release."""
