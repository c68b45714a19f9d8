"""Commands on the articles that may matter: suggest, recall."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ChecklistOption, FileArgument, LanguageOption, PrintOption, TextOrJson, TextsOption
from legcheck.cli.terminal import help_text, labels_in, print_issues, say, say_data, say_unread, show, terminal_language
from legcheck.files import folder_of_texts
from legcheck.issues import unread_in
from legcheck.words import no_formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from legcheck.model import Candidate
    from legcheck.suggestions import Proposals

MOST = 50
SemanticOption = Annotated[bool, typer.Option("--semantic", help=help_text("suggest_semantic"))]


class Printed(StrEnum):
    """How suggestions are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def suggest(
    file: FileArgument,
    provision: Annotated[list[str] | None, typer.Option("--provision", metavar="ID", help=help_text("suggest_provision"))] = None,
    most: Annotated[int | None, typer.Option("--most", metavar="NUMBER", min=1, max=MOST, help=help_text("suggest_most"))] = None,
    texts: TextsOption = None,
    semantic: SemanticOption = False,
    format: Annotated[Printed, typer.Option("--format", help=help_text("print_format"))] = Printed.TEXT,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
) -> None:
    """Propose articles that may matter for each provision."""
    from legcheck.reports.terminal import candidate_texts
    from legcheck.texts import LISTED, PROPOSED

    of, labels = _proposals(file, texts, checklist, language, semantic=semantic), labels_in(language)
    found = of.of(provision or (), most or (PROPOSED if format is Printed.TEXT else LISTED))
    if format is Printed.CSV:
        say_data(_table(found, labels.language))
    elif format is Printed.JSON:
        say_data(json.dumps(_tree(file, of, found), ensure_ascii=False, indent=1))
    else:
        say(labels("cli.suggest.caution_semantic" if semantic else "cli.suggest.caution"))
        _print_laws(of, labels.language)
        say("")
        for id, some in found.items():
            show(*candidate_texts(of.checklist.provisions[id], some, labels))


def recall(
    file: FileArgument,
    texts: TextsOption = None,
    semantic: SemanticOption = False,
    format: PrintOption = TextOrJson.TEXT,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
) -> None:
    """Measure the suggestions against what an assessment cites."""
    from legcheck.texts import PROPOSED

    of, labels = _proposals(file, texts, checklist, language, semantic=semantic), labels_in(language)
    found = of.recall()
    shares = {most: float(share) for most, share in found.shares.items()}
    with_one = found.with_one / found.provisions if found.provisions else None
    if format is TextOrJson.JSON:
        counts = {"provisions": found.provisions, "articles": found.articles, "with_one": found.with_one}
        figures = {f"recall_at_{most}": share if found.provisions else None for most, share in shares.items()}
        tree = {"format": 1, "file": str(file), "laws": _laws(of), **counts, **figures, "share_with_one": with_one}
        say_data(json.dumps(tree, ensure_ascii=False, indent=1))
        return
    _print_laws(of, labels.language)
    if not found.provisions:
        say(labels("cli.suggest.nothing_cited"))
        return
    facts = {"provisions": labels("common.count.provisions", count=found.provisions), "all": found.provisions}
    say(labels("cli.suggest.cited", articles=labels("cli.suggest.articles", count=found.articles), **facts))
    for most, share in found.shares.items():
        say("  " + labels("cli.suggest.among", most=most, share=labels.percent(share)))
    say("  " + labels("cli.suggest.with_one", some=found.with_one, most=PROPOSED, **facts))
    say(labels("cli.suggest.what_it_says"))


def _proposals(file: Path, texts: Path | None, checklist: str | None, language: str | None, *, semantic: bool) -> Proposals:
    from legcheck import inputs, statutes, suggestions

    shelf, reading = statutes.shelf_with_texts(texts or folder_of_texts(file)), inputs.read(file, checklist)
    say_unread(unread_in(reading.issues), file)
    found = suggestions.proposals(reading, shelf, language or terminal_language(), semantic=semantic)
    if issues := [*shelf.issues, *found.issues]:
        print_issues(issues, language)
    return found


def _print_laws(of: Proposals, language: str) -> None:
    """Print which laws were looked at, and which of the register were not."""
    labels = labels_in(language)
    for key, law in of.at_hand.items():
        articles = labels("cli.suggest.articles", count=len(law.articles))
        say("  " + labels("cli.suggest.law", law=key, title=law.title, articles=articles))
    if of.missing:
        say("  " + labels("cli.suggest.missing", laws=", ".join(of.missing)))


def _laws(of: Proposals) -> list[dict[str, object]]:
    return [{"law": key, "title": law.title, "articles": len(law.articles)} for key, law in of.at_hand.items()]


def _tree(file: Path, of: Proposals, found: Mapping[str, tuple[Candidate, ...]]) -> dict[str, object]:
    provisions = [
        {"provision": id, "title": of.checklist.provisions[id].title, "candidates": list(_candidates(some))}
        for id, some in found.items()
    ]
    laws = {"laws": _laws(of), "missing": list(of.missing)}
    return {"format": 1, "file": str(file), "language": of.language, **laws, "provisions": provisions}


def _candidates(some: tuple[Candidate, ...]) -> Iterator[dict[str, object]]:
    for rank, one in enumerate(some, 1):
        article = {"article": one.article.id, "label": one.article.label, "heading": one.article.heading, "begins": one.begins}
        common = [{"asked": word.asked, "found": word.found} for word in one.in_common]
        yield {"rank": rank, "law": one.law, **article, "score": one.score, "in_common": common}


def _table(found: Mapping[str, tuple[Candidate, ...]], language: str) -> str:
    """One row a candidate, for programs that measure."""
    from legcheck.reports.terminal import words_in_common

    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\n")
    rows.writerow(("provision", "law", "article", "rank", "score", "reason"))
    for id, some in found.items():
        for rank, one in enumerate(some, 1):
            reason = words_in_common(one, labels_in(language))
            rows.writerow((id, no_formula(one.law), no_formula(one.article.id), rank, one.score, no_formula(reason)))
    return made.getvalue().removesuffix("\n")
