"""Which part each of several hands is asked, and what is wrong with a table that says so."""

from dataclasses import replace
from datetime import date

import pytest

from legcheck import provisions
from legcheck.analysis import in_short, part_of, parts_by_chapter, parts_by_lead, parts_by_name
from legcheck.issues import Location
from legcheck.model import Assignment, Law, Revision
from tests.analysis.builders import assessment, checklist

SMALL = checklist({"A": {"A-1": {}, "A-2": {}}, "B": {"B-1": {}}})
JUSTICE, HEALTH = "Ministry of Justice", "Ministry of Health"
TAKEN = {"part": HEALTH, "other": JUSTICE, "first": "2"}


def by_name(*rows):
    """The parts of a table with these rows, and the issues found."""
    found, issues = parts_by_name(
        SMALL, [(part, id, Location("t.csv", line=at)) for at, (part, id) in enumerate(rows, 2)], "t.csv"
    )
    return [(one.key, one.name, one.provisions) for one in found], [(one.code, one.at.line, dict(one.facts)) for one in issues]


def test_each_chapter_is_a_part():
    assert parts_by_chapter(SMALL) == (Assignment("A", "A", ("A-1", "A-2")), Assignment("B", "B", ("B-1",)))


def test_the_body_that_leads_most_measures_gets_a_provision():
    vot, catalogue = provisions.load("vot"), provisions.load_catalogue("vot", "en")
    parts = parts_by_lead(vot, catalogue)
    asked = [id for one in parts for id in one.provisions]
    assert sorted(asked) == sorted(vot.provisions)
    for one in parts:
        assert one.name == catalogue.leads[one.key]
        for id in one.provisions:
            leads = [measure.lead for measure in catalogue.measures.values() if id in measure.closes]
            assert leads.count(one.key) == max(map(leads.count, leads))


def test_a_provision_without_measures_goes_with_its_chapter():
    vot, catalogue = provisions.load("vot"), provisions.load_catalogue("vot", "en")
    without = {key: one for key, one in catalogue.measures.items() if "REC-02" not in one.closes}
    parts = {one.key: one.provisions for one in parts_by_lead(vot, replace(catalogue, measures=without))}
    (of,) = (key for key, ids in parts.items() if "REC-02" in ids)
    leads = [one.lead for one in without.values() for id in one.closes if id.startswith("REC-")]
    assert leads.count(of) == max(map(leads.count, leads))


def test_a_table_gives_chapters_and_provisions():
    rows = [(JUSTICE, "a-1"), (HEALTH, "B"), ("ministry  of justice", "A-2")]
    assert by_name(*rows) == (
        [("ministry-of-justice", JUSTICE, ("A-1", "A-2")), ("ministry-of-health", HEALTH, ("B-1",))],
        [],
    )


@pytest.mark.parametrize(
    ("rows", "code", "line", "facts"),
    [
        ([(JUSTICE, "A"), (JUSTICE, "B"), (HEALTH, "A-3")], "A602", 4, {"value": "A-3", "part": HEALTH, "hint": "A-2"}),
        ([(JUSTICE, "A"), (HEALTH, "B"), (HEALTH, "A")], "A603", 4, TAKEN | {"provisions": "A"}),
        ([(JUSTICE, "A"), (HEALTH, "B"), (HEALTH, "A-2")], "A603", 4, TAKEN | {"provisions": "A-2"}),
        ([(JUSTICE, "A-1")], "A604", 0, {"provisions": "A-2, B"}),
    ],
)
def test_what_nobody_gets_two_get_or_is_unknown_is_named(rows, code, line, facts):
    assert by_name(*rows)[1] == [(code, line, facts)]


def test_names_that_look_alike_in_files_have_keys_of_their_own():
    parts, _ = by_name(("Justice: courts", "A-1"), ("Justice / courts", "A-2"), ("***", "B"))
    assert [key for key, *_ in parts] == ["justice-courts", "justice-courts-2", "3"]


def test_a_part_has_its_answers_with_their_changes_and_the_whole_register():
    day = date(2026, 2, 1)
    changes = tuple(Revision(day, id, "law") for id in ("A-1", "B-1", "L1"))
    whole = replace(assessment(SMALL, {"A-1": "full", "B-1": "none"}, (Law("L1", "Act"),)), history=changes)
    made = part_of(SMALL, whole, Assignment("A", "A", ("A-1", "A-2")))
    assert (list(made.answers), made.laws, made.history) == (["A-1"], whole.laws, (changes[0], changes[2]))


def test_whole_chapters_are_named_by_their_id():
    assert in_short(SMALL, ["B-1", "A-2"]) == "A-2, B"
