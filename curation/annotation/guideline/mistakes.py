"""Mistakes in a ``codebook.toml`` that the types alone don't show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from curation.annotation.guideline.log import mistakes as log_mistakes
from curation.toml import Mistake, Place

STORED = re.compile(r"[a-z0-9_]+")


def mistakes(data: dict[str, Any]) -> Iterator[Mistake]:
    """All mistakes that the types alone don't show, in a file that may have others."""
    head = data.get("codebook")
    # a page of one's own has names and hotkeys of its own
    is_own = isinstance(head, dict) and "page" in head
    questions = tables(data, "question")
    versions = [str(change.get("version")) for _, change in tables(data, "changelog")]
    seen: dict[str, list[str]] = {}
    hotkeys: dict[str, str] = {}
    if not questions and "question" not in data:
        yield ("question",), "a codebook needs a [[question]]", "", ()
    for i, question in questions:
        here = ("question", str(i))
        name = str(question.get("name", ""))
        if not is_own:
            yield from _stored((*here, "name"), "name", question.get("name"))
        if name in seen:
            yield (*here, "name"), f"two questions are called '{name}'", "", ()
        if (since := question.get("since")) is not None and since not in versions:
            yield (*here, "since"), f"the changelog knows no version {since}", str(since), versions
        yield from _condition((*here, "visible_when"), question.get("visible_when"), seen)
        yield from _labels(here, question)
        if not is_own:
            yield from _short(here, question, hotkeys)
        seen[name] = [str(label.get("value")) for _, label in tables(question, "label")]
    if "own_page" in data:
        yield ("own_page",), "the page stands in a file of its own: name it in [codebook] as page", "", ()
    yield from _targets(data, questions)
    yield from _predictions(data, questions)
    yield from _stored(("codebook", "name"), "name", head.get("name") if isinstance(head, dict) else None)
    yield from log_mistakes(data)


def _predictions(data: dict[str, Any], questions: list[tuple[int, dict[str, Any]]]) -> Iterator[Mistake]:
    settings = data.get("predictions")
    if not isinstance(settings, dict):
        return
    name, share, model = (settings.get(key) for key in ("question", "share", "model"))
    choices = [str(question.get("name")) for _, question in questions if question.get("kind") != "spans"]
    if name is not None and name not in choices:
        yield ("predictions", "question"), f"'{name}' is no question with choices", str(name), choices
    if isinstance(share, (int, float)) and not 0 <= share <= 1:
        yield ("predictions", "share"), f"a share of {share} is not between 0 and 1", "", ()
    if isinstance(model, str) and not re.fullmatch(r"[\w.-]+", model):
        yield ("predictions", "model"), f"model '{model}' may hold only letters, digits, - . and _", "", ()


def _labels(here: Place, question: dict[str, Any]) -> Iterator[Mistake]:
    labels = tables(question, "label")
    if question.get("kind") in ("choice", "choices") and len(labels) < 2 and "label" in question:
        yield (*here, "label"), f"'{question.get('name')}' offers nothing to choose from", "", ()
    for key in ("value", "shown"):
        counts = Counter(str(label[key]) for _, label in labels if key in label)
        for i, label in labels:
            if counts[str(label.get(key))] > 1:
                text = f"{key} '{label[key]}' occurs twice in '{question.get('name')}'"
                yield (*here, "label", str(i), key), text, "", ()
                counts[str(label[key])] = 1


def _short(here: Place, question: dict[str, Any], hotkeys: dict[str, str]) -> Iterator[Mistake]:
    """Stored values and hotkeys that are no single word or key."""
    for i, label in tables(question, "label"):
        place = (*here, "label", str(i))
        yield from _stored((*place, "value"), "value", label.get("value"))
        if "hotkey" not in label:
            continue
        hotkey = str(label["hotkey"])
        owner = f"{question.get('name')}.{label.get('value')}"
        if not re.fullmatch("[a-z0-9]", hotkey):
            yield (*place, "hotkey"), f"hotkey '{hotkey}' must be one small letter or digit", "", ()
        elif hotkey in hotkeys:
            yield (*place, "hotkey"), f"hotkey '{hotkey}' already belongs to {hotkeys[hotkey]}", "", ()
        hotkeys.setdefault(hotkey, owner)


def _condition(place: Place, condition: Any, seen: dict[str, list[str]]) -> Iterator[Mistake]:
    if not isinstance(condition, dict):
        return
    name, given = str(condition.get("question")), condition.get("value")
    if name not in seen:
        yield place, f"visible_when names '{name}', which is no question above", name, seen
        return
    for value in map(str, given if isinstance(given, list) else [given]):
        if value not in seen[name]:
            yield place, f"'{name}' has no value '{value}'", value, seen[name]


def _targets(data: dict[str, Any], questions: list[tuple[int, dict[str, Any]]]) -> Iterator[Mistake]:
    head = data.get("codebook")
    is_audit = isinstance(head, dict) and head.get("shows", "article") != "article"
    asked = any(question.get("per") == "target" for _, question in questions)
    if asked and not data.get("target") and not is_audit:
        yield ("target",), "a question is asked per target, but there is no [[target]]", "", ()
    owners: dict[str, str] = {}
    for i, target in tables(data, "target"):
        aliases = target.get("aliases", [])
        for word in [target.get("name"), *(aliases if isinstance(aliases, list) else [])]:
            folded = " ".join(str(word).casefold().split())
            if not folded:
                yield ("target", str(i)), "a target's name or alias is empty", "", ()
            elif folded in owners:
                yield ("target", str(i)), f"'{word}' already stands for '{owners[folded]}'", "", ()
            owners.setdefault(folded, str(target.get("name")))


def _stored(place: Place, key: str, value: Any) -> Iterator[Mistake]:
    if value is not None and not STORED.fullmatch(str(value)):
        yield place, f"{key} '{value}' may hold only a-z, 0-9 and _", "", ()


def tables(data: dict[str, Any], key: str) -> list[tuple[int, dict[str, Any]]]:
    """The tables of an array, numbered; what is no table has been told already."""
    found: Iterable[Any] = data.get(key) if isinstance(data.get(key), list) else ()  # type: ignore[assignment]
    return [(i, table) for i, table in enumerate(found) if isinstance(table, dict)]
