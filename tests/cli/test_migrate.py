"""Answers carried to another version of the checklist, from the command line: the real case is version 1.0 of ours."""

import json
from collections import Counter
from pathlib import Path

import pytest

from legcheck import inputs
from tests.samples import FOLDER, UTOPIA

FIRST_EDITION = Path(__file__).parents[1] / "cases" / "first-edition.xlsx"


@pytest.fixture
def migrated(run, tmp_path):
    ran = run("migrate", FIRST_EDITION, "--out", "new.xlsx", "--on", "2026-07-01")
    assert ran.code == 0
    return ran, inputs.read(tmp_path / "new.xlsx")


def test_a_workbook_of_the_first_edition_becomes_one_of_the_second(migrated):
    ran, reading = migrated
    assert ran.out.splitlines()[:5] == [
        "new.xlsx",
        "129 provisions carried from version 1.0 to 2.0:",
        "  kept: 28",
        "  to be confirmed: 90",
        "  new, not answered: 11",
    ]
    assert "GEN-05 Status independent of the perpetrator: to be confirmed; new: b" in ran.out.splitlines()
    assert not reading.issues.blocking
    assert reading.checklist.version == "2.0"


def test_no_answer_and_no_text_of_the_first_edition_is_lost(migrated):
    before, after = inputs.read(FIRST_EDITION).assessment, migrated[1].assessment
    archived = Counter(one.provision for one in after.history)
    for id, answer in before.answers.items():
        carried = after.answers[id]
        assert (carried.ratings, carried.note, carried.citations) == (answer.ratings, answer.note, answer.citations)
        said, kept = (sum(each.met is not None for each in one.elements.values()) for one in (answer, carried))
        assert said == kept + archived[id]
    assert after.laws == before.laws


def test_migrate_as_json(run):
    tree = json.loads(run("migrate", FIRST_EDITION, "--out", "new.xlsx", "--format", "json").out)
    assert (tree["from"], tree["to"], len(tree["provisions"])) == ("1.0", "2.0", 129)
    assert tree["provisions"][3] == {
        "provision": "GEN-04", "fate": "confirm", "came_from": ["GEN-04"], "new": ["c"], "retired": ["GEN-04.c"]
    }  # fmt: skip


def test_to_the_same_version_everything_is_kept(run, tmp_path):
    assert run("migrate", FOLDER / UTOPIA, "--out", "same.xlsx", "--to", "2.0").code == 0
    before, after = (inputs.read(path).assessment for path in (FOLDER / UTOPIA, tmp_path / "same.xlsx"))
    assert after.answers == before.answers


def test_back_to_the_first_edition(run, tmp_path):
    assert run("migrate", FOLDER / UTOPIA, "--out", "old.xlsx", "--to", "1.0").code == 0
    assert inputs.read(tmp_path / "old.xlsx").checklist.version == "1.0"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "9.0"), "There is no checklist 'vot@9.0'"),
        (("--out", "new.docx"), "is not a workbook"),
    ],
)
def test_what_cannot_be_is_refused(run, words, said):
    ran = run("migrate", FIRST_EDITION, "--out", "new.xlsx", *words)
    assert ran.code == 2
    assert said in " ".join(ran.err.replace("\u2502", " ").split())


def test_an_older_workbook_is_answered_with_the_command_to_run(run):
    said = run("check", FIRST_EDITION).err
    assert f"legcheck migrate {FIRST_EDITION}" in said
    assert "legcheck migrate" not in run("check", FOLDER / UTOPIA).err


def test_what_changed_between_versions(run):
    lines = run("provisions", "diff", "vot@1.0", "vot@2.0").out.splitlines()
    assert "GEN-11: new provision" in lines
    assert lines[0] == "1526 changes from version 1.0 to 2.0:"
    assert "  element no longer asked: 84" in lines
    assert lines[10] == "Version step due: the first number. Some answers have to be looked at again."
    assert lines[lines.index("GEN-03: core or no longer core") :][1:3] == ["  was: no", "  is: yes"]
    in_french = run("provisions", "diff", "vot@1.0", "vot@2.0", "--language", "fr").out.splitlines()
    assert in_french[0] == "1526 changements de la version 1.0 à la version 2.0\u00a0:"
    tree = json.loads(run("provisions", "diff", "vot@1.0", "vot", "--format", "json").out)
    assert (tree["step"], len(tree["changes"])) == ("major", 1526)
    assert json.loads(run("provisions", "diff", "vot", "vot", "--format", "json").out)["changes"] == []
