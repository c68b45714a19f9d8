"""The schema of a checklist's files: one definition for the reader, its messages and editors (JSON Schema).

Scalars arrive as text (see `legcheck.yaml_text`) and become numbers and flags here, where the meaning of the field is known.
"""

from __future__ import annotations

import copy
import re
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from legcheck.issues import MISSING_FIELD, UNKNOWN_FIELD, WRONG_VALUE, Issues, closest
from legcheck.model import Case, GapKind, Role, Rollup
from legcheck.words import exact_number
from legcheck.yaml_text import Document, Trail, Tree

LARGEST = 1_000_000
BY_ELEMENTS: Final = "elements"
LONGEST_TITLE = 300
LONGEST_NAME = 60
_EXPLAINED = frozenset({
    "number", "span", "flag", "text", "title", "name", "key", "chapter", "whole", "effort", "letter", "enum", "too_short",
    "list_type", "dict_type", "model_type", "literal_error", "language", "term",
})  # fmt: skip
_BREAKS = re.compile("[^\\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")
_KEY = re.compile(r"[^\W_][\w-]{0,29}")


def _number(value: object) -> Fraction:
    """``2``, ``0.5``, ``1/2`` or ``80%`` as an exact fraction of reasonable size."""
    try:
        number = exact_number(str(value))
        if abs(number) > LARGEST or number.denominator > LARGEST:
            raise ValueError(value)
        return number
    except ValueError:
        raise PydanticCustomError("number", "not a number") from None


def _span(value: object) -> tuple[Fraction, Fraction]:
    """``-2..3``, or ``3`` for 0 to 3."""
    low, dots, high = str(value).partition("..")
    try:
        return (_number(low), _number(high)) if dots else (Fraction(0), _number(low))
    except PydanticCustomError:
        raise PydanticCustomError("span", "not points") from None


def _worth(value: object) -> Fraction | str:
    return BY_ELEMENTS if value == BY_ELEMENTS else _number(value)


def _flag(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("flag", "not a flag")


def _text(value: object) -> str:
    """A text on one line. No-break spaces stay: typography needs them, for instance before a French question mark."""
    if isinstance(value, str):
        return _BREAKS.sub(" ", value).strip()
    raise PydanticCustomError("text", "not a text")


def _title(value: str) -> str:
    if 0 < len(value) <= LONGEST_TITLE:
        return value
    raise PydanticCustomError("title", "empty or too long")


def _name(value: str) -> str:
    if 0 < len(value) <= LONGEST_NAME:
        return value
    raise PydanticCustomError("name", "empty or too long")


def _key(value: str) -> str:
    if _KEY.fullmatch(value):
        return value
    raise PydanticCustomError("key", "not a key")


def _chapter(value: str) -> str:
    """A key without a dash: in the id of a provision, the first dash ends the chapter."""
    if "-" not in _key(value):
        return value
    raise PydanticCustomError("chapter", "has a dash")


def _whole(value: object) -> int:
    number = _number(value)
    if number.denominator == 1 and number >= 0:
        return int(number)
    raise PydanticCustomError("whole", "not a whole number")


def _effort(value: str) -> str:
    if re.fullmatch("[1-9][0-9]?", value):
        return value
    raise PydanticCustomError("effort", "not an effort")


def _clause(value: object) -> object:
    """One wording for all legal traditions (under an empty key), or one for each tradition named."""
    return value if isinstance(value, dict) else {"": value}


def _language(value: str) -> str:
    if re.fullmatch("[a-z]{2,3}", value):
        return value
    raise PydanticCustomError("language", "not a language")


def _term(value: str) -> str:
    if re.search(r"\w", value):
        return value
    raise PydanticCustomError("term", "no word")


def _letter(value: str) -> str:
    if len(value) == 1 and "a" <= value <= "z":
        return value
    raise PydanticCustomError("letter", "not a letter")


# Editors parse ordinary YAML, where an unquoted 1.0 is a number and yes may be a flag: the schema must not refuse them.
_LOOSE = {"type": ["string", "number", "boolean"]}

Number = Annotated[Fraction, BeforeValidator(_number), WithJsonSchema({"type": ["number", "string"]})]
Worth = Annotated[Fraction | Literal["elements"], BeforeValidator(_worth), WithJsonSchema({"type": ["number", "string"]})]
Span = Annotated[tuple[Fraction, Fraction], BeforeValidator(_span), WithJsonSchema({"type": ["number", "string"]})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": ["boolean", "string"]})]
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_LOOSE)]
Verified = Literal["read", "source"]
Form = Literal["full", "short"]
Printed = Literal["share", "sum"]
Title = Annotated[Text, AfterValidator(_title)]
Name = Annotated[Text, AfterValidator(_name)]
Key = Annotated[str, AfterValidator(_key)]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": ["integer", "string"]})]
Effort = Annotated[Text, AfterValidator(_effort)]
Letter = Annotated[str, AfterValidator(_letter)]
Language = Annotated[str, AfterValidator(_language)]
Term = Annotated[Name, AfterValidator(_term)]
Clause = Annotated[dict[str, Text], BeforeValidator(_clause), Field(min_length=1)]


