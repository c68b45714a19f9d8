"""What surrounds the files: odd names, old encodings, full and closed disks, an end at any moment."""

import os
import resource
import shutil
import subprocess
import sys
import time

import pytest

ODD_NAMES = [
    b"\xff\xfe.xlsx",
    "受害者 é.xlsx".encode(),
    b"new\nline.xlsx",
    b"esc\x1b[31m.xlsx",
    "left\u202eright.xlsx".encode(),
    b"{value}%s.xlsx",
    b"@issues.kind.memory.xlsx",
    b"-rf.xlsx",
]


@pytest.fixture
def odd_folder(tmp_path, utopia, mistakes):
    """A folder with files of every odd name, half of them with mistakes."""
    folder = tmp_path / "odd"
    folder.mkdir()
    for place, name in enumerate(ODD_NAMES):
        shutil.copy(mistakes if place % 2 else utopia, os.fsencode(folder) + b"/" + name)
    return folder


def test_odd_names_of_files_are_only_names(run, odd_folder):
    names = [os.fsdecode(os.fsencode(odd_folder) + b"/" + name) for name in ODD_NAMES]
    done = run("check", *names)
    assert done.code == 1
    assert not set(done.out + done.err) & {"\x1b", "\u202e"}
    assert r"\udcff\udcfe.xlsx" in done.out
    assert run("check", *names, "--format", "json").code == 1
    assert run("report", names[0], "--out", "report", "--format", "html,json").code == 0
    assert run("compare", odd_folder, "--out", "compared", "--format", "html,csv,json").code == 1


@pytest.mark.parametrize("words", [("check",), ("check", "--annotate", "{out}.xlsx"), ("score",)], ids=" ".join)
def test_a_name_longer_than_the_system_allows_is_wrong_usage(run, utopia, words):
    out = "x" * 300
    file = utopia if len(words) > 1 else f"{out}.xlsx"
    assert run(words[0], file, *(word.format(out=out) for word in words[1:])).code == 2


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1:strict", "utf-16"])
@pytest.mark.parametrize("words", [("check", "--help"), ("score", "{file}"), ("explain", "{file}", "law.total")], ids=" ".join)
def test_letters_that_an_encoding_lacks_are_written_out(run, utopia, encoding, words):
    done = subprocess.run(
        [sys.executable, "-m", "legcheck", *(word.format(file=utopia) for word in words)],
        env=os.environ | {"PYTHONIOENCODING": encoding, "LEGCHECK_LANGUAGE": "fr"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_a_home_or_a_place_for_the_cache(run, utopia):
    assert run("score", utopia, HOME="/nonexistent", LEGCHECK_CACHE="/nonexistent/cache", XDG_CACHE_HOME="").code == 0


def test_a_full_disk_leaves_the_old_files_and_no_other(run, utopia, tmp_path, environment):
    """The report in HTML fits, the one in Word does not: neither is written, nor a draft of them left."""
    out = tmp_path / "report"
    out.mkdir()
    old = out / "XUT-2026-06-30-country-report.html"
    old.write_text("old")
    command = [sys.executable, "-m", "legcheck", "report", utopia, "--out", out, "--format", "json,html,docx", "--force"]
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)),
    )
    assert done.returncode == 2, done.stderr
    assert "R102" in done.stderr
    assert [(file.name, file.read_text()) for file in out.iterdir()] == [(old.name, "old")]


KILLED = """
import os, signal, sys
count, wanted = 0, int(sys.argv.pop(1))
def dying(function):
    def call(*words, **named):
        global count
        count += 1
        if count == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*words, **named)
    return call
os.fsync, os.replace = dying(os.fsync), dying(os.replace)
from pathlib import Path
from legcheck.files import write_files
write_files(Path(sys.argv[1]), {"a.txt": b"new a", "b.txt": iter([b"new", b" b"])}, overwrite=True)
"""


@pytest.mark.parametrize("moment", range(1, 6))
def test_whoever_is_killed_while_writing_leaves_old_or_new_files(tmp_path, environment, moment):
    """At each of two writes to the disk and two moves; until the last file is on the disk, none is replaced."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"old {name}")
    done = subprocess.run([sys.executable, "-c", KILLED, str(moment), tmp_path], env=environment, check=False)
    assert (done.returncode == 0) == (moment == 5)
    read = [(tmp_path / f"{name}.txt").read_text() for name in "ab"]
    assert (
        read == [["old a", "old b"], ["old a", "old b"], ["old a", "old b"], ["new a", "old b"], ["new a", "new b"]][moment - 1]
    )
    hour_ago = time.time() - 4_000
    for left in tmp_path.glob(".*"):
        os.utime(left, (hour_ago, hour_ago))
    subprocess.run([sys.executable, "-c", KILLED, "9", tmp_path], env=environment, check=True)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "b.txt"]
