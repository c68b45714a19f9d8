"""What people see in a window of 80 columns: whole words, whole lines of help, nothing that runs over the edge."""

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len

from legcheck.cli import terminal
from legcheck.labels import labels
from tests.cli import reference
from tests.samples import FOLDER

COLUMNS = 80
UTOPIA = str(FOLDER / "XUT-2026-06-30.xlsx")
MISTAKES = str(FOLDER / "XUT-with-mistakes.xlsx")
COMMANDS = {
    "help": ["--help"],
    "help on report": ["report", "--help"],
    "help on compare": ["compare", "--help"],
    "help on provisions": ["provisions", "--help"],
    "score": ["score", UTOPIA],
    "check": ["check", UTOPIA],
    "check with mistakes": ["check", MISTAKES],
    "explain": ["explain", UTOPIA, "law.REC"],
    "provisions list": ["provisions", "list"],
    "provisions show": ["provisions", "show", "REC-02"],
    "provisions check": ["provisions", "check"],
}
PATH = re.compile(r"\S*[/\\]\S*")


def in_a_window(words: list[str], language: str) -> list[str]:
    """The lines that a command prints in a window of 80 by 24."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    environment = {**os.environ, "LEGCHECK_LANGUAGE": language, "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    environment.pop("COLUMNS", None)
    command = [sys.executable, "-m", "legcheck", *words]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            read = os.read(ours, 65536)
        except OSError:  # the command has closed its side
            break
        if not read:
            break
        shown += read
    process.wait()
    os.close(ours)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    return [line.rstrip() for line in plain.replace("\r\n", "\n").split("\n")]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("words", COMMANDS.values(), ids=list(COMMANDS))
def test_lines_fit_a_window_of_80_columns(words, language):
    lines = in_a_window(words, language)
    assert len(lines) > 1
    assert not [line for line in lines if cell_len(line) > COLUMNS and not PATH.search(line)]
    if "--help" in words:
        assert not [line for line in lines if line.endswith("...") and "[ARGS]..." not in line and not line.startswith("Usage")]


class Window(io.StringIO):
    def isatty(self) -> bool:
        return True


WORDS = some.lists(some.text(some.sampled_from("abcé中文العšk-"), min_size=1, max_size=30), min_size=1, max_size=30)


@given(WORDS)
def test_sentences_are_wrapped_between_words_whatever_the_script(words):
    lines = terminal._wrapped(" ".join(words), Window()).split("\n")
    assert " ".join(" ".join(lines).split()) == " ".join(words)
    assert all(cell_len(line) <= COLUMNS for line in lines)


def test_a_path_is_never_broken():
    path = "/a/" + "long" * 40
    assert path in terminal._wrapped(f"Written to {path} at last, with more words than one line holds", Window())


@pytest.mark.parametrize("command", reference.COMMANDS, ids=" ".join)
def test_french_help_is_french(command):
    shown = _words(" ".join(in_a_window([*command, "--help"], "fr")))
    ours, theirs = ({key: _words(text) for key, text in labels(one).under("cli.typer").items()} for one in ("fr", "en"))
    assert ours["usage"] in shown
    assert ours["help"] in shown
    assert [text for key, text in theirs.items() if text != ours[key] and text in shown] == []


def _words(text: str) -> str:
    return " ".join(text.split())
