"""The next round and the sample for a second reader, from the command line."""

import pytest

from legcheck import app, inputs
from legcheck.model import Status
from tests.samples import FOLDER, UTOPIA

LAST = FOLDER / UTOPIA
BILL = "Victims of Terrorism (Compensation) (Amendment) Bill"


def test_the_next_round_carries_every_answer_over_to_be_confirmed(run, tmp_path):
    ran = run("new", "--from", LAST, "--as-of", "2027-06-30", "--out", "next.xlsx")
    assert ran.out.splitlines() == [
        f"Adopted or in draft at the last round, and not in force: {BILL}. Check its status.",
        "In force since the last round: Children Act.",
        "next.xlsx",
        f"129 answers carried over from {LAST}, to be confirmed.",
    ]
    before, after = (inputs.read(path).assessment for path in (LAST, tmp_path / "next.xlsx"))
    assert after.as_of.isoformat() == "2027-06-30"
    assert {id: (one.ratings, one.elements, one.note) for id, one in after.answers.items()} == {
        id: (one.ratings, one.elements, one.note) for id, one in before.answers.items()
    }
    assert all("As on 30 June 2026, to be confirmed." in one.to_confirm for one in after.answers.values())


def test_measures_that_claim_to_be_done_stand_beside_their_provisions(run, tmp_path):
    result = app.assess(LAST)
    plan = app.draft_plan(result, "en")
    entries, _ = app.plan_entries(plan, None)
    done = next(iter(entries))
    entries = {id: app.replace(one, status=Status.DONE) if id == done else one for id, one in entries.items()}
    (made,) = app.plan_files(plan, entries, ["xlsx"], "en").values()
    (tmp_path / "plan.xlsx").write_bytes(made)
    assert run("new", "--from", LAST, "--as-of", "2027-06-30", "--plan", "plan.xlsx", "--out", "next.xlsx").code == 0
    said = {id: one.to_confirm for id, one in inputs.read(tmp_path / "next.xlsx").assessment.answers.items()}
    title = plan.catalogue.measures[done].title
    named = {id for id, text in said.items() if f"The plan reports this measure as done: {title}." in text}
    assert named == {id for id, measures in app.analysis.progress_of(plan, entries).by_provision.items() if done in measures}
    assert named


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", LAST, "--as-of", "2026-06-30"), "has to be later than the last"),
        (("--from", LAST, "--as-of", "2027-06-30", "--country", "XUT"), "leave out --country"),
        (("--country", "XUT", "--plan", "plan.xlsx"), "--plan goes with --from"),
        ((), "Give --country, or --from"),
    ],
)
def test_what_does_not_go_together_is_said(run, words, said):
    ran = run("new", *words, "--out", "next.xlsx")
    assert ran.code == 2
    assert said in " ".join(ran.err.split())


def test_a_sample_asks_some_of_every_chapter_and_tells_no_answer(run, tmp_path):
    first = run("sample", LAST, "--out", "one.xlsx", "--seed", "7")
    assert first.out.splitlines()[1] == "Provisions drawn by chapter: 32 of 135 (seed 7); the same seed draws the same."
    assert run("sample", LAST, "--out", "two.xlsx", "--seed", "7").code == 0
    one, two = ((tmp_path / name).read_bytes() for name in ("one.xlsx", "two.xlsx"))
    assert one == two
    reading = inputs.read(tmp_path / "one.xlsx")
    assert (reading.assessment.answers, len(reading.assessment.laws)) == ({}, 11)
    asked = set(reading.form.provisions)
    assert all(asked & {one.id for one in chapter.provisions} for chapter in reading.checklist.chapters)


def test_a_share_that_is_none_is_refused(run):
    assert run("sample", LAST, "--out", "one.xlsx", "--share", "120%").code == 2
