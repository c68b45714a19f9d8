"""Makes the sample workbooks from their texts, `assessments/samples/*.yaml`, which lawyers can read and compare line by line, and
the sample reports from the latest workbook of Utopia.

`make samples` writes the workbooks; a test makes sure that they say what the texts say.
"""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.writer.excel import ExcelWriter

from legcheck import app, provisions
from legcheck.excel import moment, sealed
from legcheck.files import write_whole
from legcheck.issues import Issues
from legcheck.labels import labels
from legcheck.model import Answer, Assessment, Checklist, ElementAnswer, Law, LawStatus, Request, Scope, recorded
from legcheck.workbook import Form, read_workbook
from legcheck.workbook.citations import Register, parse_legal_basis
from legcheck.yaml_text import read_yaml

# The version of the checklist that the samples answer.
CHECKLIST = "vot"

FOLDER = Path(__file__).parents[1] / "assessments" / "samples"
# What a second reader found in a sample of the same laws, without knowing the first reading.
SECOND = Path(__file__).parents[1] / "assessments" / "second-readings"
REPORTS = Path(__file__).parents[1] / "reports" / "samples"
UTOPIA = "XUT-2026-06-30.xlsx"
MISTAKES = "XUT-with-mistakes.xlsx"


def texts() -> list[Path]:
    """The texts of the samples."""
    return sorted(FOLDER.glob("*.yaml"))


def workbooks() -> list[Path]:
    """The sample workbooks that are filled without mistakes."""
    return [path for path in sorted(FOLDER.glob("*.xlsx")) if path.name != MISTAKES]


def assessment_of(path: Path, checklist: Checklist) -> Assessment:
    """The assessment that a text describes."""
    tree = read_yaml(path, Issues()).tree
    laws = {key: _law(key, law) for key, law in tree["laws"].items()}
    register = Register(laws)
    return Assessment(
        country=tree["country"],
        country_name=tree["country_name"] or "",
        as_of=date.fromisoformat(tree["as_of"]),
        checklist=checklist.id,
        checklist_version=checklist.version,
        scope=Scope(tree["scope"]),
        body=tree["body"] or "",
        title=tree.get("title") or "",
        language=tree["language"],
        laws=laws,
        answers={
            id: answer for id, entry in tree["answers"].items() if (answer := _answer(id, entry, checklist, register)) is not None
        },
    )


def workbook_name(assessment: Assessment) -> str:
    """The name of a sample workbook."""
    return f"{assessment.country}-{assessment.as_of.isoformat()}.xlsx"


def main() -> None:
    """Write every sample workbook."""
    checklist = provisions.load(CHECKLIST)
    for path in texts():
        assessment = assessment_of(path, checklist)
        content = app.workbook_of(checklist, assessment, assessment.language)
        target = FOLDER / workbook_name(assessment)
        write_whole(target, content, overwrite=True)
        if target.name == UTOPIA:
            write_whole(FOLDER / MISTAKES, with_mistakes(target, checklist), overwrite=True)
            for name, report in reports_of(target).items():
                write_whole(REPORTS / name, report, overwrite=True)
    for path in sorted(SECOND.glob("*.yaml")):
        assessment = assessment_of(path, checklist)
        write_whole(SECOND / second_name(assessment), second_reading(assessment, checklist), overwrite=True)
    for name, report in comparison_of_all().items():
        write_whole(REPORTS / name, report, overwrite=True)


def second_name(assessment: Assessment) -> str:
    """The name of the workbook of a second reading."""
    return f"{Path(workbook_name(assessment)).stem}-second-reading.xlsx"


def second_reading(assessment: Assessment, checklist: Checklist) -> bytes:
    """The workbook of a second reading, which asks a sample of the provisions."""
    form = Form(provisions=tuple(id for id in checklist.provisions if id in assessment.answers))
    return app.workbook_of(checklist, assessment, assessment.language, form)


