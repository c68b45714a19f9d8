"""The program's own YAML is kept as JSON, and what is kept says the same as the file."""

from pathlib import Path

import pytest

from legcheck import yaml_text
from legcheck.issues import Issues
from legcheck.resources import bundled

LABELS = "title: {one: A word, other: Words}\narticles: ['1.10', ~, NO]\n"


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads a file of these lines as if it came with the program."""
    monkeypatch.setenv("LEGCHECK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(yaml_text, "bundled", lambda kind: tmp_path / kind)
    (tmp_path / "reports").mkdir()

    def read(text: str = LABELS, folder: str = "reports"):
        path = tmp_path / folder / "labels.yaml"
        path.write_text(text, "utf-8")
        issues = Issues()
        return yaml_text.read_yaml(path, issues), issues

    return read


def kept(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "cache").glob("*/*"))


def test_what_was_kept_says_the_same_and_still_knows_the_lines(read, tmp_path, monkeypatch):
    first, _ = read()
    assert len(kept(tmp_path)) == 1
    monkeypatch.setattr(yaml_text, "_Builder", None)
    again, _ = read()
    assert again.tree == first.tree == {"title": {"one": "A word", "other": "Words"}, "articles": ["1.10", None, "NO"]}
    monkeypatch.undo()
    for trail in ((), ("title", "other"), ("articles", 2), ("nowhere",)):
        assert again.at(trail) == first.at(trail)


def test_a_changed_file_is_read_again(read):
    read()
    assert read("title: Another word")[0].tree == {"title": "Another word"}


@pytest.mark.parametrize("harm", ["", "nonsense", "A wörd", "{checksum}\n{}", "{checksum}\n[[[[", "{checksum}"])
def test_what_is_damaged_is_read_again(read, tmp_path, harm):
    first, _ = read()
    (file,) = kept(tmp_path)
    whole = file.read_text()
    file.write_text(harm.replace("{checksum}", whole[:64]), "utf-8")
    assert read()[0].tree == first.tree
    assert file.read_text() == whole


def test_a_file_with_faults_reports_them_every_time(read, tmp_path):
    for _ in range(2):
        _, issues = read("title: A\ntitle: B\n")
        assert [issue.code for issue in issues] == ["P101"]
    assert kept(tmp_path) == []


def test_files_of_users_are_not_kept(read, tmp_path):
    (tmp_path / "mine").mkdir()
    read(folder="mine")
    assert kept(tmp_path) == []


def test_a_cache_that_cannot_be_written_is_done_without(read, tmp_path):
    (tmp_path / "cache").write_text("a file, not a folder")
    assert read()[0].tree == read()[0].tree != {}


def test_no_home_is_no_hindrance(read, monkeypatch):
    monkeypatch.delenv("LEGCHECK_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)

    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert read()[0].tree != {}


def test_every_file_that_comes_with_the_program_is_read_alike_from_the_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("LEGCHECK_CACHE", str(tmp_path))
    files = [file for kind in ("provisions", "reports") for file in bundled(kind).rglob("*.yaml")]
    first = [yaml_text.read_yaml(file, Issues()).tree for file in files]
    monkeypatch.setattr(yaml_text, "parse_yaml", None)
    assert [yaml_text.read_yaml(file, Issues()).tree for file in files] == first
