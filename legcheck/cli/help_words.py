"""The help of commands in the user's language: typer writes its own words in English."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from typer.core import TyperGroup

from legcheck.cli.terminal import labels_in
from legcheck.labels import DEFAULT

_PLACEHOLDER = re.compile(r"[A-Z]{2,}")
_KIND = re.compile(r" <[A-Za-z]+(\[[A-Za-z]+\])?>")  # what programs call the kind of an argument, such as <path>


def speak() -> None:
    """Let every help speak the user's language."""
    context = TyperGroup.context_class
    context.formatter_class = _in_words(context.formatter_class)


def _in_words(formatter: type[Any]) -> type[Any]:
    """A formatter of help that says what typer says in the user's words."""

    class InWords(formatter):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, _placed(args), prefix or f"{_said('Usage:')} ")

        def write_heading(self, heading: str) -> None:
            super().write_heading(_said(f"{heading}:").removesuffix(":"))

        def write_dl(self, rows: Any, *args: Any, **options: Any) -> None:
            super().write_dl([(_placed(term), _said(text)) for term, text in rows], *args, **options)

    return InWords


@cache
def _words() -> dict[str, str]:
    """What typer says, in the user's language; the default labels hold its own words."""
    return dict(zip(*(labels_in(one).under("cli.typer").values() for one in (DEFAULT, None)), strict=True))


def _said(text: str) -> str:
    for english, said in _words().items():
        text = text.replace(english, said)
    return text


def _placed(text: str) -> str:
    """A name of an option or argument with its placeholders, such as FILE."""
    words = labels_in().under("cli.placeholders")
    return _PLACEHOLDER.sub(lambda found: words.get(found[0], found[0]), _KIND.sub("", text))
