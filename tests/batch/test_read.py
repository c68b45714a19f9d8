"""From files to summaries: every problem is reported, and none stops the others."""

import json
from dataclasses import replace
from datetime import date

import pytest

from legcheck import app, batch, provisions
from legcheck.batch.reading import Reader
from legcheck.issues import InputError
from legcheck.labels import labels
from legcheck.model import Request
from tests.batch.conftest import filled, own_workbook, write_checklist
from tests.comparison.builders import vot
from tests.samples import FOLDER, MISTAKES, UTOPIA
from tests.samples import workbooks as samples

TABLE = "country,as_of,provision,rating\n"


def codes(found) -> dict[str, list[str]]:
    """The codes of the issues of every file that was left out, by the file's name."""
    return {one.file.rpartition("/")[2]: sorted({issue.code for issue in one.issues}) for one in found.left_out}


def countries(found) -> list[str]:
    return [one.country for one in found.summaries]


def result_json(workbook) -> bytes:
    (content,) = app.report_files(app.assess(workbook), ("json",), "en").values()
    return content


def test_summaries_stand_in_the_order_of_the_files(workbooks):
    paths = workbooks(5)
    turned = paths[::-1]
    assert countries(batch.read(paths, Reader())) == ["XAA", "XAB", "XAC", "XAD", "XAE"]
    assert countries(batch.read(turned, Reader())) == ["XAE", "XAD", "XAC", "XAB", "XAA"]


def test_what_comes_out_does_not_depend_on_the_number_of_processes(workbooks, tmp_path):
    paths = [*workbooks(33), *samples()]
    (tmp_path / "bad.xlsx").write_bytes(b"PK nothing")
    (tmp_path / "t.csv").write_text(TABLE + "NAM,2026-01-01,REC-02,partial\nNAM,2026-01-01,REC-99,full\n")
    paths += [tmp_path / "bad.xlsx", tmp_path / "t.csv", FOLDER / MISTAKES]
    alone, three = batch.read(paths, Reader(), jobs=1), batch.read(paths, Reader(), jobs=3)
    assert alone == three
    assert alone.files == len(paths)
    assert codes(alone).keys() == {"bad.xlsx", "t.csv", MISTAKES}


def test_kinds_may_be_mixed_and_each_bad_file_keeps_its_own_issues(tmp_path, workbooks):
    (tmp_path / "ut.json").write_bytes(result_json(FOLDER / UTOPIA))
    (tmp_path / "na.csv").write_text(TABLE + "NA,2026-01-01,REC-02,partial\n")
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "pdf.xlsx").write_bytes(b"%PDF-1.7")
    (tmp_path / "other.json").write_text('{"format": 2}')
    (tmp_path / "deep.json").write_text("[" * 100_000)
    names = ["ut.json", "na.csv", "empty.xlsx", "pdf.xlsx", "other.json", "deep.json", "nowhere.xlsx"]
    found = batch.read([*workbooks(2), *(tmp_path / name for name in names)], Reader())
    assert countries(found) == ["XAA", "XAB", "XUT", "NAM"]
    assert codes(found) == {
        "empty.xlsx": ["A005"],
        "pdf.xlsx": ["A003"],
        "other.json": ["R001"],
        "deep.json": ["R001"],
        "nowhere.xlsx": ["A001"],
    }


def test_the_same_content_twice_is_kept_once_and_reported(tmp_path, workbooks):
    first, second = workbooks(1)[0], tmp_path / "copy.xlsx"
    second.write_bytes(first.read_bytes())
    found = batch.read([first, second], Reader())
    assert countries(found) == ["XAA"]
    assert codes(found) == {"copy.xlsx": ["A017"]}
    (issue,) = found.left_out[0].issues
    assert dict(issue.facts)["others"] == str(first)
    assert issue.at.file == str(second)


def test_a_workbook_beside_its_own_result_is_kept_once(tmp_path):
    result = tmp_path / "XUT.json"
    for sample in samples():
        result.write_bytes(result_json(sample))
        found = batch.read([sample, result], Reader())
        assert (len(found.summaries), codes(found)) == (1, {"XUT.json": ["A017"]}), sample


