"""The help of commands and what is said of wrong usage, in the user's language: typer writes its own words in English."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import typer
from typer.core import TyperGroup

from legcheck.cli.terminal import labels_in, say_error
from legcheck.labels import DEFAULT

_PLACEHOLDER = re.compile(r"[A-Z]{2,}")
_KIND = re.compile(r" <[A-Za-z]+(\[[A-Za-z]+\])?>")  # what programs call the kind of an argument, such as <path>
_REPEATED = re.compile(r"(\.\.\.\]?)\.\.\.")
_BRACES = re.compile(r"\{(.*?)\}")
# What typer says of wrong usage, by the label that says it in the user's words.
_WRONG_USAGE = {
    "no_option": r"No such option: (?P<value>.+?)( \(Possible options: (?P<near>.+)\))?",
    "no_command": r"No such command (?P<value>.+?)\.( Did you mean (?P<near>.+)\?)?",
    "no_argument": r"Missing argument (?P<name>.+?)\..*",
    "option_left_out": r"Missing option (?P<name>.+?)\..*",
    "command_left_out": r"Missing command\.",
    "too_much": r"Got unexpected extra argument\(s\) \((?P<value>.+)\)",
    "no_value": r"Option (?P<value>.+) requires an argument\.",
    "takes_no_value": r"Option (?P<value>.+) does not take a value\.",
    "bad_value": r"Invalid value for (?P<name>.+?): (?P<problem>.+)",
    "bad": r"Invalid value: (?P<problem>.+)",
    "not_a_choice": r"Value error, (?P<value>.+) is not one of (?P<allowed>.+)\.",
    "not_whole": r"Input should be a valid integer.*",
    "too_small": r"Input should be greater than or equal to (?P<value>.+)",
    "too_large": r"Input should be less than or equal to (?P<value>.+)",
}


def speak() -> None:
    """Let every help speak the user's language."""
    context = TyperGroup.context_class
    context.formatter_class = _in_words(context.formatter_class)


def say_wrong_usage(error: typer.TyperException) -> None:
    """Say on stderr how the command is used, and what is wrong in what was typed."""
    context, told = getattr(error, "ctx", None), _told(error.format_message())
    if told is None:  # the whole help, or what another typer says otherwise
        error.show()  # type: ignore[attr-defined]
        return
    if context is not None:
        say_error(context.get_usage())
        say_error(labels_in()("cli.usage.help", command=context.command_path) + "\n")
    say_error(labels_in()("cli.usage.error", problem=told))


def _told(message: str) -> str | None:
    """In the user's words what typer says of wrong usage; None if it is not known."""
    labels = labels_in()
    for key, pattern in _WRONG_USAGE.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            facts = found.groupdict("")
            facts["value"] = facts.get("value", "").strip("'\"")
            facts["name"] = _placed(facts.get("name", "").strip("'"))
            facts["allowed"] = facts.get("allowed", "").replace("'", "")
            facts["problem"] = _told(facts.get("problem", "")) or facts.get("problem", "")
            near = facts.get("near", "").replace("'", "").replace(", ", "|")
            said = labels(f"cli.usage.{key}", **facts)
            return f"{said} {labels.did_you_mean(near)}" if near else said
    return None


def _in_words(formatter: type[Any]) -> type[Any]:
    """A formatter of help that says what typer says in the user's words."""

    class InWords(formatter):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, _placed(_plain(args)), prefix or f"{_said('Usage:')} ")

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


def _plain(arguments: str) -> str:
    """Arguments without the signs for programs that typer sets around their placeholders."""
    return _REPEATED.sub(r"\1", _BRACES.sub(r"\1", arguments))


def _placed(text: str) -> str:
    """A name of an option or argument with its placeholders, such as FILE."""
    words = labels_in().under("cli.placeholders")
    return _PLACEHOLDER.sub(lambda found: words.get(found[0], found[0]), _KIND.sub("", text))
