"""Every fault of a checklist in one run, each with file, line and code."""

import json
import re
from pathlib import Path

import pytest
import yaml

from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.provisions import check_checklist, json_schema, load, schema

ENTRIES = (
    schema.ChecklistEntry, schema.LevelEntry, schema.ScaleEntry, schema.DimensionEntry, schema.BandEntry, schema.PriorityEntry,
    schema.ProvisionEntry, schema.MeasureEntry, schema.PlanEntry, schema.SectionEntry, schema.PhaseEntry, schema.OrderEntry,
    schema.IndicatorEntry, schema.ExampleEntry,
)  # fmt: skip

MAIN = """
id: own
version: "1"
title: T
scales:
  yesno: {levels: {yes: {title: "Yes", worth: 1}, no: {title: "No", worth: 0}}}
dimensions:
  law: {title: Law, scale: yesno, role: law}
chapters:
  AA: {title: First}
"""


def faults(path: Path) -> list[tuple[str, str, int]]:
    """Code, file and line of every issue."""
    return [(issue.code, Path(issue.at.file).name, issue.at.line) for issue in check_checklist(str(path)).issues]


def test_a_sound_checklist_has_no_faults(write):
    checked = check_checklist(str(write()))
    assert list(checked.issues) == []
    assert (checked.provisions, checked.elements, checked.standards) == (2, 2, 1)


CHAPTER_FAULTS = {
    "a repeated key": ("AA-1:\n  title: One\n  title: Again\n", [("P101", 3)]),
    "a repeated provision": ("AA-1: {title: One}\nAA-1: {title: Again}\n", [("P101", 2)]),
    "two ids that differ in capitals": ("AA-x: {title: One}\nAA-X: {title: Again}\n", [("P201", 2)]),
    "an unknown field": ("AA-1:\n  title: One\n  wieght: 2\n", [("P102", 3)]),
    "a missing title": ("AA-1:\n  question: What?\n", [("P103", 1)]),
    "a weight that is no number": ("AA-1:\n  title: One\n  weight: heavy\n", [("P104", 3)]),
    "a flag that is none": ("AA-1:\n  title: One\n  core: yes\n", [("P104", 3)]),
    "a list that is none": ("AA-1:\n  title: One\n  standards: DBP 1\n", [("P104", 3)]),
    "an unknown scale of its own": ("AA-1:\n  title: One\n  scale: yesnno\n", [("P303", 3)]),
    "a weight below nothing": ("AA-1:\n  title: One\n  weight: -1/2\n", [("P205", 3)]),
    "an id of another chapter": ("BB-1:\n  title: One\n", [("P202", 1)]),
    "letters out of order": (
        "AA-1:\n  title: One\n  full: F\n  partial: P\n  elements:\n    a: x\n    c: y\n",
        [("P203", 5)],
    ),
    "a letter that is none": ("AA-1:\n  title: One\n  elements:\n    1: x\n", [("P104", 4)]),
    "letters of no element": (
        "AA-1:\n  title: One\n  full: F\n  partial: P\n  elements: {a: x}\n  by_silence: [a, b]\n  harm_elements: [c, a]\n",
        [("P207", 6), ("P207", 7)],
    ),
    "no decision rules": ("AA-1:\n  title: One\n  elements: {a: x}\n", [("P204", 1), ("P204", 1)]),
    "a core provision that does not say who is harmed": (
        "AA-1:\n  title: One\n  harm: x\nAA-2:\n  title: Two\n  core: true\n  elements: {a: x}\n  full: F\n  partial: P\n",
        [("P204", 4)],
    ),
    "a dangling standard": ("AA-1:\n  title: One\n  standards:\n    - DBP 1\n    - DBP 2\n", [("P301", 5)]),
    "an unknown theme": ("AA-1:\n  title: One\n  themes: [gendre]\n", [("P302", 3)]),
    "a claimed number of the model provisions": ("AA-1:\n  title: One\n  mlp: {theme: x, ref: 12}\n", [("P307", 3)]),
}