def test_of_several_that_differ_none_is_kept_and_each_names_all_others(tmp_path, workbooks):
    (tmp_path / "one.csv").write_text(TABLE + "XAA,2026-01-01,REC-02,full\n")
    (tmp_path / "two.csv").write_text(TABLE + "XAA,2026-01-01,REC-02,none\nXAB,2026-05-01,REC-02,none\n")
    paths = [workbooks(1)[0], tmp_path / "one.csv", tmp_path / "two.csv"]
    found = batch.read(paths, Reader())
    assert [(one.country, one.as_of) for one in found.summaries] == [("XAB", date(2026, 5, 1))]
    assert codes(found) == {path.name: ["A017"] for path in paths}
    for one in found.left_out:
        (issue,) = one.issues
        assert {one.file, *dict(issue.facts)["others"].split(", ")} == set(map(str, paths))


def test_other_dates_of_a_country_are_rounds_not_duplicates(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE + "XAA,2026-01-01,REC-02,full\nXAA,2023-01-01,REC-02,full\n")
    assert len(batch.read([tmp_path / "t.csv"], Reader()).summaries) == 2


def test_one_bad_assessment_of_a_table_leaves_the_others(tmp_path):
    (tmp_path / "t.csv").write_text(
        TABLE + "NAM,2026-01-01,REC-02,partial\nESP,2026-01-01,REC-02,partail\nFRA,2026-01-01,REC-02,none\n"
    )
    found = batch.read([tmp_path / "t.csv"], Reader())
    assert countries(found) == ["NAM", "FRA"]
    assert codes(found) == {"t.csv (ESP 2026-01-01)": ["A301"]}
    assert [issue.at.line for issue in found.left_out[0].issues] == [3]


def test_progress_is_reported_up_to_the_last_file(workbooks, tmp_path):
    heard = []
    paths = [*workbooks(18), tmp_path / "nowhere.xlsx"]
    batch.read(paths, Reader(), jobs=2, on_progress=lambda *progress: heard.append(progress))
    assert heard[0] == (0, 19)
    assert heard[-1] == (19, 19)
    assert heard == sorted(heard)


def test_a_checklist_inside_a_result_file_comes_along(tmp_path, own):
    (tmp_path / "own.xlsx").write_bytes(own_workbook(own, "XAA"))
    checklist = provisions.load(str(own))
    result = app.assess(tmp_path / "own.xlsx", checklist=str(own))
    (content,) = app.report_files(result, ("json",), "en").values()
    (tmp_path / "own.json").write_bytes(content)
    found = batch.read([tmp_path / "own.json"], Reader())
    assert [one.checklist.digest for one in found.summaries] == [checklist.digest]
    assert found.sources[checklist.digest].built().digest == checklist.digest


def test_the_short_form_of_a_checklist_of_ones_own_is_compared(tmp_path, own):
    """The cache must not lose what the short form is made of."""
    chosen = provisions.load(str(own))
    for at, short in enumerate([False, True]):
        (tmp_path / f"{at}.xlsx").write_bytes(own_workbook(own, f"XA{'AB'[at]}", short=short))
    for _ in range(2):
        found = batch.read([tmp_path / "0.xlsx", tmp_path / "1.xlsx"], app.reader_for(chosen), cache=tmp_path / "cache.sqlite")
        made = app.assemble(found, chosen, Request(), "en")
        assert [row.differs for row in made.rows] == [(), ("form",)]


def test_a_file_of_another_checklist_is_left_out_and_reported(tmp_path, own, workbooks):
    (tmp_path / "own.xlsx").write_bytes(own_workbook(own, "XZZ"))
    result = app.assess(tmp_path / "own.xlsx", checklist=str(own))
    (content,) = app.report_files(result, ("json",), "en").values()
    (tmp_path / "own.json").write_bytes(content)
    found = batch.read([*workbooks(2), tmp_path / "own.json"], Reader())
    made = app.assemble(found, None, Request(), "en")
    assert [row.summary.country for row in made.rows] == ["XAA", "XAB"]
    assert [(one.file.rpartition("/")[2], one.issues[0].code) for one in made.left_out] == [("own.json", "A011")]


