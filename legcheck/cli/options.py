"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from legcheck.cli.terminal import help_text, labels_in
from legcheck.files import check_formats
from legcheck.labels import labels, languages
from legcheck.words import exact_number


class TextOrJson(StrEnum):
    """How a command prints its result."""

    TEXT = "text"
    JSON = "json"


def _language(value: str | None) -> str | None:
    if value is not None:
        labels(value)
    return value


def formats(value: str, known: Sequence[str]) -> tuple[str, ...]:
    """The formats in a list such as ``docx,html``.

    Raises:
        InputError: one of them is not known, or the list is empty.
    """
    return check_formats([part.strip().lower() for part in value.split(",") if part.strip()], known)


def share(value: str | None, option: str) -> Fraction | None:
    """The exact share written as ``70%`` or ``0.7``; None if none is given."""
    if value is None:
        return None
    try:
        exact = exact_number(value)
    except ValueError:
        exact = Fraction(-1)
    if not 0 <= exact <= 1:
        raise typer.BadParameter(labels_in()("cli.bad_share", value=value), param_hint=option)
    return exact


def day(value: str) -> date:
    """A date written ``YYYY-MM-DD``, which a workbook may hold."""
    from legcheck.workbook import parse_date

    try:
        return parse_date(date.fromisoformat(value).isoformat())
    except ValueError:
        raise typer.BadParameter(labels_in()("cli.bad_date", value=value)) from None


FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=help_text("file"))]
ChecklistOption = Annotated[str | None, typer.Option("--checklist", metavar="ID|PATH", help=help_text("checklist"))]
CountryChoice = Annotated[str | None, typer.Option("--country", metavar="CODE[@DATE]", help=help_text("country_choice"))]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="|".join(languages()), callback=_language, help=help_text("language"))
]
PrintOption = Annotated[TextOrJson, typer.Option("--format", help=help_text("print_format"))]
MarkingOption = Annotated[str, typer.Option("--marking", metavar="TEXT", help=help_text("marking"))]
ForceOption = Annotated[bool, typer.Option("--force", help=help_text("force"))]
ReferencesOption = Annotated[Path | None, typer.Option("--references", metavar="FILE", help=help_text("references"))]
NoPassagesOption = Annotated[bool, typer.Option("--no-passages", help=help_text("no_passages"))]
TextsOption = Annotated[Path | None, typer.Option("--texts", metavar="DIR", help=help_text("texts_folder"))]
