"""The summary of a run as JUnit XML: a test case a batch and a check; those fail that make the run exit 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from curation.report.standing import quarantine_remedy

if TYPE_CHECKING:
    from curation.verbs.nightly.facts import BatchFacts
    from curation.verbs.nightly.summary import Summary, Told

#: what XML 1.0 can't hold, not even escaped
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(summary: Summary) -> str:
    """The file. It tells no times: they would differ from run to run."""
    root = ElementTree.Element("testsuites", name="curation")
    batches = ElementTree.SubElement(root, "testsuite", name="batches")
    for told in summary.batches:
        case = _case(batches, told.facts.name)
        if told.failed:
            failure = ElementTree.SubElement(case, "failure", type="quarantined", message=_plain(told.facts.reason))
            failure.text = _plain(remedy(told.facts))
        elif told.facts.state != "accepted":
            # of an earlier run, or left out by a person: no failure of this one
            ElementTree.SubElement(case, "skipped", message=_plain(f"{told.facts.state}: {told.facts.reason}"))
        ElementTree.SubElement(case, "system-out").text = _plain("\n".join(_lines(told)))
    checks = ElementTree.SubElement(root, "testsuite", name="checks")
    for check in summary.checks:
        case = _case(checks, check.suite)
        lines = check.lines()
        if not check.passed:
            failure = ElementTree.SubElement(case, "failure", type="check", message=_plain(lines[0]))
            failure.text = _plain("\n".join(lines[1:]))
        else:
            ElementTree.SubElement(case, "system-out").text = _plain("\n".join(lines))
    for suite in (batches, checks):
        suite.set("tests", str(len(suite)))
        for outcome in ("failure", "skipped"):
            count = len(suite.findall(f"testcase/{outcome}"))
            suite.set("failures" if outcome == "failure" else outcome, str(count))
        suite.set("errors", "0")
    ElementTree.indent(root, " ")
    return "<?xml version='1.0' encoding='utf-8'?>\n" + ElementTree.tostring(root, encoding="unicode") + "\n"


def remedy(batch: BatchFacts) -> str:
    """What to do about a quarantined batch."""
    return f"Look: curation batch list. Then: {quarantine_remedy(batch.name, bool(batch.inputs))}"


def _case(suite: ElementTree.Element, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", classname=f"curation.{suite.get('name')}", name=_plain(name))


def _lines(told: Told) -> list[str]:
    facts = told.facts
    selected = facts.outcomes.get("selected", 0)
    lines = [f"{facts.inputs:,} inputs, {facts.articles:,} new articles, {selected:,} of them selected"]
    lines += [f"rejected as {name}: {count:,}" for name, count in sorted(facts.rejected.items())]
    lines += [f"fails {name}: {count:,}" for name, count in sorted(facts.failed.items())]
    return [*lines, *(f"{alert.kind}: {alert.outlet} {alert.text}".replace(":  ", ": ") for alert in told.alerts)]


def _plain(value: str) -> str:
    return _FORBIDDEN.sub("\ufffd", value)
