"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from legcheck.cli.words import help_text, words
from legcheck.labels import languages
from legcheck.reports.renderers import FORMATS


class TextOrJson(StrEnum):
    """How a command prints its result."""

    TEXT = "text"
    JSON = "json"


def _language(value: str | None) -> str | None:
    if value is not None and value not in languages():
        raise typer.BadParameter(words()("cli.bad_language", value=value, allowed=", ".join(languages())))
    return value


def formats(value: str) -> tuple[str, ...]:
    """The report formats in a list such as ``docx,html``."""
    wanted = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    unknown = [part for part in wanted if part not in FORMATS]
    if unknown or not wanted:
        allowed = ", ".join(FORMATS)
        raise typer.BadParameter(words()("cli.bad_format", value=", ".join(unknown) or value, allowed=allowed))
    return tuple(dict.fromkeys(wanted))


def day(value: str) -> date:
    """A date written ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(words()("cli.bad_date", value=value)) from None


FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=help_text("file"))]
ChecklistOption = Annotated[str | None, typer.Option("--checklist", metavar="ID|PATH", help=help_text("checklist"))]
CountryChoice = Annotated[str | None, typer.Option("--country", metavar="CODE[@DATE]", help=help_text("country_choice"))]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="|".join(languages()), callback=_language, help=help_text("language"))
]
PrintOption = Annotated[TextOrJson, typer.Option("--format", help=help_text("print_format"))]
ForceOption = Annotated[bool, typer.Option("--force", help=help_text("force"))]
