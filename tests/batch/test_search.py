"""Which files of a folder are read, and which are passed over."""

import os

import pytest

from legcheck import comparison
from legcheck.batch.search import find_files


@pytest.fixture
def folder(tmp_path):
    """A folder with empty files of these names."""

    def make(*names: str):
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        return tmp_path

    return make


def found(*paths) -> list[str]:
    return [path.name for path in find_files(paths)]


def test_workbooks_results_and_tables_are_found_at_any_depth_in_a_fixed_order(folder):
    place = folder("b/2.json", "a/deep/er/1.XLSX", "3.csv", "4.parquet", "a/0.xlsx")
    assert found(place) == ["3.csv", "4.parquet", "0.xlsx", "1.XLSX", "2.json"]


@pytest.mark.parametrize(
    "name",
    [
        "~$spain.xlsx",
        ".~lock.spain.xlsx#",
        ".hidden.xlsx",
        ".git/spain.xlsx",
        "notes.txt",
        "spain.docx",
        "XUT-2026-06-30-gap-report.xlsx",
        "XUT-2026-06-30-action-plan.xlsx",
        "XUT-2026-06-30-plan.json",
    ],
)
def test_what_is_no_assessment_is_passed_over(folder, name):
    assert found(folder(name, "spain.xlsx")) == ["spain.xlsx"]


@pytest.mark.parametrize("name", ["france.xls", "france.xlsm", "france.ods"])
def test_spreadsheets_of_other_kinds_are_found_so_that_they_are_told(folder, name):
    assert found(folder(name, "spain.xlsx")) == [name, "spain.xlsx"]


def test_a_comparison_never_reads_what_a_comparison_wrote(folder):
    written = comparison.output_names(["html", "xlsx", "csv", "parquet", "json"])
    assert found(folder(*written, "spain.xlsx")) == ["spain.xlsx"]


@pytest.mark.parametrize("name", ["comparison-of-two-laws.xlsx", "comparisons.csv", "scores.xlsx", "XUT-2026-06-30-result.json"])
def test_names_that_only_look_like_outputs_are_read(folder, name):
    assert found(folder(name)) == [name]


@pytest.mark.parametrize("name", ["comparison-answers.csv", "XUT-gap-report.xlsx", ".hidden.xlsx", "notes.txt"])
def test_a_file_that_is_named_is_read_whatever_it_is_called(folder, name):
    assert found(folder(name) / name) == [name]


def test_a_file_that_does_not_exist_stays_in_the_list_so_that_it_is_told(tmp_path):
    assert found(tmp_path / "nowhere.xlsx", tmp_path / ("x" * 400)) == ["nowhere.xlsx", "x" * 400]


def test_links_in_folders_are_not_followed_and_loops_end(folder):
    place = folder("in/spain.xlsx", "elsewhere/france.xlsx")
    (place / "in" / "loop").symlink_to(place / "in", target_is_directory=True)
    (place / "in" / "away").symlink_to(place / "elsewhere", target_is_directory=True)
    (place / "in" / "france.xlsx").symlink_to(place / "elsewhere" / "france.xlsx")
    assert found(place / "in") == ["spain.xlsx"]


def test_a_link_that_is_named_is_followed(folder):
    place = folder("in/spain.xlsx")
    (place / "linked").symlink_to(place / "in", target_is_directory=True)
    assert found(place / "linked") == ["spain.xlsx"]


def test_a_file_is_read_once_however_it_is_reached(folder, monkeypatch):
    place = folder("in/spain.xlsx")
    (place / "also.xlsx").symlink_to(place / "in" / "spain.xlsx")
    monkeypatch.chdir(place)
    paths = [place / "in", place / "in" / "spain.xlsx", place / "also.xlsx", place / "in" / ".." / "in"]
    assert len(find_files(paths)) == 1
    assert len(find_files([*paths, place.joinpath("in/spain.xlsx").relative_to(place)])) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes in folders")
def test_what_is_no_file_is_passed_over(folder):
    place = folder("spain.xlsx")
    os.mkfifo(place / "pipe.xlsx")
    (place / "folder.xlsx").mkdir()
    assert found(place) == ["spain.xlsx"]
