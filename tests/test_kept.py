"""What is kept in the cache folder is never trusted: it is what the program made, or it is made again."""

import os
import pickle
from dataclasses import fields
from fractions import Fraction
from shutil import copytree

import pytest

from legcheck import kept, provisions
from legcheck.model import Role
from legcheck.resources import bundled, cache_folder


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LEGCHECK_CACHE", str(tmp_path))
    return tmp_path / kept.FOLDER


class Hostile:
    """What a crafted file would do when it is read."""

    def __reduce__(self):
        return os.mkdir, (str(cache_folder() / "harmed"),)


@pytest.mark.parametrize("value", [Hostile(), {"a": Hostile()}, os.path.join, print, kept.keep, [pickle.Unpickler]])
def test_nothing_but_values_of_the_model_is_read(value, folder):
    kept.keep_value("one", value)
    assert kept.kept_value("one") is None
    assert not (cache_folder() / "harmed").exists()


def test_values_of_the_model_are_read_as_they_were():
    for value in (Fraction(1, 3), Role.LAW, ("a", {"b": None}), provisions.load("vot@1.0")):
        kept.keep_value("one", value)
        assert kept.kept_value("one") == value


def test_what_is_missing_or_damaged_is_made_again(folder):
    first = provisions.load("vot")
    [file] = folder.glob("*.checklist")
    whole = file.read_bytes()
    for damaged in (b"", b"\n", whole[:-1], whole + b"x", b"0" * 64 + b"\n" + whole[65:]):
        file.write_bytes(damaged)
        assert provisions.load("vot") == first
        assert kept.kept_value(file.name) == first
    file.unlink()
    assert provisions.load("vot") == first


def test_a_checklist_as_kept_is_the_one_that_was_built(folder):
    built, again = provisions.load("vot"), provisions.load("vot")
    assert built is not again
    for one in fields(built):
        assert getattr(built, one.name) == getattr(again, one.name), one.name
    assert provisions.in_language(again, "fr") == provisions.in_language(built, "fr")


@pytest.mark.parametrize("changed", ["standards.yaml", "locale/fr/standards.yaml", "vot/locale/fr/rec.yaml"])
def test_a_checklist_is_built_again_when_a_text_of_it_or_of_the_register_changes(folder, tmp_path, monkeypatch, changed):
    ours = copytree(bundled("provisions"), tmp_path / "provisions")
    for module in ("checklists", "files"):
        monkeypatch.setattr(f"legcheck.provisions.{module}.bundled", lambda _: ours)
    provisions.load("vot")
    with (ours / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    provisions.load("vot")
    assert len([*folder.glob("*.checklist")]) == 2


def test_checklists_of_others_are_not_kept(folder, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "checklist.yaml").write_text("id: own\n")
    with pytest.raises(Exception, match="P"):
        provisions.load(str(own))
    assert not [*folder.glob("*.checklist")]
