"""Pipes and devices, which may never end, and closed files, as any input of any command: named for what they are at once."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from legcheck.cli.main import app
from legcheck.issues import InputError

VOT = Path("provisions/vot").resolve()
INPUTS = """
    check {}.xlsx
    check {}.xlsx --annotate out.xlsx
    score {}.ods
    explain {}.json law.total
    history {}.xlsx
    report {}.csv --out out
    report {utopia} --out out --template {}.docx
    report {utopia} --out out --plan {}.xlsx
    plan {}.xlsx --out out
    plan {utopia} --out out --update {}.xlsx
    plan {utopia} --out out --template {}.docx
    compare {}.xlsx --out out
    compare {utopia} --out out --groups {}.csv
    find REC-02 {}.json
    consult {}.xlsx --out out
    consult {utopia} --out out.xlsx --answers {}.xlsx
    consult {utopia} --out out.xlsx --answers {}.docx
    verify {}.docx
    verify {}.pdf {utopia}
    split {}.xlsx --by chapter --out out
    split {utopia} --by {}.csv --out out
    merge {}.xlsx --out out.xlsx
    merge {utopia} --decisions {}.xlsx --out out.xlsx
    sample {}.json --out out.xlsx
    migrate {}.xlsx --out out.xlsx
    migrate {utopia} --to {}.yaml --out out.xlsx
    provisions diff {}.yaml vot
    template {}.docx
    diff {utopia} {}.xlsx
    reconcile {}.xlsx {utopia}
    provisions check {}.yaml
    score {utopia} --checklist {}.yaml
    new --country ESP --out out.xlsx --checklist {}.yaml
"""


@pytest.fixture
def closed(monkeypatch):
    """Keeps files of this name closed, as the system would to anybody but the superuser."""
    opened = Path.open

    def refused(self, *words, **named):
        if self.stem == "closed":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(self, *words, **named)

    monkeypatch.setattr(Path, "open", refused)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("words", [line.split() for line in INPUTS.strip().splitlines()], ids=" ".join)
def test_an_input_that_never_ends_or_may_not_be_opened_is_named(tmp_path, monkeypatch, utopia, words):
    monkeypatch.chdir(tmp_path)
    suffix = next(word for word in words if word.startswith("{}")).removeprefix("{}")
    os.mkfifo(f"pipe{suffix}")
    Path(f"device{suffix}").symlink_to("/dev/zero")
    Path(f"closed{suffix}").touch()
    for name, code in (("pipe", "A023"), ("device", "A023"), ("closed", "A025")):
        done = CliRunner().invoke(app, [word.format(name, utopia=utopia) for word in words])
        said = done.output + " ".join(f"{one.code} {one.at}" for one in getattr(done.exception, "issues", ()))
        assert isinstance(done.exception, InputError) or done.exit_code in (1, 2)
        assert code in said or "--groups" in said
        assert f"{name}{suffix}" in said
    assert not any(path.name.startswith("out") for path in tmp_path.iterdir())


@pytest.mark.parametrize("part", ["checklist.yaml", "plan.yaml", "chapters/rec.yaml", "measures/rec.yaml", "locale/fr/rec.yaml"])
def test_so_are_parts_of_a_checklist(tmp_path, part):
    checklist = shutil.copytree(VOT, tmp_path / "vot")
    (checklist / part).unlink()
    os.mkfifo(checklist / part)
    done = CliRunner().invoke(app, ["provisions", "check", str(checklist)])
    assert (done.exit_code, "A023" in done.output) == (2, True)