def comparison_of_all() -> dict[str, bytes]:
    """All samples side by side, as people open them."""
    made = app.compare(workbooks(), request=Request(groups=app.SUBREGIONS), use_cache=False)
    outputs = app.comparison_files(made, ("html", "xlsx"), labels("en"))
    return {name: outputs[name] for name in ("comparison.html", "comparison.xlsx")}


def reports_of(workbook: Path) -> dict[str, bytes]:
    """The reports and the plan of a sample, as people open them."""
    result = app.assess(workbook)
    plan = app.draft_plan(result, result.assessment.language)
    entries, _ = app.plan_entries(plan, None)
    made = app.report_files(result, ("docx", "html", "xlsx"), result.assessment.language)
    return made | app.plan_files(plan, entries, ("docx", "xlsx"), result.assessment.language)


def _law(key: str, entry: dict) -> Law:
    return Law(
        key=key,
        title=entry["title"],
        title_en=entry["title_en"] or "",
        number=entry["number"] or "",
        adopted=_day(entry["adopted"]),
        status=LawStatus(entry["status"]),
        in_force_since=_day(entry["in_force_since"]),
        in_force_until=_day(entry["in_force_until"]),
        link=entry["link"] or "",
        publish=entry.get("publish") != "no",
    )


def _answer(id: str, entry: dict, checklist: Checklist, register: Register) -> Answer | None:
    found = entry.get("elements")
    elements = {letter: _element(one, register) for letter, one in found.items()} if isinstance(found, dict) else {}
    field = {name: " ".join((text or "").split()) for name, text in entry.items() if not isinstance(text, dict)}
    if not any(field.values()) and not elements:
        return None
    letters = [letter for letter in field.get("elements", "").replace(" ", "").split(",") if letter]
    return Answer(
        provision=id,
        ratings={one.key: field[one.key] for one in checklist.dimensions if field.get(one.key)},
        if_adopted=field.get("if_adopted", ""),
        elements=recorded(letters, checklist.provisions[id].letters) if letters else elements,
        legal_basis=field.get("legal_basis", ""),
        citations=parse_legal_basis(field.get("legal_basis", ""), register).citations,
        note=field.get("note", ""),
        to_confirm=field.get("to_confirm", ""),
        observations=field.get("observations", ""),
        assistance=field.get("assistance", ""),
        publish=field.get("publish") != "no",
    )


def _element(entry: dict, register: Register) -> ElementAnswer:
    """An element as the texts write it: whether it is met or left to another text, the articles, and a remark."""
    basis = entry.get("basis", "")
    return ElementAnswer(
        met={"yes": True, "no": False, "left": None}[entry["met"]],
        legal_basis=basis,
        citations=parse_legal_basis(basis, register).citations,
        remark=entry.get("remark", ""),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# What people really do to workbooks: by provision and field, what they put in the cell instead.
WRONG = {
    ("GEN-02", "practice"): "partail",
    ("GEN-03", "practice"): "yes",
    ("GEN-05", "elements.a"): "perhaps",
    ("REC-01", "elements.a.legal_basis"): "L77 art. 3",
    ("REC-02", "practice"): "Not applicable",
    ("PRO-03", "elements.a.legal_basis"): "",
    ("INF-01", "practice"): "=C21",
    ("PRV-02", "law"): "Not provided for",
    ("PRV-02", "note"): "",
    ("JUS-05", "note"): "Ask the focal point, focal.point@example.org or +999 555 0100.",
}


def saved_bytes(book: Workbook, day: date) -> bytes:
    """The file of a workbook, always the same."""
    at = moment(day)
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    file = BytesIO()
    ExcelWriter(book, zipfile.ZipFile(file, "w")).save()
    return sealed(file, at)


def with_mistakes(sound: Path, checklist: Checklist) -> bytes:
    """The workbook with typical mistakes typed into it."""
    assessment, _ = read_workbook(sound, checklist)
    book = load_workbook(sound, rich_text=True)
    for (provision, column), typed in WRONG.items():
        at = assessment.answers[provision].at[column]
        book[at.sheet][at.cell] = typed or None
    return saved_bytes(book, assessment.as_of)


if __name__ == "__main__":
    main()
