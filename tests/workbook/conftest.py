"""Checklists of every form, and an assessment that uses every field."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from legcheck.model import (
    Answer,
    Assessment,
    Chapter,
    Checklist,
    Citation,
    Dimension,
    Element,
    ElementAnswer,
    Heard,
    Law,
    LawStatus,
    Level,
    Points,
    PriorityRule,
    Provision,
    Revision,
    Role,
    Rollup,
    Scale,
    Scope,
)
from legcheck.workbook import make_workbook

CONFORMITY = Scale(
    "conformity",
    (
        Level("full", "Fully provided for", "Every element is there.", Fraction(1)),
        Level("partial", "Partly provided for", "Some are there.", Fraction(1, 2)),
        Level("none", "Not provided for", "Nothing was found.", Fraction(0)),
        Level("contrary", "Contrary", "The law says the opposite.", Fraction(0), contrary=True),
        Level("na", "Not applicable", "Cannot apply.", Fraction(0), outside=True),
    ),
)
LAW = Dimension("law", "Law", "What does the text provide?", CONFORMITY, Role.LAW, elements=True, in_time=True)
PRACTICE = Dimension("practice", "Practice", "Is it applied?", CONFORMITY, Role.PRACTICE, elements=False, in_time=False)
HEARD = (
    Heard("Associations of victims, three regions", "two meetings", "March 2026"),
    Heard("Ministry of Justice"),
    Heard("=SUM of all courts", "in writing", "2026-04-02"),
)
HISTORY = (
    Revision(date(2026, 2, 1), "L1", "title", "Law 12", "Ley 12/2016", "Ministry of Justice", "official title", "justice.xlsx"),
    Revision(date(2026, 2, 3), "REC-01", "elements.a", "no", "yes", "Adviser", "=article 3 says it", "XUT.xlsx"),
    Revision(date(2026, 2, 3), "REC-01", "elements.a.note", "", "It names the persons."),
    Revision(date(2026, 2, 3), "REC-01", "if_adopted", "", "full"),
    Revision(date(2026, 2, 3), "REC-01", "law", "none", "partial", "Ministry of Justice", "comment of the State", "back.docx"),
    Revision(date(2026, 2, 3), "REC-09", "elements.z", "yes", "", why="not asked any more"),
    Revision(date(2026, 2, 4), "REC-02", "publish", "yes", "no"),
    Revision(date(2026, 2, 4), "REC-03", "observations", "1.10", "a first line\nand a second"),
)
"""Changes of everything that can be changed, one of a provision that the checklist does not have."""
FRENCH = {
    "scale.conformity.full.title": "Entièrement prévu",
    "scale.conformity.partial.title": "Prévu en partie",
    "scale.conformity.none.title": "Non prévu",
    "scale.conformity.contrary.title": "Contraire",
    "scale.conformity.na.title": "Sans objet",
    "dimension.law.title": "Droit",
    "dimension.practice.title": "Pratique",
    "REC-01.title": "Large preuve",
}


def provision(id: str, letters: str = "abc", **settings) -> Provision:
    plain = {
        "chapter": id.rpartition("-")[0],
        "title": f"Provision {id}",
        "question": f"Does the law settle {id}?",
        "elements": tuple(Element(letter, f"the law says {letter}") for letter in letters),
        "by_silence": (),
        "contrary": "",
        "harm": "",
        "harm_elements": (),
        "contrary_harm": "",
        "guidance": "",
        "full": "Every element has a rule behind it.",
        "partial": "At least one has.",
        "weight": Fraction(1),
        "scale": None,
        "maximum": None,
        "extra": False,
        "core": False,
        "may_not_apply": False,
        "standards": (),
        "practice": (),
        "themes": (),
        "mlp_theme": "",
        "mlp_ref": "",
    }
    return Provision(id=id, **{**plain, **settings})


def checklist_of(
    chapters: dict[str, list[Provision]], dimensions: tuple[Dimension, ...] = (LAW, PRACTICE), **settings
) -> Checklist:
    plain = {
        "id": "small",
        "version": "1.0",
        "title": "A small checklist",
        "subject": "",
        "short": False,
        "about": "",
        "language": "en",
        "rollup": Rollup.CHAPTERS,
        "minimum_answered": Fraction(4, 5),
        "summed": False,
        "decimals": 0,
        "share_from": 5,
        "stands_from": Fraction(1, 2),
        "minutes": Fraction(5),
        "minutes_with_texts": Fraction(0),
        "bands": (),
        "core_cap": None,
        "themes": (),
        "theme_groups": {},
        "priority": PriorityRule({}, Fraction(0), Fraction(0), {}, Fraction(0), ()),
        "digest": "d" * 64,
        "definition": {},
        "translations": {"fr": FRENCH},
    }
    parts = tuple(Chapter(id, f"Chapter {id}", Fraction(1), tuple(provisions)) for id, provisions in chapters.items())
    return Checklist(dimensions=dimensions, chapters=parts, **{**plain, **settings})


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    """Five provisions in two chapters, rated in law and in practice."""
    return checklist_of(
        {
            "REC": [provision("REC-01", core=True), provision("REC-02", "ab"), provision("REC-03", "", full="", partial="")],
            "JUS": [provision("JUS-01", "abcd", core=True), provision("JUS-02", may_not_apply=True)],
        }
    )


@pytest.fixture(scope="session")
def following(checklist) -> Checklist:
    """The same provisions, where a rating in law follows from the elements."""
    full, partial, *others = CONFORMITY.levels
    scale = Scale("conformity", (full, replace(partial, by_elements=True), *others))
    return replace(checklist, dimensions=(replace(LAW, scale=scale), replace(PRACTICE, scale=scale)))


@pytest.fixture(scope="session")
def points() -> Checklist:
    """Points from 0 to 3 by halves, with a maximum of its own for one provision, one dimension, no elements."""
    scale = Scale("points", (), Points(Fraction(0), Fraction(3), Fraction(1, 2)))
    only = Dimension("text", "Text", "How much?", scale, Role.LAW, elements=False, in_time=False)
    return checklist_of(
        {"A": [provision("A-1", ""), provision("A-2", "", maximum=Fraction(1))]}, (only,), id="points", translations={}
    )


@pytest.fixture(scope="session")
def binary() -> Checklist:
    """Yes and no, without decision rules."""
    scale = Scale("answer", (Level("yes", "Yes", "", Fraction(1)), Level("no", "No", "", Fraction(0))))
    only = Dimension("text", "Text", "Is it there?", scale, None, elements=False, in_time=False)
    rows = [provision(f"B-{number}", "", full="", partial="", question="") for number in range(1, 4)]
    return checklist_of({"B": rows}, (only,), id="binary", translations={})


@pytest.fixture(scope="session")
def assessment(checklist) -> Assessment:
    """An assessment in which every field is used, and nothing is doubtful."""
    laws = {
        "L1": Law("L1", "Ley 12/2016", "Act on victims", "12/2016", date(2016, 5, 3), LawStatus.IN_FORCE, date(2016, 6, 1),
                  None, "https://example.org/12-2016"),
        "L2": Law("L2", "Code of Procedure", "", "", date(1889, 7, 24)),
        "CP": Law("CP", "Penal Code", "", "", None, LawStatus.DRAFT),
    }  # fmt: skip
    basis = "L1 art. 3 bis, 5(2); CP s. 12"
    elements = {
        "a": ElementAnswer(True, "L1 art. 3", (Citation("L1", "art. 3"),), "It names the persons."),
        "b": ElementAnswer(False),
        "c": ElementAnswer(False, remark="Not clear."),
    }
    answers = {
        "REC-01": Answer(
            "REC-01", {"law": "partial", "practice": "none"}, "full", elements, basis,
            (Citation("L1", "art. 3 bis, 5(2)"), Citation("CP", "s. 12")),
            "=1+1 is a text here\nand so is this second line", "to confirm", "-A bill is before parliament.", "@training",
        ),
        "REC-02": Answer("REC-02", {"law": "none"}),
        "REC-03": Answer("REC-03", {"law": "full"}, legal_basis="L2 art. 1.10", citations=(Citation("L2", "art. 1.10"),)),
        "JUS-02": Answer("JUS-02", {"law": "na", "practice": "na"}, note="There is no such procedure in this legal order."),
    }  # fmt: skip
    return Assessment(
        "XUT", "Utopia", date(2026, 1, 1), checklist.id, checklist.version, Scope.TEXTS, "Ministry of Justice", "A reading",
        "en", laws, answers, heard=HEARD, history=HISTORY,
    )  # fmt: skip


@pytest.fixture(scope="session")
def blank(checklist) -> bytes:
    """A workbook that nobody has filled in."""
    return make_workbook(checklist, Assessment("XUT", "", date(2026, 1, 1), checklist.id, checklist.version), language="en")