@pytest.mark.parametrize(("text", "expected"), CHAPTER_FAULTS.values(), ids=CHAPTER_FAULTS)
def test_a_fault_of_a_provision_is_found_where_it_stands(write, text, expected):
    assert faults(write(chapters__aa_yaml=text)) == [(code, "aa.yaml", line) for code, line in expected]


MAIN_FAULTS = {
    "an unknown scale": (MAIN.replace("scale: yesno,", "scale: yesnno,"), [("P303", 8)]),
    "bands that overlap": (
        MAIN + "bands:\n  a: {title: A, from: 0, to: 60%}\n  b: {title: B, from: 50%, to: 1}\n",
        [("P304", 13)],
    ),
    "bands with a hole": (
        MAIN + "bands:\n  a: {title: A, from: 0, to: 40%}\n  b: {title: B, from: 50%, to: 1}\n",
        [("P304", 13)],
    ),
    "bands that end early": (MAIN + "bands:\n  a: {title: A, from: 0, to: 40%}\n", [("P304", 11)]),
    "a worth above one": (MAIN.replace("worth: 1}", "worth: 3/2}"), [("P305", 6)]),
    "a chapter without file": (MAIN + "  BB: {title: Second}\n", [("P105", 11)]),
    "a cap that is no band": (MAIN + "core_cap: weak\n", [("P303", 11)]),
    "no dimension": (MAIN.replace("  law: {title: Law, scale: yesno, role: law}", "  {}"), [("P104", 7)]),
    "two dimensions of law": (
        MAIN.replace("role: law}", "role: law}\n  more: {title: More, scale: yesno, role: law}"),
        [("P310", 9)],
    ),
    "two dimensions with one title": (
        MAIN.replace("role: law}", "role: law}\n  more: {title: LAW, scale: yesno}"),
        [("P311", 9)],
    ),
    "a scale of nothing": (re.sub("yesno: {lev.*", "yesno: {}", MAIN), [("P309", 6)]),
    "levels that are all outside": (
        MAIN.replace("worth: 1}", "outside: true}").replace("worth: 0}", "contrary: true}"),
        [("P309", 6)],
    ),
    "two levels worth their elements": (
        MAIN.replace("worth: 0}}", "worth: elements}, some: {title: Some, worth: elements}}"),
        [("P309", 6)],
    ),
    "a level worth its elements without one worth 0": (MAIN.replace("worth: 0}}", "worth: elements}}"), [("P309", 6)]),
    "an unrecorded worth without elements": (MAIN.replace("worth: 0}}", "worth: 0, unrecorded: 1/2}}"), [("P309", 6)]),
    "an unrecorded worth of 1": (
        MAIN.replace("worth: 0}}", "worth: 0}, some: {title: Some, worth: elements, unrecorded: 1}}"),
        [("P309", 6)],
    ),
    "levels and points": (MAIN.replace('no: {title: "No", worth: 0}}', 'no: {title: "No"}}, points: 3'), [("P309", 6)]),
    "two levels with one title": (MAIN.replace('"No"', '"yes!"'), [("P311", 6)]),
    **{
        f"points {points} in steps of {step}": (
            MAIN.replace("scales:\n", f"scales:\n  fine: {{points: {points}, step: {step}}}\n"),
            [("P309", 6)],
        )
        for points, step in (
            ("0", "1"),
            ("-1", "1"),
            ("3", "2"),
            ("3", "0"),
            ("100", "0.01"),
            ("1", "-1"),
            ("3..3", "1"),
            ("-1..2", "3/2"),
        )
    },
    "points that are none": (MAIN.replace("scales:\n", "scales:\n  fine: {points: 0..}\n"), [("P104", 6), ("P309", 6)]),
    "a level that could be points": (
        MAIN.replace("scales:\n", 'scales:\n  fine: {points: 3, levels: {none: {title: "1,0", outside: true}}}\n'),
        [("P309", 6)],
    ),
    "a level beside points that counts": (
        MAIN.replace("scales:\n", "scales:\n  fine: {points: 3, levels: {none: {title: None}}}\n"),
        [("P309", 6)],
    ),
    "a title that is the key of another level": (MAIN.replace('title: "Yes"', 'title: "no"'), [("P311", 6)]),
    "titles that differ in accents only": (MAIN.replace('"Yes"', '"Prévu"').replace('"No"', '"prevu."'), [("P311", 6)]),
    "too many decimals": (MAIN + "decimals: 3\n", [("P104", 11)]),
    "sums of means": (MAIN + "display: sum\n", [("P104", 11)]),
    "a number beyond reason": (MAIN + "minutes: 1000001\n", [("P104", 11)]),
    "a key with a blank": (MAIN.replace("law:", "the law:"), [("P104", 8)]),
    "a chapter with a dash": (
        MAIN.replace("  AA:", "  A-A: {title: A, provisions: {A-A-1: {title: One}}}\n  AA:"),
        [("P104", 10)],
    ),
    "a title without a word": (MAIN.replace("{title: Law,", '{title: "",'), [("P104", 8)]),
    "a chapter of no weight": (MAIN.replace("{title: First}", "{title: First, weight: 0}"), [("P205", 10)]),
    "points for an unknown kind of gap": (MAIN + "priority: {kinds: {missing: 1}}\n", [("P104", 11)]),
    "a roll-up that does not exist": (MAIN + "rollup: sums\n", [("P104", 11)]),
}


