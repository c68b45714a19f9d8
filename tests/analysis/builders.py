"""Builders of small checklists and assessments for tests."""

from datetime import date
from fractions import Fraction

from legcheck.model import Answer, Assessment, Checklist, Citation, ElementAnswer, Law, recorded
from legcheck.provisions import build_checklist

CONFORMITY = {
    "levels": {
        "full": {"title": "Full", "worth": "1"},
        "partial": {"title": "Partial", "worth": "1/2"},
        "none": {"title": "None", "worth": "0"},
        "contrary": {"title": "Contrary", "worth": "0", "contrary": "true"},
        "na": {"title": "Not applicable", "outside": "true"},
    }
}
BANDS = {
    "weak": {"title": "Weak", "from": "0", "to": "1/2"},
    "strong": {"title": "Strong", "from": "1/2", "to": "1"},
}


def checklist(chapters: dict, **settings) -> Checklist:
    """A checklist from ``{"A": {"A-1": {"weight": "2"}}}``; every other field has a simple default."""
    tree = {
        "id": "small",
        "version": "1",
        "title": "Small",
        "scales": {"conformity": CONFORMITY},
        "dimensions": {
            "law": {"title": "Law", "scale": "conformity", "role": "law", "elements": "true", "in_time": "true"},
            "practice": {"title": "Practice", "scale": "conformity", "role": "practice"},
        },
        "minimum_answered": "80%",
        "chapters": {
            id: {"title": id, "provisions": {key: {"title": key, **entry} for key, entry in provisions.items()}}
            for id, provisions in chapters.items()
        },
        **settings,
    }
    for id, weight in settings.pop("chapter_weights", {}).items():
        tree["chapters"][id]["weight"] = weight
    tree.pop("chapter_weights", None)
    return build_checklist(tree)


def assessment(of: Checklist, answers: dict, laws: tuple[Law, ...] = (), as_of: date = date(2026, 1, 1)) -> Assessment:
    """An assessment from ``{"A-1": "full"}``, or ``{"A-1": {"law": ..., "practice": ..., "elements": "ab", "cites": "L1"}}``."""
    first = of.dimensions[0].key
    given = {id: {first: answer} if isinstance(answer, str) else answer for id, answer in answers.items()}
    return Assessment(
        country="XUT",
        country_name="Utopia",
        as_of=as_of,
        checklist=of.id,
        checklist_version=of.version,
        laws={law.key: law for law in laws},
        answers={id: _answer(of, id, dict(entry)) for id, entry in given.items()},
    )


def _answer(of: Checklist, id: str, entry: dict) -> Answer:
    ratings = {one.key: entry[one.key] for one in of.dimensions if entry.get(one.key)}
    return Answer(
        provision=id,
        ratings=ratings,
        if_adopted=entry.get("if_adopted", ""),
        elements=_elements(entry.get("elements"), of.provisions[id].letters),
        citations=tuple(Citation(key, "art. 1") for key in entry.get("cites", "").split()),
        note=entry.get("note", ""),
    )


def _elements(given: str | dict[str, bool | None] | None, letters: str) -> dict[str, ElementAnswer]:
    """Elements from the letters met, or from what is known of each."""
    if isinstance(given, dict):
        return {letter: ElementAnswer(met) for letter, met in given.items()}
    return {} if given is None else dict(recorded(given, letters))


def percent(text: str) -> Fraction:
    """An exact share from ``12.5%`` or ``1/3``."""
    return Fraction(text.rstrip("%")) / 100 if text.endswith("%") else Fraction(text)