def test_two_files_of_one_name_and_another_checklist_are_both_reported(tmp_path, own, workbooks):
    for folder, country in (("a", "XZA"), ("b", "XZB")):
        (tmp_path / folder).mkdir()
        book = tmp_path / folder / "own.xlsx"
        book.write_bytes(own_workbook(own, country))
        (content,) = app.report_files(app.assess(book, checklist=str(own)), ("json",), "en").values()
        book.with_suffix(".json").write_bytes(content)
    paths = [*workbooks(3), tmp_path / "a" / "own.json", tmp_path / "b" / "own.json"]
    made = app.assemble(batch.read(paths, Reader()), None, Request(), "en")
    assert [one.file for one in made.left_out] == [str(paths[-2]), str(paths[-1])]


def test_rescoring_is_refused_between_checklists(tmp_path, own):
    (tmp_path / "own.xlsx").write_bytes(own_workbook(own, "XAA"))
    reader = app.reader_for(provisions.load(str(own)), vot())
    assert codes(batch.read([tmp_path / "own.xlsx"], reader)) == {"own.xlsx": ["A011"]}


@pytest.mark.parametrize("weight", ["1/3", "0.123457", "999999", "1/999983"], ids=["third", "long", "great", "small"])
def test_all_weights_that_a_checklist_may_hold_are_compared_exactly(tmp_path, weight):
    own = write_checklist(tmp_path / "heavy", **{"title: One": f'title: One\n  weight: "{weight}"'})
    checklist = provisions.load(str(own))
    for country, rating in (("XAA", "yes"), ("XAB", "no"), ("XAC", "yes")):
        (tmp_path / f"{country}.xlsx").write_bytes(own_workbook(own, country, rating))
    found = batch.read(sorted(tmp_path.glob("*.xlsx")), app.reader_for(checklist))
    made = app.assemble(found, checklist, Request(draws=3), "en")
    outputs = app.comparison_files(made, ["csv", "parquet"], labels("en"))
    assert b'"100%"' in b"".join(outputs["scores.csv"])


def test_a_result_whose_figures_were_changed_is_left_out(tmp_path):
    tree = json.loads(result_json(FOLDER / UTOPIA))
    tree["scores"]["law"]["total"]["central"] = 0.99
    (tmp_path / "x.json").write_text(json.dumps(tree))
    assert codes(batch.read([tmp_path / "x.json"], Reader())) == {"x.json": ["R003"]}


def test_nothing_left_to_compare_names_every_file(tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    found = batch.read([tmp_path / "empty.xlsx"], Reader())
    with pytest.raises(InputError) as refused:
        app.assemble(found, None, Request(), "en")
    assert [issue.code for issue in refused.value.issues] == ["A005", "R502"]


def test_the_name_of_the_file_is_no_part_of_what_an_assessment_says(workbooks, tmp_path):
    (first,) = workbooks(1)
    (tmp_path / "other.xlsx").write_bytes(filled(0))
    one, two = (batch.read([path], Reader()).summaries[0] for path in (first, tmp_path / "other.xlsx"))
    assert one != two
    assert replace(one, source=two.source) == two


@pytest.mark.parametrize("place", ["country_name", "title", "laws"])
def test_names_longer_than_any_cell_are_refused_before_they_fill_every_row_of_a_table(tmp_path, place):
    tree = json.loads(result_json(FOLDER / UTOPIA))
    of = tree["assessment"]["laws"]["L1"] if place == "laws" else tree["assessment"]
    of["title" if place == "laws" else place] = "x" * 100_000
    (tmp_path / "x.json").write_text(json.dumps(tree))
    assert codes(batch.read([tmp_path / "x.json"], Reader())) == {"x.json": ["A008"]}