@pytest.mark.parametrize(("text", "expected"), MAIN_FAULTS.values(), ids=MAIN_FAULTS)
def test_a_fault_of_the_checklist_is_found_where_it_stands(write, text, expected):
    assert faults(write(checklist_yaml=text)) == [(code, "checklist.yaml", line) for code, line in expected]


def test_a_chapter_without_provisions_is_named(write):
    assert faults(write(chapters__aa_yaml="# to come\n")) == [("P206", "aa.yaml", 0)]


def test_a_maximum_fits_the_steps_of_the_scale(write):
    points = MAIN.replace("scales:\n", "scales:\n  fine: {points: 10, step: 1/2}\n")
    chapter = "AA-1:\n  title: One\n  maximum: 5.5\nAA-2:\n  title: Two\n  maximum: 5.3\n"
    assert faults(write(checklist_yaml=points, chapters__aa_yaml=chapter)) == [("P104", "aa.yaml", 6)]


README = (Path(__file__).parents[2] / "provisions" / "README.md").read_text("utf-8")


def test_the_checklist_in_the_manual_has_no_faults(tmp_path):
    section = README.split("## A small checklist to copy")[1].split("\n## ")[0]
    text = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    (tmp_path / "checklist.yaml").write_text(text, "utf-8")
    assert list(check_checklist(str(tmp_path)).issues) == []


@pytest.mark.parametrize("entry", [*ENTRIES], ids=lambda entry: entry.__name__)
def test_the_manual_names_every_field(entry):
    assert [name for name in (field.alias or key for key, field in entry.model_fields.items()) if f"`{name}`" not in README] == []


def test_all_faults_come_in_one_run(write):
    text = (
        "AA-1:\n  title: One\n  wieght: 2\nAA-2:\n  question: What?\nAA-3:\n  title: Three\n  standards: [DBP 9]\n  weight: -1\n"
    )
    assert [code for code, _, _ in faults(write(chapters__aa_yaml=text))] == ["P102", "P103", "P205", "P301"]


