"""The numbers that provisions have in a published document, added to a checklist by those who have the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legcheck.model import Checklist, PublishedNumber


def with_numbers(checklist: Checklist, numbers: Mapping[str, PublishedNumber]) -> Checklist:
    """The checklist whose provisions have these numbers, by id, and no others. Its identity (id, version, digest) stays the same.

    The numbers stand beside its definition, so that they stay with it in every language and in result files. It must be in its
    own language.
    """
    if numbers == checklist.published:
        return checklist
    from legcheck.provisions.build import build_checklist

    entries = {id: {**asdict(one), "date": one.date.isoformat()} for id, one in numbers.items()}
    definition = {**checklist.definition, "references": entries}
    return build_checklist(definition, translations=checklist.translations, digest=checklist.digest)  # type: ignore[arg-type]
