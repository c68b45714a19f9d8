"""Writes the Assessment sheet: one row a provision, chapter after chapter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from legcheck.model import Answer
from legcheck.workbook.citations import legal_basis_of
from legcheck.workbook.columns import ASSESSMENT, RATING, Column, assessment_columns, heading
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.canvas import Canvas, Draft
from legcheck.workbook.writing.styles import Look, height, row_height

if TYPE_CHECKING:
    from legcheck.model import Chapter, Dimension, Provision

HEADER_ROW = 3
_NOTHING = Answer("")
_QUESTION = Look(size=10, indent=1)
_ELEMENT = Look(size=9, colour="FF33454F", indent=1)
_RULE_WORD = Look(size=8.5, bold=True, colour=styles.TEAL)
_RULE = Look(size=8.5, colour=styles.MUTED, indent=1)
_ID = Look(size=9, bold=True, fill=styles.PAPER, boxed=True, horizontal="center")
_CORE = Look(size=8, bold=True, colour=styles.TEAL, fill=styles.PAPER, boxed=True, horizontal="center")
_NAME = Look(size=9.5, bold=True, fill=styles.PAPER, boxed=True, indent=1)


def write_assessment(draft: Draft) -> tuple[dict[str, str], str]:
    """Write the sheet; gives the column of ratings of each dimension, and that of the ids."""
    sheet = _Sheet(draft)
    sheet.write()
    ratings = {key: sheet.letters[f"{RATING}.{key}"] for key in draft.checklist.by_dimension}
    return ratings, sheet.letters["id"]


@dataclass
class _Stretches:
    """Rows that share a list of choices or a prompt, gathered into stretches of cells."""

    rows: list[tuple[int, int]] = field(default_factory=list)

    def add(self, row: int) -> None:
        """Take a row in, into the last stretch where it follows it."""
        if self.rows and row - self.rows[-1][1] <= 1:
            self.rows[-1] = (self.rows[-1][0], row)
        else:
            self.rows.append((row, row))

    def cells(self, letter: str) -> str:
        return " ".join(f"{letter}{first}:{letter}{last}" for first, last in self.rows)


class _Sheet:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.words = draft.words
        self.canvas = Canvas(draft, ASSESSMENT)
        assessors = any(answer.assessor for answer in draft.assessment.answers.values())
        self.columns = assessment_columns(draft.checklist, assessor=assessors)
        self.letters = {column.key: get_column_letter(place) for place, column in enumerate(self.columns, 1)}
        self.row = HEADER_ROW
        self.rated: dict[tuple[str, tuple[str, ...]], _Stretches] = {}
        self.lettered: dict[tuple[str, ...], _Stretches] = {}

    def write(self) -> None:
        titles = [heading(column, ASSESSMENT, self.words, self.draft.titles()) for column in self.columns]
        self.canvas.widths(*(styles.heading_width(title, one.width) for title, one in zip(titles, self.columns, strict=True)))
        self.canvas.band(1, len(self.columns), self.words("workbook.sheets.assessment"), styles.TITLE, 34)
        self.canvas.band(2, len(self.columns), self.words("workbook.assessment.lead"), styles.BAND, 20)
        self._headings()
        for chapter in self.draft.checklist.chapters:
            provisions = [one for one in chapter.provisions if one.core or not self.draft.short]
            if provisions:
                self._chapter(chapter)
            for provision in provisions:
                self._provision(provision)
        self._help()
        self._colours()
        sheet = self.canvas.sheet
        frozen = next(place for place, column in enumerate(self.columns, 1) if column.key == "provision") + 1
        sheet.freeze_panes = f"{get_column_letter(frozen)}{HEADER_ROW + 1}"
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(self.columns))}{self.row}"
        self.canvas.protect()
        self.canvas.print_set_up(header_row=HEADER_ROW)

    def _headings(self) -> None:
        headings = self.draft.headings.setdefault(ASSESSMENT, {})
        titles = self.draft.titles()
        for place, column in enumerate(self.columns, 1):
            headings[column.key] = heading(column, ASSESSMENT, self.words, titles)
            look = styles.ANSWER_HEADING if column.answer else styles.HEADING
            self.canvas.own(HEADER_ROW, place, headings[column.key], look)
        self.canvas.sheet.row_dimensions[HEADER_ROW].height = 34

    def _chapter(self, chapter: Chapter) -> None:
        """A banner without an id. It stands in one cell and overflows, for merged cells would forbid sorting."""
        self.row += 1
        self.canvas.paint(self.row, 1, len(self.columns), styles.BANNER_ROW)
        column = next(place for place, column in enumerate(self.columns, 1) if column.key == "provision")
        self.canvas.own(self.row, column, f"{chapter.id}   {chapter.title}", styles.BANNER_ROW)
        self.canvas.sheet.row_dimensions[self.row].height = 24

    def _provision(self, provision: Provision) -> None:
        self.row += 1
        answer = self.draft.assessment.answers.get(provision.id, _NOTHING)
        heights = [self._cell(place, column, provision, answer) for place, column in enumerate(self.columns, 1)]
        self.canvas.sheet.row_dimensions[self.row].height = row_height(*heights)

    def _cell(self, place: int, column: Column, provision: Provision, answer: Answer) -> float:
        """Write one cell of a provision's row; gives the height its text takes."""
        if column.answer:
            text = self._answer_text(column, answer)
            look = styles.CHOICE if column.dimension or column.key == "to_confirm" else styles.ANSWER
            self.canvas.answer(self.row, place, text, look)
            self._gather(column, provision)
            return height(text, column.width, look)
        if column.key == "question":
            return self._question(place, column, provision)
        if column.key == "rules":
            return self._rules(place, column, provision)
        mark = self.words("workbook.assessment.core_mark") if provision.core else ""
        texts = {"id": (provision.id, _ID), "core": (mark, _CORE)}
        text, look = texts.get(column.key) or (provision.title, _NAME)
        if text:
            self.canvas.own(self.row, place, text, look)
        else:
            self.canvas.paint(self.row, place, place, look)
        return height(text, column.width, look)

    def _question(self, place: int, column: Column, provision: Provision) -> float:
        question = provision.question
        lines = [f"{one.letter})  {one.text}" for one in provision.elements]
        below = "\n".join(lines)
        parts = [(question + ("\n" if lines else ""), _QUESTION), (below, _ELEMENT)]
        self.canvas.rich(self.row, place, parts, styles.FIXED)
        tall = height(question, column.width, _QUESTION) if question else 0
        return tall + (height(below, column.width, _ELEMENT) if lines else 0)

    def _rules(self, place: int, column: Column, provision: Provision) -> float:
        parts: list[tuple[str, Look]] = []
        tall = 0.0
        for key, text in (("full", provision.full), ("partial", provision.partial)):
            if text:
                word = self.words(f"workbook.assessment.{key}")
                parts += [(("\n" if parts else "") + word, _RULE_WORD), (f" {text}", _RULE)]
                tall += height(f"{word} {text}", column.width, _RULE)
        if parts:
            self.canvas.rich(self.row, place, parts, styles.FIXED)
        else:
            self.canvas.paint(self.row, place, place, styles.FIXED)
        return tall

    def _answer_text(self, column: Column, answer: Answer) -> str:
        if column.dimension and column.key != "elements":
            dimension = self.draft.checklist.by_dimension[column.dimension]
            rating = answer.if_adopted if column.key == "if_adopted" else answer.ratings.get(column.dimension, "")
            return self._rating_shown(dimension, rating)
        if column.key == "elements":
            return ", ".join(answer.elements)
        if column.key == "legal_basis":
            return answer.legal_basis or legal_basis_of(answer.citations)
        text: str = getattr(answer, column.key)
        return text

    def _rating_shown(self, dimension: Dimension, rating: str) -> str:
        scale = dimension.scale
        if not rating or scale.points is not None:
            return rating
        return scale.by_key[rating].title

    def _choices(self, dimension: Dimension, provision: Provision) -> list[str]:
        """The ratings offered for a provision: not applicable only where it may not apply, points up to its own maximum."""
        scale = dimension.scale
        if scale.points is not None:
            return list(scale.ratings(provision.maximum))
        allowed = (level for level in scale.levels if not level.outside or provision.may_not_apply)
        return [self._rating_shown(dimension, level.key) for level in allowed]

    def _gather(self, column: Column, provision: Provision) -> None:
        if column.dimension and column.key != "elements":
            choices = self._choices(self.draft.checklist.by_dimension[column.dimension], provision)
            self.rated.setdefault((column.key, tuple(choices)), _Stretches()).add(self.row)
        elif column.key == "elements":
            self.lettered.setdefault(provision.letters, _Stretches()).add(self.row)

    def _help(self) -> None:
        """Lists, prompts and error texts for the answer cells."""
        for (key, choices), stretches in self.rated.items():
            dimension = self.draft.checklist.by_dimension[next(one.dimension for one in self.columns if one.key == key)]
            cells = stretches.cells(self.letters[key])
            if key == "if_adopted":
                self.canvas.choose(cells, list(choices), "if_adopted")
            elif dimension.scale.points is not None:
                self.canvas.choose(cells, list(choices), "points", maximum=choices[-1])
            else:
                self.canvas.choose(cells, list(choices), "rating")
        for letters, stretches in self.lettered.items():
            cells = stretches.cells(self.letters["elements"])
            if letters:
                self.canvas.prompt(cells, "elements", letters=", ".join(letters))
            else:
                self.canvas.prompt(cells, "no_elements")
        for key in ("legal_basis", "note", "observations", "assistance"):
            self.canvas.prompt(self._column_cells(key), key)
        doubt = self.words.under("workbook.choices.to_confirm")
        self.draft.choices["to_confirm"] = doubt
        self.draft.choices["elements"] = self.words.under("workbook.choices.elements")
        self.canvas.choose(self._column_cells("to_confirm"), list(doubt.values()), "to_confirm", strict=False)

    def _column_cells(self, key: str) -> str:
        return f"{self.letters[key]}{HEADER_ROW + 1}:{self.letters[key]}{max(self.row, HEADER_ROW + 1)}"

    def _colours(self) -> None:
        """Mark a rating that is not in its list, and an id whose first rating is given."""
        rules = self.canvas.sheet.conditional_formatting
        for (key, choices), stretches in self.rated.items():
            name, letter = self.draft.list_name(list(choices)), self.letters[key]
            first = f"{letter}{stretches.rows[0][0]}"
            bad = _when(f'AND({first}<>"",COUNTIF({name},{first})=0)', styles.BAD)
            rules.add(stretches.cells(letter), bad)
        ids, ratings = self.letters["id"], self.letters[f"{RATING}.{self.draft.checklist.dimensions[0].key}"]
        top = HEADER_ROW + 1
        done = _when(f'AND(${ids}{top}<>"",${ratings}{top}<>"")', styles.DONE)
        rules.add(f"{ids}{top}:{ids}{max(self.row, top)}", done)


def _when(formula: str, colour: str) -> Rule:
    """A background where a formula holds."""
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=styles.fill(colour)))
