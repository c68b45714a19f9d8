"""What a checklist file may hold: one definition for the reader, for its messages and for editors (JSON Schema).

Scalars arrive as text (see `legcheck.yaml_text`) and become numbers and flags here, where the meaning of the field is known.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from legcheck.model import Case, Role, Rollup


def _number(value: object) -> Fraction:
    """``2``, ``0.5``, ``1/2`` or ``80%``, exactly."""
    text = str(value).replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    try:
        if len(text) > 40 or "e" in text.casefold():
            raise ValueError(text)
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise PydanticCustomError("number", "not a number") from None


def _flag(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("flag", "not a flag")


def _text(value: object) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    raise PydanticCustomError("text", "not a text")


def _letter(value: str) -> str:
    if len(value) == 1 and "a" <= value <= "z":
        return value
    raise PydanticCustomError("letter", "not a letter")


# Editors parse ordinary YAML, where an unquoted 1.0 is a number and yes may be a flag: the schema must not refuse them.
_LOOSE = {"type": ["string", "number", "boolean"]}

Number = Annotated[Fraction, BeforeValidator(_number), WithJsonSchema({"type": ["number", "string"]})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": ["boolean", "string"]})]
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_LOOSE)]
Verified = Literal["read", "source"]
Form = Literal["full", "short"]
Letter = Annotated[str, AfterValidator(_letter)]


class Entry(BaseModel):
    """A mapping with known fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class MlpEntry(Entry):
    """Where the provision stands along the UN model provisions; `ref` is empty until filled from the published document."""

    theme: Text | None = None
    ref: Text | None = None


class ProvisionEntry(Entry):
    """A provision as written in a chapter file."""

    title: Text
    question: Text = ""
    elements: dict[Letter, Text] = {}
    guidance: Text = ""
    full: Text = ""
    partial: Text = ""
    weight: Number = Fraction(1)
    maximum: Number | None = None
    core: Flag = False
    may_not_apply: Flag = False
    standards: list[Text] = []
    practice: list[Text] = []
    themes: list[Text] = []
    mlp: MlpEntry = MlpEntry()


class LevelEntry(Entry):
    """A named rating."""

    title: Text
    meaning: Text = ""
    worth: Number = Fraction(0)
    outside: Flag = False
    contrary: Flag = False


class ScaleEntry(Entry):
    """Named levels, or points with a step."""

    levels: dict[str, LevelEntry] = {}
    points: Number | None = None
    step: Number = Fraction(1)


class DimensionEntry(Entry):
    """What is rated, on which scale."""

    title: Text
    question: Text = ""
    scale: Text
    role: Role | None = None
    elements: Flag = False
    in_time: Flag = False


class BandEntry(Entry):
    """A word for a range of scores."""

    title: Text
    low: Number = Field(alias="from")
    high: Number = Field(alias="to")


class ThemeEntry(Entry):
    """A cut across chapters."""

    title: Text
    group: Text


class ClassEntry(Entry):
    """A class of priority and the least points for it."""

    title: Text
    least: Number = Field(alias="from")


class PriorityEntry(Entry):
    """How the priority of a gap is counted."""

    kinds: dict[str, Number] = {}
    core: Number = Fraction(0)
    weight: Number = Fraction(0)
    missing_share: Number = Fraction(0)
    themes: dict[str, Number] = {}
    classes: dict[str, ClassEntry] = {}


class ChapterEntry(Entry):
    """A chapter; its provisions stand here or in ``chapters/<id>.yaml``."""

    title: Text
    weight: Number = Fraction(1)
    provisions: dict[str, ProvisionEntry] = {}


class ChecklistEntry(Entry):
    """The file ``checklist.yaml``."""

    id: Text
    version: Text
    title: Text
    subject: Text = ""
    form: Form = "full"
    about: Text = ""
    language: Text = "en"
    scales: dict[str, ScaleEntry]
    dimensions: dict[str, DimensionEntry]
    rollup: Rollup = Rollup.CHAPTERS
    minimum_answered: Number = Fraction(0)
    minutes: Number = Fraction(5)
    bands: dict[str, BandEntry] = {}
    core_cap: Text | None = None
    theme_groups: dict[str, Text] = {}
    themes: dict[str, ThemeEntry] = {}
    priority: PriorityEntry = PriorityEntry()
    chapters: dict[str, ChapterEntry]


class ArticleEntry(Entry):
    """An article of an instrument, its subject in own words, and whether its number was seen in a text."""

    subject: Text
    verified: Flag = False


class InstrumentEntry(Entry):
    """An international instrument in the register of standards."""

    title: Text
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
    """How progress is seen."""

    indicator: Text
    unit: Text
    verification: Text


class ExampleEntry(Entry):
    """Good practice in national law, and how it was verified."""

    country: Text
    law: Text
    article: Text = ""
    verified: Verified


class MeasureEntry(Entry):
    """A measure as written in a measures file."""

    title: Text
    closes: dict[str, list[Case]]
    elements: dict[str, list[Letter]] = {}
    do: Text
    kind: Text
    lead: Text
    partners: list[Text] = []
    phase: Text
    need: list[Text] = []
    effort: Number
    requires: list[Text] = []
    section: Text
    output: IndicatorEntry
    outcome: IndicatorEntry
    safeguards: dict[str, Text] = {}
    drafting: list[Text] = []
    examples: list[ExampleEntry] = []


class PhaseEntry(Entry):
    """A stretch of the plan, in months."""

    title: Text
    first_month: Number
    last_month: Number


class SectionEntry(Entry):
    """A section of the plan document."""

    title: Text
    timing: Text = ""
    text: Text = ""


class PrincipleEntry(Entry):
    """A guiding principle of the plan."""

    title: Text
    text: Text


class OrderEntry(Entry):
    """How the priority of a measure is counted."""

    highest_gap: Number = Fraction(1)
    each_gap: Number = Fraction(0)
    effort: Number = Fraction(0)


class PlanEntry(Entry):
    """The file ``plan.yaml``: the words and rules of the plan."""

    phases: dict[str, PhaseEntry]
    needs: dict[str, Text]
    efforts: dict[str, Text]
    kinds: dict[str, Text]
    leads: dict[str, Text]
    sections: dict[str, SectionEntry]
    principles: dict[str, PrincipleEntry] = {}
    funding: dict[str, Text] = {}
    consultation: dict[str, Text] = {}
    order: OrderEntry = OrderEntry()


ProvisionsFile = dict[str, ProvisionEntry]
RegisterFile = dict[str, InstrumentEntry]
MeasuresFile = dict[str, MeasureEntry]


def json_schema() -> dict[str, Any]:
    """JSON Schema of a checklist file, for editors; the `$defs` hold the provision for chapter files."""
    schema = ChecklistEntry.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
