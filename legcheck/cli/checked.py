"""What ``legcheck check`` finds in a file: its issues, and how much of the checklist is answered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from legcheck.cli.screen import print_issues, say, say_error
from legcheck.cli.words import words
from legcheck.issues import InputError, Issue

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Assessment, Checklist


@dataclass(frozen=True)
class Checked:
    """A file with its issues, and its assessments with their checklists as far as they could be read."""

    file: Path
    issues: tuple[Issue, ...]
    read: tuple[tuple[Checklist, Assessment], ...] = ()


def checked(file: Path, checklist: str | None) -> Checked:
    """What is found in a file; one that cannot be read at all does not stop the others."""
    from legcheck import pipeline

    try:
        found = pipeline.readings_of(file, checklist)
    except InputError as error:
        return Checked(file, error.issues)
    issues = tuple(issue for one in found for issue in one.issues)
    return Checked(file, issues, tuple((one.checklist, one.assessment) for one in found if one.assessment is not None))


def _answered(checklist: Checklist, assessment: Assessment) -> dict[str, int]:
    """How many provisions have a rating, by dimension."""
    answers = assessment.answers.values()
    return {key: sum(key in answer.ratings for answer in answers) for key in checklist.by_dimension}


def tree(one: Checked, labels: Labels) -> dict[str, object]:
    """The same for other programs."""
    from legcheck.results import issue_tree

    read = [
        {
            "country": assessment.country,
            "as_of": assessment.as_of.isoformat(),
            "provisions": len(checklist.provisions),
            "answered": _answered(checklist, assessment),
        }
        for checklist, assessment in one.read
    ]
    return {"file": str(one.file), "issues": [issue_tree(issue, labels) for issue in one.issues], "assessments": read}


def print_found(found: list[Checked], language: str | None) -> None:
    """Print every issue, and how much is answered."""
    labels = words(language)
    for one in found:
        if one.issues:
            print_issues(one.issues, language)
        else:
            say(labels("cli.check.clean", file=one.file))
        for checklist, assessment in one.read:
            line = _answered_line(checklist, assessment, labels)
            several = f"{assessment.country} {assessment.as_of.isoformat()} · " if len(one.read) > 1 else ""
            (say_error if one.issues else say)(several + line)


def _answered_line(checklist: Checklist, assessment: Assessment, labels: Labels) -> str:
    from legcheck import provisions

    dimensions = provisions.in_language(checklist, labels.language).by_dimension
    counts = _answered(checklist, assessment)
    return labels.join(
        labels("cli.check.answered", dimension=dimensions[key].title, answered=count, all=len(checklist.provisions))
        for key, count in counts.items()
    )
