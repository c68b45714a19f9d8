"""A comparison that would give the same outputs leaves them in place; after any change, it is made again."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from legcheck.batch import unchanged
from legcheck.batch.unchanged import Basis, Finished
from legcheck.files import write_files
from legcheck.issues import BAD_DATE, READING_FAILED, READING_TOO_LONG, Issue, Location
from legcheck.kept import FOLDER
from legcheck.model import LeftOut
from tests.batch.conftest import TREE, filled, own_workbook, write_checklist

pytestmark = pytest.mark.slow

OUTPUTS = ("scores.csv", "comparison-answers.csv")


class Place:
    """A folder with files to compare, their outputs and a cache."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.input, self.out, self.cache = folder / "in", folder / "out", folder / "cache"
        self.input.mkdir()
        for at in range(2):
            (self.input / f"w{at}.xlsx").write_bytes(filled(at))

    def compare(self, *options: str, tree: str = TREE, force: bool = True) -> subprocess.CompletedProcess:
        plain = {"PYTHONPATH": tree, "LEGCHECK_CACHE": str(self.cache), "LEGCHECK_LANGUAGE": "en"}
        words = ("compare", "in", "--out", "out", "--format", "csv", *(["--force"] if force else []), *options)
        return subprocess.run(
            [sys.executable, "-m", "legcheck", *words],
            cwd=self.folder,
            env=os.environ | plain,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def outputs(self) -> dict[str, tuple[int, bytes]]:
        """Every output file: its inode number, which changes when it is written, and its content."""
        return {path.name: (path.stat().st_ino, path.read_bytes()) for path in sorted(self.out.iterdir())}

    def stays(self, *options: str, **how) -> bool:
        """Whether a comparison leaves the outputs as they are; it must say the same in either case."""
        before = self.outputs()
        done = self.compare(*options, **how)
        assert done.returncode in (0, 1), done.stderr
        after = self.outputs()
        # An inode number may be reused for a new file, so all of them must be the same.
        return after == before


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder compared once; tests may leave it in any state."""
    made = Place(tmp_path_factory.mktemp("unchanged"))
    made.compare()
    return made


@pytest.fixture
def fresh(tmp_path):
    made = Place(tmp_path)
    made.compare()
    return made


def test_nothing_changed_and_nothing_is_written(place):
    first = place.compare()
    before = {path: path.stat() for path in place.folder.rglob("*")}
    again = place.compare()
    assert (again.returncode, again.stdout, again.stderr) == (0, first.stdout, first.stderr)
    assert again.stdout.split() == [f"out{os.sep}{name}" for name in OUTPUTS]
    assert {path: path.stat().st_mtime_ns for path in before} == {path: of.st_mtime_ns for path, of in before.items()}


def test_nothing_heavy_is_loaded_to_see_that_nothing_changed(place):
    place.compare()
    words = ["compare", "in", "--out", "out", "--format", "csv", "--force"]
    loaded = (
        f"import sys; from legcheck.cli import main; sys.argv[1:] = {words}\ntry: main()\nfinally: print(*sys.modules, sep='\\n')"
    )
    # The measuring of coverage loads modules of its own.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", loaded],
        cwd=place.folder,
        env=environment | {"PYTHONPATH": TREE, "LEGCHECK_CACHE": str(place.cache), "LEGCHECK_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert not {"numpy", "pandas", "pyarrow", "python_calamine", "openpyxl", "sqlite3"} & set(done.stdout.split())


CHANGES = {
    "another input": lambda place: (place.input / "w0.xlsx").write_bytes(filled(5)),
    "one more input": lambda place: (place.input / "w9.xlsx").write_bytes(filled(9)),
    "a renamed input": lambda place: (place.input / "w1.xlsx").rename(place.input / "renamed.xlsx"),
    "an input gone": lambda place: (place.input / "renamed.xlsx").unlink(),
    "an output gone": lambda place: (place.out / "scores.csv").unlink(),
    "an edited output": lambda place: (place.out / "scores.csv").write_bytes(b"x"),
    "an emptied output": lambda place: (place.out / "comparison-answers.csv").write_bytes(b""),
    "no note": lambda place: shutil.rmtree(place.cache / "comparisons"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_the_comparison_is_made_again(place, change):
    place.compare()
    before = place.outputs()
    change(place)
    assert not place.stays()
    assert {name: of[0] for name, of in place.outputs().items()} != {name: of[0] for name, of in before.items()}
    assert place.stays(), "what was made again is not remembered"


def test_an_input_of_the_same_size_and_time_is_still_another(fresh):
    path = fresh.input / "t.csv"
    path.write_text("country,as_of,provision,rating\nNAM,2026-01-01,REC-02,full\n")
    fresh.compare()
    stat = path.stat()
    path.write_text("country,as_of,provision,rating\nNAM,2026-01-01,REC-02,none\n")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_mtime_ns == stat.st_mtime_ns
    assert not fresh.stays()


OPTIONS = (
    ["--anonymous"],
    ["--language", "fr"],
    ["--robustness", "2"],
    ["--groups", "regions"],
    ["--rescore"],
)


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: options[0])
def test_other_options_are_another_comparison(place, options):
    place.compare()
    first = place.compare(*options)
    assert place.stays(*options)
    assert place.compare(*options).stderr == first.stderr


def test_a_table_of_groups_is_an_input_too(fresh):
    groups = fresh.folder / "groups.csv"
    groups.write_text("country,group\nXAA,one\nXAB,one\n")
    fresh.compare("--groups", "groups.csv")
    assert fresh.stays("--groups", "groups.csv")
    groups.write_text("country,group\nXAA,one\nXAB,two\n")
    fresh.compare("--groups", "groups.csv")
    assert fresh.stays("--groups", "groups.csv")
    groups.unlink()
    assert fresh.compare("--groups", "groups.csv").returncode == 2


def test_a_checklist_outside_the_program_is_an_input_too(fresh):
    own = write_checklist(fresh.folder / "own")
    for path in fresh.input.iterdir():
        path.unlink()
    (fresh.input / "x.xlsx").write_bytes(own_workbook(own, "XAA"))
    assert fresh.compare("--checklist", "own").returncode == 0
    assert fresh.stays("--checklist", "own")
    write_checklist(own, **{"title: Two": "title: Another second"})
    assert not fresh.stays("--checklist", "own")


def test_another_version_of_the_program_makes_it_again(fresh, tmp_path_factory):
    tree = tmp_path_factory.mktemp("tree")
    for name in ("legcheck", "provisions", "reports"):
        shutil.copytree(Path(TREE, name), tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    assert fresh.stays(tree=str(tree)), "the same program in another place"
    with (tree / "legcheck" / "analysis" / "__init__.py").open("a") as module:
        module.write("\n# changed\n")
    assert not fresh.stays(tree=str(tree))


def test_without_force_nothing_is_overwritten_nor_passed_over(place):
    place.compare()
    done = place.compare(force=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("R101") == len(OUTPUTS)


def test_no_cache_makes_it_again_and_notes_nothing(place, tmp_path):
    place.compare()
    assert not place.stays("--no-cache")
    other = Place(tmp_path)
    other.compare("--no-cache")
    assert {one.name for one in other.cache.iterdir()} == {FOLDER}  # the program's own checklist, nothing of the files


def test_files_left_out_are_named_again_with_the_same_exit_code(fresh):
    (fresh.input / "bad.xlsx").write_bytes(b"%PDF")
    (fresh.input / "t.csv").write_text("country,as_of,provision,rating\nNAM,2026-01-01,REC-99,full\n")
    first = fresh.compare()
    assert fresh.stays()
    again = fresh.compare()
    assert (again.returncode, again.stdout, again.stderr) == (1, first.stdout, first.stderr)
    assert "bad.xlsx: error A003" in again.stderr


def test_the_cache_can_be_cleared_of_it(fresh):
    subprocess.run(
        [sys.executable, "-m", "legcheck", "cache", "--clear"],
        env=os.environ | {"PYTHONPATH": TREE, "LEGCHECK_CACHE": str(fresh.cache)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert list((fresh.cache / "comparisons").iterdir()) == []
    assert not fresh.stays()


# One comparison in this process ------------------------------------------------------------------------------------


@pytest.fixture
def basis(tmp_path):
    """Makes the basis of a comparison of a folder with one file, whose outputs were written."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "t.csv").write_text("some")

    def make(*paths: Path) -> Basis:
        made = Basis(tmp_path / "cache", paths or [tmp_path / "in"], tmp_path / "out", checklist=None, groups="", options="csv")
        write_files(tmp_path / "out", made.noted(MADE), overwrite=True)
        return made

    return make


MADE = {"scores.csv": b"figures"}


def finished(*left_out: LeftOut) -> Finished:
    return Finished(tuple(MADE), 3, 1, 4, left_out, {"a.xlsx": 2})


def test_how_it_ended_comes_back_as_it_was(basis):
    issue = Issue(BAD_DATE, Location("x.xlsx", "REC", "C7", 3), (("value", "été \udcff"), ("allowed", "")))
    ended = finished(LeftOut("x.xlsx", (issue, issue)))
    basis().remember(ended)
    assert basis().finished_before() == ended


@pytest.mark.parametrize("rule", [READING_FAILED, READING_TOO_LONG])
def test_a_file_that_a_machine_under_load_gave_up_is_tried_again(basis, rule):
    basis().remember(finished(LeftOut("x.xlsx", (Issue(rule, Location("x.xlsx")),))))
    assert basis().finished_before() is None


def test_a_file_that_cannot_be_read_is_tried_again(basis, tmp_path):
    paths = [tmp_path / "in", tmp_path / "nowhere.xlsx"]
    basis(*paths).remember(finished())
    assert basis(*paths).finished_before() is None


def test_a_folder_that_cannot_be_opened_is_tried_again(basis, tmp_path, monkeypatch):
    (tmp_path / "in" / "closed").mkdir()
    scandir = os.scandir

    def refuse(place):
        if os.path.basename(place) == "closed":
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refuse)
    basis().remember(finished())
    assert basis().finished_before() is None