UNREADABLE = {
    "broken YAML": ("AA-1:\n  title: 'One\n", "P003"),
    "a colon in a plain text": ("AA-1:\n  title: One: two\n", "P003"),
    "an alias": ("AA-1: &x\n  title: One\nAA-2: *x\n", "P004"),
    "aliases that unfold without end": ("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "P004"),
    "a nest without end": ("[" * 5000, "P004"),
    "a nest deeper than a parser can follow": ("AA-1: " + "[" * 100_000, "P004"),
}


@pytest.mark.parametrize(("text", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_named(write, text, code):
    found = faults(write(chapters__aa_yaml=text))
    assert [(found_code, file) for found_code, file, _ in found] == [(code, "aa.yaml")]


def test_a_wrong_field_does_not_hide_other_faults_of_the_same_provision_or_file(write):
    chapter = (
        "AA-1:\n  title: One\n  wieght: 2\n  weight: -1\n  standards: [DBP 9]\n  elements: {b: x}\n  full: F\n  partial: P\n"
    )
    main = (
        MAIN.replace("role: law", "role: laww")
        + "rollup: sums\nbands:\n  a: {title: A, from: 0, to: 40%}\nminimum_answered: 180%\n"
    )
    found = [code for code, _, _ in faults(write(chapters__aa_yaml=chapter, checklist_yaml=main))]
    assert sorted(found) == sorted(["P104", "P104", "P102", "P305", "P304", "P203", "P205", "P301"])


def test_the_words_allowed_are_named(write):
    (issue,) = check_checklist(str(write(checklist_yaml=MAIN.replace("role: law", "role: laww")))).issues
    message = labels("en").message(issue)
    assert "law, practice" in message
    assert "Did you mean 'law'?" in message


def test_a_likely_intention_is_offered(write):
    write(chapters__aa_yaml="AA-1:\n  title: One\n  wieght: 2\n")
    (issue,) = check_checklist(str(write(chapters__aa_yaml="AA-1:\n  title: One\n  wieght: 2\n"))).issues
    assert "Did you mean 'weight'?" in labels("en").message(issue)


def test_a_file_that_no_chapter_reads_is_reported(write):
    assert ("P106", "zz.yaml", 0) in faults(write(chapters__zz_yaml="ZZ-1: {title: Z}\n"))


TRANSLATIONS = """
language: fr
texts:
  AA-1.title: {of: "00000000", text: Un}
  AA-9.title: {of: "00000000", text: Neuf}
"""


def test_stale_missing_and_useless_translations_are_reported(write):
    found = faults(write(locale__fr_yaml=TRANSLATIONS))
    assert found == [("P402", "fr.yaml", 4), ("P403", "fr.yaml", 5), ("P401", "fr.yaml", 0)]


def test_translations_of_the_register_are_checked_like_those_of_a_checklist(write):
    translations = TRANSLATIONS.replace("AA-1.title", "standard.DBP.title").replace("AA-9.title", "standard.DBP 9.subject")
    assert translations != TRANSLATIONS
    found = faults(write(locale__fr__standards_yaml=translations))
    assert found == [("P402", "standards.yaml", 4), ("P403", "standards.yaml", 5), ("P401", "standards.yaml", 0)]


def test_there_is_no_such_checklist():
    with pytest.raises(InputError) as error:
        load("vto")
    assert [issue.code for issue in error.value.issues] == ["P001"]
    assert "vot" in labels("en").message(error.value.issues[0])


def test_a_checklist_with_errors_is_not_loaded(write):
    with pytest.raises(InputError) as error:
        load(str(write(chapters__aa_yaml="AA-1:\n  question: What?\nAA-2:\n  weight: -1\n  title: T\n")))
    assert [issue.code for issue in error.value.issues] == ["P103", "P205"]


def test_the_schema_for_editors_never_rejects_what_the_loader_accepts(write):
    """Editors read ordinary YAML: numbers and flags arrive as such."""
    schema = json_schema()
    provision = schema["$defs"]["ProvisionEntry"]["properties"]
    assert set(yaml.safe_load("weight: 2\ncore: true\n")) <= set(provision)
    assert provision["weight"]["type"] == ["number", "string"]
    assert provision["core"]["type"] == ["boolean", "string"]
    assert schema["properties"]["version"]["type"] == ["string", "number", "boolean"]
    json.dumps(schema)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("text", "expected"), CHAPTER_FAULTS.values(), ids=CHAPTER_FAULTS)
def test_every_message_can_be_said_in_every_language(write, text, expected, language):
    for issue in check_checklist(str(write(chapters__aa_yaml=text))).issues:
        message = labels(language).message(issue)
        assert "{" not in message
        assert "@" not in message


def test_titles_are_told_apart_in_every_language(write):
    french = (
        "language: fr\ntexts:\n"
        "  scale.yesno.yes.title: {of: 85a39ab3, text: Oui}\n"
        "  scale.yesno.no.title: {of: 1ea442a1, text: yes}\n"
    )
    assert "P311" in [code for code, _, _ in faults(write(locale__fr_yaml=french))]