class Entry(BaseModel):
    """A mapping with known fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class MlpEntry(Entry):
    """Where the provision stands along the UN model provisions; `ref` is empty until filled from the published document."""

    theme: Text | None = None
    ref: Text | None = None


class ProvisionEntry(Entry):
    """A provision as written in a chapter file."""

    title: Title
    question: Text = ""
    elements: dict[Letter, Text] = {}
    by_silence: list[Letter] = []
    guidance: Text = ""
    full: Text = ""
    partial: Text = ""
    contrary: Text = ""
    harm: Text = ""
    harm_elements: list[Letter] = []
    contrary_harm: Text = ""
    weight: Number = Fraction(1)
    scale: Text = ""
    maximum: Number | None = None
    extra: Flag = False
    core: Flag = False
    may_not_apply: Flag = False
    standards: list[Text] = []
    practice: list[Text] = []
    themes: list[Text] = []
    mlp: MlpEntry = MlpEntry()


class ReferenceEntry(Entry):
    """The number of a provision in a published document, as a references file confirms it."""

    number: Name
    confirmed_by: Title
    date: date
    document: Annotated[Text, Field(max_length=LONGEST_TITLE)] = ""


class LevelEntry(Entry):
    """A named rating; `unrecorded` is what a worth of ``elements`` counts where elements were not recorded."""

    title: Name
    meaning: Text = ""
    worth: Worth = Fraction(0)
    unrecorded: Number | None = None
    outside: Flag = False
    contrary: Flag = False


class ScaleEntry(Entry):
    """Named levels, or points with a step and levels outside the count."""

    levels: dict[Key, LevelEntry] = {}
    points: Span | None = None
    step: Number = Fraction(1)


class DimensionEntry(Entry):
    """What is rated, on which scale."""

    title: Name
    question: Text = ""
    scale: Text
    role: Role | None = None
    elements: Flag = False
    in_time: Flag = False


class BandEntry(Entry):
    """A word for a range of scores."""

    title: Title
    low: Number = Field(alias="from")
    high: Number = Field(alias="to")


class ThemeEntry(Entry):
    """A cut across chapters."""

    title: Title
    group: Text


class ClassEntry(Entry):
    """A class of priority, the least points for it, and the most gaps that it holds."""

    title: Title
    least: Number = Field(alias="from")
    at_most: Whole | None = None


class PriorityEntry(Entry):
    """How the priority of a gap is counted."""

    kinds: dict[GapKind, Number] = {}
    core: Number = Fraction(0)
    weight: Number = Fraction(0)
    missing_share: Number = Fraction(0)
    themes: dict[str, Number] = {}
    classes: dict[Key, ClassEntry] = {}


class ChapterEntry(Entry):
    """A chapter; its provisions stand here or in ``chapters/<id>.yaml``."""

    title: Title
    weight: Number = Fraction(1)
    provisions: dict[Key, ProvisionEntry] = {}


class ChecklistEntry(Entry):
    """The file ``checklist.yaml``."""

    id: Annotated[Text, AfterValidator(_key)]
    version: Title
    title: Title
    subject: Text = ""
    form: Form = "full"
    about: Text = ""
    language: Text = "en"
    scales: dict[Key, ScaleEntry]
    dimensions: Annotated[dict[Key, DimensionEntry], Field(min_length=1)]
    rollup: Rollup = Rollup.CHAPTERS
    minimum_answered: Number = Fraction(0)
    display: Printed = "share"
    decimals: Whole = 0
    share_from: Whole = 5
    stands_from: Number = Fraction(1, 2)
    minutes: Number = Fraction(5)
    minutes_with_texts: Number = Fraction(0)
    bands: dict[Key, BandEntry] = {}
    core_cap: Text | None = None
    theme_groups: dict[Key, Title] = {}
    themes: dict[Key, ThemeEntry] = {}
    priority: PriorityEntry = PriorityEntry()
    chapters: dict[Annotated[str, AfterValidator(_chapter)], ChapterEntry]


class ArticleEntry(Entry):
    """An article of an instrument, its subject in our own words, and whether its number was seen in a text.

    Where the number is a word, such as "preamble", the label says it, so that it can be translated.
    """

    subject: Text
    label: Text = ""
    verified: Flag = False


class InstrumentEntry(Entry):
    """An international instrument in the register of standards."""

    title: Title
    short: Text = ""
    symbol: Text = ""
    adopted: Text | None = None
    unit: Text = ""
    group: Text = ""
    articles: dict[str, ArticleEntry]


class TranslationEntry(Entry):
    """A text in another language, with the digest of the text it translates."""

    of: Text
    text: Text


class LocaleEntry(Entry):
    """The file ``locale/<language>.yaml``."""

    language: Text
    texts: dict[str, TranslationEntry] = {}


class IndicatorEntry(Entry):
    """How progress is measured."""

    indicator: Text
    unit: Text
    verification: Text
    of_law: Flag = False


class ExampleEntry(Entry):
    """Good practice in national law, and how it was verified."""

    country: Text
    law: Text
    article: Text = ""
    verified: Verified


class AloneEntry(Entry):
    """What a measure for several provisions says where only one of them has a gap."""

    title: Title
    do: Text
    without: list[Text] = []


class MeasureEntry(Entry):
    """A measure as written in a measures file."""

    title: Title
    closes: dict[str, list[Case]]
    elements: dict[str, list[Letter]] = {}
    do: Text
    alone: dict[str, AloneEntry] = {}
    kind: Text
    lead: Text
    partners: list[Text] = []
    phase: Text
    need: list[Text] = []
    effort: Effort
    requires: list[Text] = []
    section: Text
    output: IndicatorEntry
    outcome: IndicatorEntry
    safeguards: dict[str, Text] = {}
    drafting: list[Text] = []
    clauses: list[Clause] = []
    examples: list[ExampleEntry] = []


class PhaseEntry(Entry):
    """A stretch of the plan, in months."""

    title: Title
    first_month: Whole
    last_month: Whole


class SectionEntry(Entry):
    """A field of action that measures belong to."""

    title: Title


class ObjectiveEntry(Entry):
    """What the plan sets out to achieve, and the sections that belong to it."""

    title: Title
    vision: Text = ""
    sections: Annotated[list[Text], Field(min_length=1)]


class FlagshipsEntry(Entry):
    """Which measures stand out under each objective, and the themes whose safeguards are printed with them."""

    most: Whole = 3
    safeguards: list[Text] = []


class CompletingEntry(Entry):
    """What any measure asks for where the law has a part already, and how that is followed: one text, or one for each case.

    `constitutions` are words in the titles of laws that no ministry amends: `carrying` asks for a statute that carries them out.
    """

    do: Text = ""
    adding: Text = ""
    amending: Text = ""
    extending: Text = ""
    carrying: Text = ""
    amended: Text = ""
    constitutions: list[Text] = []
    output: IndicatorEntry


class PrincipleEntry(Entry):
    """A guiding principle of the plan."""

    title: Title
    text: Text


class OrderEntry(Entry):
    """How the priority of a measure is counted."""

    highest_gap: Number = Fraction(1)
    each_gap: Number = Fraction(0)
    effort: Number = Fraction(0)


class PlanEntry(Entry):
    """The file ``plan.yaml``: the words and rules of the plan."""

    title: Text = ""
    concerned: Text = ""
    vision: Text = ""
    phases: Annotated[dict[Key, PhaseEntry], Field(min_length=1)]
    needs: dict[Key, Text]
    efforts: dict[Effort, Text]
    kinds: dict[Key, Text]
    leads: dict[Key, Text]
    independent: list[Text] = []
    lead_share: Number = Fraction(1)
    traditions: dict[Key, Text] = {}
    objectives: dict[Key, ObjectiveEntry] = {}
    flagships: FlagshipsEntry = FlagshipsEntry()
    completing: CompletingEntry | None = None
    sections: dict[Key, SectionEntry]
    principles: dict[str, PrincipleEntry] = {}
    funding: dict[str, Text] = {}
    consultation: dict[str, Text] = {}
    order: OrderEntry = OrderEntry()


ProvisionsFile = dict[Key, ProvisionEntry]
RegisterFile = dict[str, InstrumentEntry]
ReferencesFile = dict[str, ReferenceEntry]
MeasuresFile = dict[Key, MeasureEntry]
GlossaryFile = dict[Name, dict[Language, Annotated[list[Term], Field(min_length=1)]]]


def validated(kind: Any, document: Document, issues: Issues) -> Any:
    """The content of a file as `kind`, with an issue for every field that does not fit.

    `kind` is an entry of the schema or a mapping of entries. What does not fit is left out, so that the rest is checked too;
    in a mapping, entries that cannot do without it are left out whole; a single entry becomes None.
    """
    try:
        return _adapter(kind).validate_python(document.tree)
    except ValidationError as error:
        for fault in error.errors():
            _add_fault(fault, kind, document, issues)
        return _sound(kind, _without(document.tree, [fault["loc"] for fault in error.errors()]))


def parsed(kind: Any, tree: Tree) -> Any:
    """A tree without faults as `kind`.

    Raises:
        pydantic.ValidationError: it has faults.
    """
    return _adapter(kind).validate_python(tree)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _without(tree: Tree, trails: list[tuple[str | int, ...]]) -> Tree:
    """A copy of a tree without the faulty fields."""
    copied = copy.deepcopy(tree)
    for trail in trails:
        above: Any = copied
        for step in trail[:-1]:
            if isinstance(above, dict):
                above = above.get(str(step))
        if trail and isinstance(above, dict):
            above.pop(str(trail[-1]), None)
    return copied


def _sound(kind: Any, tree: Tree) -> Any:
    """The part of a tree that fits: the valid entries of a mapping; a single entry in full, or None."""
    try:
        return _adapter(kind).validate_python(tree)
    except ValidationError as error:
        if get_origin(kind) is not dict or not isinstance(tree, dict):
            return None
        faulty = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        return _adapter(kind).validate_python({key: entry for key, entry in tree.items() if key not in faulty})


def _add_fault(fault: Any, kind: Any, document: Document, issues: Issues) -> None:
    trail = tuple(step for step in fault["loc"] if step != "[key]")
    at = document.at(trail)
    field = ".".join(str(step) for step in trail) or document.name
    if fault["type"] == "extra_forbidden":
        allowed = _siblings(kind, trail)
        issues.add(UNKNOWN_FIELD, at, field=field, allowed=", ".join(allowed), hint=closest(str(trail[-1]), allowed))
    elif fault["type"] == "missing":
        issues.add(MISSING_FIELD, at, field=field)
    else:
        value = "" if isinstance(fault["input"], dict | list) else str(fault["input"])
        words = _words(fault)
        allowed_text = ", ".join(words) if words else f"@issues.expected.{_expected(fault['type'])}"
        issues.add(WRONG_VALUE, at, field=field, value=value, allowed=allowed_text, hint=closest(value, words))


def _words(fault: Any) -> list[str]:
    """The words allowed, if only some are."""
    if fault["type"] not in ("enum", "literal_error"):
        return []
    return re.findall(r"'([^']*)'", str(fault.get("ctx", {}).get("expected", "")))


def _expected(fault: str) -> str:
    """The label under ``issues.expected`` that says what belongs here."""
    return fault if fault in _EXPLAINED else "other"


def _siblings(kind: Any, trail: Trail) -> list[str]:
    """The fields allowed where an unknown one was found."""
    for step in trail[:-1]:
        kind = _below(kind, step)
    return [field.alias or name for name, field in kind.model_fields.items()] if _is_entry(kind) else []


def _below(kind: Any, step: str | int) -> Any:
    if _is_entry(kind):
        named = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return named.get(str(step))
    inner = get_args(kind)
    return inner[-1] if inner else None


def _is_entry(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def json_schema() -> dict[str, Any]:
    """JSON Schema of a checklist file, for editors; the `$defs` hold the provision for chapter files."""
    schema = ChecklistEntry.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
