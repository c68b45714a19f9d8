"""Which files of a folder are read, and which are skipped."""

import os

import pytest

from legcheck import app, batch
from legcheck.batch.files import find_files, passed_over
from legcheck.batch.reading import Reader
from legcheck.issues import FOLDER_UNREADABLE, NOTHING_FOUND, InputError


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
    return [path.name for path in find_files(paths)[0]]


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
        "XUT-2026-06-30-annex.xlsx",
        "XUT-2026-06-30-action-plan.xlsx",
        "XUT-2026-06-30-plan.json",
        "references.csv",
    ],
)
def test_what_is_no_assessment_is_passed_over(folder, name):
    assert found(folder(name, "spain.xlsx")) == ["spain.xlsx"]


def test_what_looks_like_an_assessment_and_is_passed_over_is_named(folder):
    names = [
        "XUT-annex.xlsx",
        "comparison.xlsx",
        "scores.csv",
        "a/mail.zip",
        "form.xltx",
        "copy.xlsx.bak",
        "a/spain",
        "b.xlsx.part",
    ]
    place = folder(*names, "spain.xlsx", "spain.csv", "notes.txt", "~$spain.xlsx", ".hidden.xlsx", "report.docx", "a.yaml")
    (place / "link.xlsx").symlink_to(place / "spain.xlsx")
    os.mkfifo(place / "pipe.xlsx")
    named = {str(path.relative_to(place)) for path in passed_over([place, place / "spain.xlsx"])}
    assert named == {*names, "link.xlsx", "pipe.xlsx"}


@pytest.mark.parametrize("name", ["france.xls", "france.xlsm", "france.ods"])
def test_spreadsheets_of_other_kinds_are_found_so_that_they_are_reported(folder, name):
    assert found(folder(name, "spain.xlsx")) == [name, "spain.xlsx"]


def test_a_comparison_never_reads_what_a_comparison_wrote(folder):
    written = app.comparison_names(["html", "xlsx", "csv", "parquet", "json"])
    assert found(folder(*written, "spain.xlsx")) == ["spain.xlsx"]


@pytest.mark.parametrize("name", ["comparison-of-two-laws.xlsx", "comparisons.csv", "scores.xlsx", "XUT-2026-06-30-result.json"])
def test_names_that_only_look_like_outputs_are_read(folder, name):
    assert found(folder(name)) == [name]


@pytest.mark.parametrize("name", ["comparison-answers.csv", "XUT-annex.xlsx", ".hidden.xlsx", "notes.txt"])
def test_a_file_that_is_named_is_read_whatever_it_is_called(folder, name):
    assert found(folder(name) / name) == [name]


def test_a_file_that_does_not_exist_stays_in_the_list_so_that_it_is_reported(tmp_path):
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
    assert len(find_files(paths)[0]) == 1
    assert len(find_files([*paths, place.joinpath("in/spain.xlsx").relative_to(place)])[0]) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes in folders")
def test_what_is_no_file_is_passed_over(folder):
    place = folder("spain.xlsx")
    os.mkfifo(place / "pipe.xlsx")
    (place / "folder.xlsx").mkdir()
    assert found(place) == ["spain.xlsx"]


# Folders that cannot be opened ---------------------------------------------------------------------------------------


@pytest.fixture
def closed(monkeypatch):
    """Closes every folder of this name, even to a superuser."""
    scandir = os.scandir

    def refuse(place):
        if os.path.basename(place) == "closed":
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refuse)


def test_a_folder_that_cannot_be_opened_is_reported_once_and_the_others_are_searched(folder, closed):
    place = folder("in/closed/spain.xlsx", "in/open/france.xlsx")
    files, folders = find_files([place / "in", place])
    assert [file.name for file in files] == ["france.xlsx"]
    assert [(one.file, [issue.code for issue in one.issues]) for one in folders] == [
        (str(place / "in" / "closed"), [FOLDER_UNREADABLE.code])
    ]


def test_a_folder_that_cannot_be_opened_is_left_out_of_the_batch(workbooks, folder, closed):
    workbooks(2)
    read = batch.read([folder("in/closed/spain.xlsx") / "in"], Reader())
    assert (len(read.summaries), read.files) == (2, 2)
    assert [issue.code for one in read.left_out for issue in one.issues] == [FOLDER_UNREADABLE.code]


def test_nothing_found_says_which_folders_are_closed(folder, closed):
    with pytest.raises(InputError) as refused:
        find_files([folder("closed/spain.xlsx", "notes.txt")])
    assert [issue.rule for issue in refused.value.issues] == [FOLDER_UNREADABLE, NOTHING_FOUND]
