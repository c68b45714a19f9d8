"""The same input gives the same bytes, wherever and whenever a command runs, and no file tells of the machine that made it."""

import getpass
import shutil
import socket
from pathlib import Path

import pytest

from tests.reports.test_edition import words_of

SAMPLES = Path("assessments/samples").resolve()
HERE = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1", "HOME": "/nonexistent", "COLUMNS": "40"}
THERE = {"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "COLUMNS": "200", "USER": "jane.doe"}
COMMANDS = {
    "report": ("report", "--format", "docx,html,xlsx,json,pdf"),
    "public": ("report", "--format", "docx,html,xlsx", "--edition", "public", "--marking", "Confidential until consented"),
    "plan": ("plan", "--format", "docx,xlsx,json,pdf"),
    "compare": ("compare", "--robustness", "20", "--no-cache"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_the_same_bytes_in_another_place_at_another_time(run, tmp_path, name):
    command, *options = COMMANDS[name]
    made = []
    for folder, setting in (("a", HERE), ("another folder é", THERE)):
        (tmp_path / folder).mkdir()
        file = shutil.copy(SAMPLES / "XUT-2026-06-30.xlsx", tmp_path / folder / "XUT-2026-06-30.xlsx")
        done = run(command, file, "--out", tmp_path / folder / "out", "--language", "fr", *options, **setting)
        assert done.code == 0, done.err
        made.append({path.name: path.read_bytes() for path in (tmp_path / folder / "out").iterdir()})
    first, second = made
    assert first.keys() == second.keys()
    assert [file for file in first if first[file] != second[file]] == []
    private = [
        one for one in (getpass.getuser(), socket.gethostname(), "jane.doe", str(tmp_path), str(Path.cwd())) if len(one) > 4
    ]
    for file, content in first.items():
        text = words_of(file, content) if file.endswith((".docx", ".xlsx")) else content.decode("latin-1")
        assert [one for one in private if one in text] == [], file