def test_a_change_while_it_was_made_is_seen_the_next_time(basis, tmp_path):
    before = basis()
    (tmp_path / "in" / "t.csv").write_text("more")
    before.remember(finished())
    assert basis().finished_before() is None


def test_no_files_at_all_are_no_reason_to_leave_anything(basis, tmp_path):
    (tmp_path / "in" / "t.csv").unlink()
    basis().remember(finished())
    assert basis().finished_before() is None


DAMAGES = (b"", b"{", b"[]", b"null", b"[" * 10_000, b'{"content": 1}', b"\xff")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_note_is_no_note(basis, damage):
    basis().remember(finished())
    basis().note.write_bytes(damage)
    assert basis().finished_before() is None


FORMS = ({"outputs": 3}, {"left_out": 3}, {"left_out": [["x", [["A000", [], []]]]]}, {"content": ""})


@pytest.mark.parametrize("changed", FORMS)
def test_a_note_of_another_form_is_no_note(basis, changed):
    basis().remember(finished())
    note = json.loads(basis().note.read_bytes())
    basis().note.write_text(json.dumps(note | changed))
    assert basis().finished_before() is None


def test_only_its_owner_can_read_a_note(basis):
    basis().remember(finished())
    note = basis().note
    assert (note.stat().st_mode & 0o777, note.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_notes_of_long_ago_are_dropped(basis, tmp_path):
    basis().remember(finished())
    old = basis().note.with_name("old.json")
    old.write_text("{}")
    os.utime(old, (0, 0))
    basis().remember(finished())
    assert not old.exists()
    unchanged.forget(tmp_path / "cache", 1)
    assert basis().finished_before() == finished()


def test_a_cache_that_cannot_be_written_is_as_good_as_none(basis, tmp_path):
    (tmp_path / "cache").write_text("no folder")
    basis().remember(finished())
    assert basis().finished_before() is None
