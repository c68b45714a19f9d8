"""The command demo: every output, made from the shipped samples in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ForceOption
from legcheck.cli.terminal import help_text, labels_in, say, terminal_language
from legcheck.files import Content, check_free, write_whole
from legcheck.resources import bundled

if TYPE_CHECKING:
    from legcheck.model import Result

MISTAKES = "XUT-with-mistakes.xlsx"
DRAWS = 500
# The samples that get reports of their own; the others are rounds and countries to compare them with.
REPORTED = ("CAN-", "ES-PV-", "ESP-", "XUT-2026-")


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=help_text("demo_out"))] = Path("legcheck-demo"),
    force: ForceOption = False,
) -> None:
    """Make everything from the shipped samples."""
    from legcheck import app

    labels = labels_in()
    made: dict[Path, Content] = {}
    for sample in sorted(bundled("assessments/samples").glob("*.xlsx")):
        say(labels("cli.demo.reading", file=sample.name))
        made[out / sample.name] = sample.read_bytes()
        if sample.name == MISTAKES:
            made[out / f"{sample.stem}-please-correct.xlsx"] = _marked(sample)
        elif sample.name.startswith(REPORTED):
            made |= _reports(app.assess(sample), out)
    for second in sorted(bundled("assessments/second-readings").glob("*.xlsx")):
        made[out / second.name] = second.read_bytes()
    say(labels("cli.demo.comparing"))
    made |= {out / "comparison" / name: content for name, content in _comparison().items()}
    check_free(made, overwrite=force)
    for path, content in made.items():
        write_whole(path, content, overwrite=force)
    say("")
    say(labels("cli.demo.open"))
    for path in sorted(made):
        say(f"  {path}  {_purpose(path)}")


def _comparison() -> dict[str, Content]:
    """Real readings and fictional countries side by side, in every format."""
    from legcheck import app
    from legcheck.model import Request

    files = [file for file in sorted(bundled("assessments/samples").glob("*.xlsx")) if file.name != MISTAKES]
    request = Request(groups=app.SUBREGIONS, draws=DRAWS)
    made = app.compare(files, language=terminal_language(), request=request, use_cache=False)
    return app.comparison_files(made, app.COMPARISON_FORMATS, labels_in())


def _marked(sample: Path) -> bytes:
    """A copy with the mistakes marked, as an official would get it back."""
    from legcheck import inputs, workbook

    return workbook.annotate(sample, inputs.read(sample).issues, workbook.identify(sample).language)


def _reports(result: Result, out: Path) -> dict[Path, bytes]:
    """The report, and the plan if there are gaps, in every format in the sample's language.

    If the terminal's language differs, there are Word and web reports in it too.
    """
    from legcheck import app

    own = app.language_for(result.assessment, None)
    made = {out / name: content for name, content in app.report_files(result, app.USUAL_FORMATS, own).items()}
    if result.scored:
        made |= {out / name: content for name, content in _plan(result, own).items()}
    if terminal_language() != own:
        other = app.report_files(result, ("docx", "html"), terminal_language())
        made |= {out / terminal_language() / name: content for name, content in other.items()}
    return made


def _plan(result: Result, language: str) -> dict[str, bytes]:
    """The draft plan that answers the gaps, with no entries for its measures yet."""
    from legcheck import app

    plan = app.draft_plan(result, language)
    entries, _ = app.plan_entries(plan, None)
    return app.plan_files(plan, entries, app.USUAL_PLAN_FORMATS, language)


def _purpose(path: Path) -> str:
    """What a file is for, by the end of its name."""
    labels = labels_in()
    if path.parent.name == "comparison":
        return labels(f"cli.demo.purpose.{path.name.replace('.', '_').replace('-', '_')}")
    ends = (
        "please-correct.xlsx", "with-mistakes.xlsx", "second-reading.xlsx",
        "action-plan.xlsx", "plan.docx", "plan-annex.docx", "plan.json",
        "report.docx", "report.html", "report.xlsx", "reading.docx", "reading.html", "result.json", ".xlsx",
    )  # fmt: skip
    kind = next((end for end in ends if path.name.endswith(end)), "")
    return labels(f"cli.demo.purpose.{kind.strip('.').replace('.', '_').replace('-', '_')}") if kind else ""
