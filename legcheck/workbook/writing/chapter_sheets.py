"""Writes the sheet of a chapter, answered from top to bottom: a question, its elements, then the provision as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legcheck.excel import Cells, Formula, height, letter
from legcheck.model import Answer, ElementAnswer, decimal
from legcheck.workbook import looks
from legcheck.workbook.citations import legal_basis_of
from legcheck.workbook.columns import (
    ANSWER_COLUMNS,
    ANSWERS,
    BY_ELEMENT,
    IF_ADOPTED,
    MAIN_COLUMNS,
    PUBLISH,
    TEXT_COLUMNS,
    Line,
    lines_of,
    may_follow,
)
from legcheck.workbook.writing.about import IN_THE_ROW, about_parts
from legcheck.workbook.writing.draft import Draft, TableSheet, stretches

if TYPE_CHECKING:
    from legcheck.model import Chapter, Dimension, Level, Provision

_HEAD = 2
_MOST_NAMED = 20  # a scale of points may have a thousand levels, a formula only so many characters
_MOST_REPEATED = 5_000  # characters of a text that is shown in a second place: far more than a row can show
_MET = "met"
_PLACE = "\0"
_ID = replace(looks.BOXED, fill=looks.PAPER, colour=looks.MUTED, wrap=False)
_UNSEEN_ID = replace(_ID, format=";;;")  # it names the row for the reader; people read the text beside it
_BAND = replace(looks.TEXT, fill=looks.BANNER, border=looks.LINE, vertical="center", indent=1)
_BAND_ID = replace(_BAND, bold=True, colour=looks.NAVY)
_TITLE = replace(_BAND, size=11, bold=True, colour=looks.NAVY)
_CORE = replace(_BAND, bold=True, colour=looks.TEAL)
_CAPTION = replace(_BAND, bold=True, colour=looks.TEAL, horizontal="center", indent=0)
_ELEMENT = replace(looks.BOXED, fill=looks.PAPER)
_RATING = replace(_ELEMENT, bold=True)
_ASIDE_WORD = replace(_ELEMENT, colour=looks.TEAL)
_ROOM, _ROOM_TO_WRITE = 18, 22  # the least height of a row in points, and that in which one writes by hand
_OPEN = replace(looks.ANSWER, size=10, vertical="center")
_CHOICE = replace(_OPEN, horizontal="center", indent=0, bold=True)
_CLOSED = replace(looks.BOXED, fill=looks.PAPER)
_BACK = replace(_BAND, colour=looks.NAVY, underline=True, horizontal="center")
_MORE = replace(looks.BAND, wrap=True, horizontal="right")


@dataclass(frozen=True)
class Table:
    """A chapter as written: its cells from the first row to the last, for links and counts."""

    chapter: Chapter
    provisions: tuple[Provision, ...]
    cells: Cells

    def asked(self, dimension: Dimension) -> str:
        """The formula that counts the provisions."""
        return f"SUMPRODUCT(--{self._rows(dimension)})"

    def rated(self, dimension: Dimension, provision: Provision | None = None) -> str:
        """The formula that counts the provisions rated in a dimension, or tells whether one of them is."""
        ids, answers = self._ids, self._answers
        rated = f'({answers}<>"")'
        if any(may_follow(dimension, one) for one in self.provisions):  # once no element is left blank
            own = f'SUBSTITUTE({ids},":{dimension.key}",".*")'
            rated = f'({rated}+({answers}="")*(COUNTIFS({ids},{own})>0)*(COUNTIFS({ids},{own},{answers},"")=0))'
        rows = f'({ids}="{provision.id}:{dimension.key}")' if provision else self._rows(dimension)
        return f"SUMPRODUCT({rows}*{rated})"

    @property
    def to_confirm(self) -> str:
        """The formula that counts the provisions with something to confirm."""
        column = next(place for place, one in enumerate(ANSWER_COLUMNS, 1) if one.key == "to_confirm")
        return f'SUMPRODUCT(--({replace(self.cells, column=column)}<>""))'

    def _rows(self, dimension: Dimension) -> str:
        """Which rows hold the ratings of a dimension."""
        ending = f":{dimension.key}"
        return f'(RIGHT({self._ids},{len(ending)})="{ending}")'

    @property
    def _ids(self) -> str:
        return str(self.cells)

    @property
    def _answers(self) -> str:
        return str(replace(self.cells, column=3))


def write_chapter(draft: Draft, chapter: Chapter, provisions: tuple[Provision, ...], start: Cells) -> Table:
    """Write the sheet of a chapter, with a link back to the Start sheet."""
    return _ChapterSheet(draft, chapter).write(provisions, start)


def is_rated(draft: Draft, provision: Provision, dimension: Dimension) -> bool:
    """Whether a provision has a rating in a dimension, typed or following from its elements."""
    answer = draft.assessment.answer(provision.id)
    return bool(dimension.rating(provision, answer, provision.marks(answer)))


_UNKNOWN = ElementAnswer()


class _ChapterSheet:
    def __init__(self, draft: Draft, chapter: Chapter) -> None:
        self.draft, self.checklist, self.labels, self.chapter = draft, draft.checklist, draft.labels, chapter
        headings = {column: self.labels(f"workbook.columns.answers.{column.key}") for column in ANSWER_COLUMNS}
        title = f"{chapter.id} {chapter.title}"
        self.table = TableSheet(draft, ANSWERS, _HEAD, 24, headings, chapter=chapter.id, title=title)
        self.met = draft.labels.under("workbook.choices.met")
        self.row = _HEAD
        # The rows that share a look or a list: questions with their letters, and lines by what may be chosen.
        self.questions: list[tuple[int, Provision]] = []
        self.spans: dict[tuple[str, ...], tuple[str, str]] = {}
        self.lines: list[tuple[int, Provision, Line]] = []

    def write(self, provisions: tuple[Provision, ...], start: Cells) -> Table:
        self._title(start)
        for provision in provisions:
            self._question(provision)
            whole = True
            for line in lines_of(self.checklist, provision):
                self._line(provision, line, whole=whole and not line.letter)
                whole = whole and bool(line.letter)
        self._standings()
        self._further()
        self._help()
        self._colours()
        self._paper()
        self.table.sheet.let_rows_grow()
        return Table(self.chapter, provisions, self.table.sheet.cells(1, _HEAD + 1, self.row))

    def _title(self, start: Cells) -> None:
        sheet = self.table.sheet
        sheet.set_height(1, 32)
        sheet.paint(1, 1, len(ANSWER_COLUMNS), looks.BAND)
        self.table.own(1, 1, f"{self.chapter.id}  {self.chapter.title}", replace(looks.TITLE, size=14))
        self.table.link(1, MAIN_COLUMNS - 1, self._label("back", start=self.labels("workbook.sheets.start")), _BACK, start)
        further = self.labels.join(self.labels(f"workbook.columns.answers.{one.key}") for one in ANSWER_COLUMNS[MAIN_COLUMNS:])
        self.table.own(1, MAIN_COLUMNS, self._label("more", columns=further), _MORE)

    def _paper(self) -> None:
        """Print the main columns: what is said in the others stands beside the question, too."""
        self.table.finish_table(self.row, keep="asked", about=f"{self.chapter.id} {self.chapter.title}")
        self.table.break_pages(MAIN_COLUMNS, [row for row, _ in self.questions], self.row, repeated=_HEAD)
        self.table.sheet.print_area(self.row, MAIN_COLUMNS)
        self.table.sheet.repeat(1, _HEAD)

    def _label(self, key: str, **facts: object) -> str:
        return self.labels(f"workbook.chapter.{key}", **facts)

    def _question(self, provision: Provision) -> None:
        """The banded row of a provision: its title and question, with its rules in a note."""
        self.row += 1
        self.questions.append((self.row, provision))
        sheet = self.table.sheet
        sheet.paint(self.row, 1, len(ANSWER_COLUMNS), _BAND)
        self.table.own(self.row, 1, provision.id, _BAND_ID)
        first = next(lines_of(self.checklist, provision))
        below = [provision.question] if provision.question else []
        if first.letter:
            self.table.own(self.row, self.table.column_of["answer"], self._caption(first.dimension), _CAPTION)
        else:
            below += [f"{element.letter})  {element.text}" for element in provision.elements]
        core = f"   {self._label('core_mark')}" if provision.core else ""
        number = f"   {self.labels.published(provision.mlp_ref)}" if provision.mlp_ref else ""
        title = [(provision.title, _TITLE), (core, _CORE), (number, _BAND)]
        self.table.rich(self.row, 2, [*title, *((f"\n{text}", _BAND) for text in below)], _BAND)
        self.draft.places[provision.id] = sheet.cells(1, self.row)
        if about := "".join(text for text, _ in about_parts(self.draft, provision, _BAND, _BAND)):
            sheet.note(self.row, 2, about)

    def _line(self, provision: Provision, line: Line, *, whole: bool) -> None:
        """The row of an element or rating; `whole` marks the one that takes what is said of the provision as a whole."""
        self.row += 1
        self.lines.append((self.row, provision, line))
        self.table.sheet.set_height(self.row, _ROOM if self.draft.assessment.answers else _ROOM_TO_WRITE)
        self.table.own(self.row, 1, line.id, _ID if line.letter else _UNSEEN_ID)
        parts = [(self._asked(provision, line), _ELEMENT if line.letter else _RATING)]
        if whole and (aside := about_parts(self.draft, provision, _ASIDE_WORD, _ELEMENT, IN_THE_ROW)):
            (word, look), *others = aside
            parts += [(f"\n{word}", look), *others]  # a line end alone would be lost by programs that leave out blank text
        self.table.rich(self.row, 2, parts, _ELEMENT)
        answer = self.draft.assessment.answers.get(provision.id) or Answer(provision.id)
        taken = ("answer", *BY_ELEMENT) if line.letter else tuple(self.table.column_of) if whole else ("answer",)
        for number, column in enumerate(ANSWER_COLUMNS[2:], 3):
            if column.key in taken:
                look = _CHOICE if column.key in ("answer", PUBLISH) else _OPEN
                self.table.answer(self.row, number, self._said(answer, line, column.key), look)
            else:
                self.table.sheet.put(self.row, number, None, _CLOSED)

    def _asked(self, provision: Provision, line: Line) -> str:
        """What a row asks, with a word of help."""
        if line.letter:
            return f"{line.letter})  " + next(element.text for element in provision.elements if element.letter == line.letter)
        of = line.dimension
        if line.field == IF_ADOPTED:
            return self._label("if_adopted", dimension=of.title)
        asked = self._label("rating", dimension=of.title, question=of.question or self._label("as_a_whole"))
        return f"{asked}   {self._label('may_stay_blank')}" if may_follow(of, provision) else asked

    # How far a provision is ----------------------------------------------------------------------------------------------

    def _standings(self) -> None:
        """In the row of a question the rating so far: as typed, as it follows from the elements, or which of them are open."""
        column = self.table.column_of["answer"]
        alike: dict[tuple[Dimension, tuple[Level, ...]], list[int]] = {}
        for row, provision in self.questions:
            dimension = next((one for one in self.checklist.dimensions if may_follow(one, provision)), None)
            if dimension is None:
                continue
            levels = tuple(dimension.scale_of(provision).by_key.values())
            texts = [
                self._open(dimension, provision.letters),
                *(text for level in levels for text in self._rated(dimension, level)),
            ]
            self.table.sheet.put(row, column, self._standing(row, provision, dimension), _CAPTION)
            self.table.grow(row, max(height(text, self.table.sheet.width(column), _CAPTION) for text in texts))
            alike.setdefault((dimension, levels), []).append(row)
        for (dimension, levels), rows in alike.items():
            for tone, some in _by_tone(levels).items():
                shown = [f"$C{rows[0]}={_text(text)}" for level in some for text in self._rated(dimension, level)]
                self._paint("answer", rows, f"OR({','.join(shown)})", tone)

    def _standing(self, row: int, provision: Provision, dimension: Dimension) -> Formula:
        """A formula that gives the same rating as `Dimension.rating`, with its value."""
        scale, letters = dimension.scale_of(provision), provision.letters
        best, some, worst = (
            _text(self._rated(dimension, level)[1]) for level in (scale.best, scale.by_elements or scale.middle, scale.lowest)
        )
        ids, answers = self._below(row, provision)
        own, of_elements = f"$A{row}", f'$A{row}&".*"'
        yes, no = (f"COUNTIFS({ids},{of_elements},{answers},{_text(self.met[word])})" for word in ("yes", "no"))
        typed = f'IFERROR(INDEX({answers},MATCH({own}&":{dimension.key}",{ids},0))&"","")'
        still_open = "&".join(self._if_open(ids, answers, f'{own}&".{letter}"', letter) for letter in letters)
        in_words = _joined(self._open(dimension, _PLACE), f"MID({still_open},3,{3 * len(letters)})")
        follows = f"IF({no}=0,{best},IF({yes}=0,{worst},{some}))"
        by_elements = f"IF({yes}+{no}={len(letters)},{follows},IF({yes}+{no}=0,{_text(self._caption(dimension))},{in_words}))"
        as_typed = _joined(self._label("typed", dimension=dimension.title, rating=_PLACE), typed)
        return Formula(f'=IF({typed}="",{by_elements},{as_typed})', self._standing_now(provision, dimension))

    def _standing_now(self, provision: Provision, dimension: Dimension) -> str:
        answer, scale = self.draft.assessment.answer(provision.id), dimension.scale_of(provision)
        marks = provision.marks(answer)
        if rating := dimension.rating(provision, answer, marks):
            typed, follows = self._rated(dimension, scale.by_key[rating])
            return typed if answer.ratings.get(dimension.key) else follows
        return self._open(dimension, marks.open) if marks.recorded else self._caption(dimension)

    def _below(self, row: int, provision: Provision) -> tuple[str, str]:
        """The ids and answers below a question. Without its own row: programs refuse a formula that counts in its own cell."""
        last = row + len(list(lines_of(self.checklist, provision)))
        return self._down("id", row + 1, last), self._down("answer", row + 1, last)

    def _if_open(self, ids: str, answers: str, id: str, letter: str) -> str:
        """The formula that gives a letter where its element is not answered."""
        answered = "+".join(f"COUNTIFS({ids},{id},{answers},{_text(word)})" for word in self.met.values())
        return f'IF({answered}=0,", {letter}","")'

    def _caption(self, dimension: Dimension) -> str:
        return self._label("elements", dimension=dimension.title)

    def _open(self, dimension: Dimension, letters: str) -> str:
        return self._label("open", dimension=dimension.title, letters=letters if letters == _PLACE else ", ".join(letters))

    def _rated(self, dimension: Dimension, level: Level) -> tuple[str, str]:
        """A rating as shown where it is typed, and where it follows from the elements."""
        facts = {"dimension": dimension.title, "rating": level.title}
        return self._label("typed", **facts), self._label("follows", **facts)

    def _further(self) -> None:
        """Beside a question, what the columns further right say of its provision: small screens and paper do not show them."""
        for row, provision in self.questions:
            line = next(line for line in lines_of(self.checklist, provision) if not line.letter)
            answer = self.draft.assessment.answers.get(provision.id) or Answer(provision.id)
            whole = f'MATCH($A{row}&"{line.id.removeprefix(provision.id)}",A:A,0)'
            formulas, said = [], []
            for number, column in enumerate(ANSWER_COLUMNS[MAIN_COLUMNS:], MAIN_COLUMNS + 1):
                heading = self.labels(f"workbook.columns.answers.{column.key}")
                formulas.append(self._repeating(heading, f"INDEX({letter(number)}:{letter(number)},{whole})"))
                said += self._repeated(heading, self._said(answer, line, column.key))
            shown = Formula(f'=IFERROR(SUBSTITUTE({"&".join(formulas)},CHAR(10),"",1),"")', "\n".join(said))
            self.table.sheet.put(row, MAIN_COLUMNS, shown, _BAND)
            self.table.grow(row, height("\n".join(said), self.table.sheet.width(MAIN_COLUMNS), _BAND))

    def _repeating(self, heading: str, cell: str) -> str:
        """The formula that gives what a cell says, on a line of its own, after its heading unless it begins with that."""
        named = f'IF(LEFT({cell},{len(heading)})={_text(heading)},"",{_text(self._label("further", column=heading))})'
        return f'IF({cell}="","",CHAR(10)&{named}&LEFT({cell},{_MOST_REPEATED}))'

    def _repeated(self, heading: str, said: str) -> list[str]:
        """The same as a value, for programs that do not compute."""
        named = "" if said[: len(heading)].casefold() == heading.casefold() else self._label("further", column=heading)
        return [named + said[:_MOST_REPEATED]] if said else []

    def _said(self, answer: Answer, line: Line, column: str) -> str:
        """What an answer says in one cell."""
        if line.letter:
            element = answer.elements.get(line.letter, _UNKNOWN)
            said = {"legal_basis": element.legal_basis or legal_basis_of(element.citations), "note": element.remark}
            return said[column] if column in said else "" if element.met is None else self.met["yes" if element.met else "no"]
        if column == "answer":
            rating = answer.if_adopted if line.field == IF_ADOPTED else answer.ratings.get(line.dimension.key, "")
            return line.dimension.scale_of(self.checklist.provisions[answer.provision]).title(rating)
        if column == "legal_basis":
            return answer.legal_basis or legal_basis_of(answer.citations)
        if column == PUBLISH:
            return "" if answer.publish else self.met["no"]
        text: str = getattr(answer, column)
        return text

    # Help --------------------------------------------------------------------------------------------------------------

    def _help(self) -> None:
        """Lists, prompts and error texts for the cells to fill."""
        met = self.draft.choices_of(_MET)
        self.draft.choices_of("elements")
        by_help: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for row, provision, line in self.lines:
            by_help.setdefault(self._choices(provision, line), []).append(row)
        for (prompt, choices), rows in by_help.items():
            low, high = self.spans.get(choices, ("", ""))
            self.table.choose(self._cells("answer", rows), choices or met, prompt, low=low, high=high)
        elements = [row for row, _, line in self.lines if line.letter]
        for column, prompt in (("legal_basis", "article"), ("note", "remark")):
            if elements:
                self.table.prompt(self._cells(column, elements), prompt)
        whole = self._whole()
        for key in ("legal_basis", *(column.key for column in TEXT_COLUMNS)):
            if key == "to_confirm":
                self.table.choose(self._cells(key, whole), self.draft.choices_of(key), key, strict=False)
            else:
                self.table.prompt(self._cells(key, whole), key)
        self.table.choose(self._cells(PUBLISH, whole), met, PUBLISH)

    def _choices(self, provision: Provision, line: Line) -> tuple[str, tuple[str, ...]]:
        """The prompt of an answer cell, and the ratings it offers; none for yes and no."""
        if line.letter:
            return ("met_by_silence" if line.letter in provision.by_silence else "met"), ()
        scale = line.dimension.scale_of(provision)
        offered = tuple(map(scale.title, self._offered(provision, line)))
        if scale.points is not None:
            self.spans[offered] = decimal(scale.points.low), decimal(scale.points.high)
        if line.field == IF_ADOPTED:
            return "if_adopted", offered
        return ("points" if scale.points else "rating_follows" if may_follow(line.dimension, provision) else "rating"), offered

    def _offered(self, provision: Provision, line: Line) -> tuple[str, ...]:
        return line.dimension.offered(provision, subdivision=self.draft.assessment.of_subdivision)

    def _whole(self) -> list[int]:
        """The rows that take what is said of a provision as a whole: the first rating of each."""
        first: dict[str, int] = {}
        for row, provision, line in self.lines:
            if not line.letter:
                first.setdefault(provision.id, row)
        return list(first.values())

    def _cells(self, key: str, rows: list[int]) -> str:
        return stretches(self.table.column_of[key], rows)

    # Colours -----------------------------------------------------------------------------------------------------------

    def _colours(self) -> None:
        """Colours of answers, of what is missing beside them, and of a provision that is done."""
        elements = [row for row, _, line in self.lines if line.letter]
        ids, answers = self._down("id"), self._down("answer")
        if elements:
            row = elements[0]
            others = f'LEFT($A{row},LEN($A{row})-1)&"?"'
            self._paint("answer", elements, f"$C{row}={_text(self.met['yes'])}", looks.DONE)
            self._paint("answer", elements, f"$C{row}={_text(self.met['no'])}", looks.NOTHING)
            self._paint("answer", elements, f'AND($C{row}="",COUNTIFS({ids},{others},{answers},"<>")>0)', looks.MISSING)
        for levels, rows in self._by_scale().items():
            self._colour_ratings(levels, rows)
        self._colour_gaps(ids, answers)

    def _by_scale(self) -> dict[tuple[Level, ...], list[int]]:
        """The rows of ratings by the levels that they offer."""
        rows: dict[tuple[Level, ...], list[int]] = {}
        for row, provision, line in self.lines:
            if not line.letter:
                levels = line.dimension.scale_of(provision).by_key
                rows.setdefault(tuple(levels[key] for key in self._offered(provision, line)), []).append(row)
        return rows

    def _colour_ratings(self, levels: tuple[Level, ...], rows: list[int]) -> None:
        """Colours by the worth of a rating, and a mark for what is not in the list."""
        cell = f"$C{rows[0]}"
        known = self.draft.book.list_name([level.title for level in levels])
        self._paint("answer", rows, f'AND({cell}<>"",COUNTIF({known},{cell})=0)', looks.WRONG)
        for tone, alike in _by_tone(levels).items():
            any_of = ",".join(f"{cell}={_text(level.title)}" for level in alike)
            self._paint("answer", rows, f"OR({any_of})" if len(alike) <= _MOST_NAMED else f'{cell}<>""', tone)

    def _colour_gaps(self, ids: str, answers: str) -> None:
        """Mark a legal basis that is missing beside a rating or an element that claims law, and a reason that is missing."""
        whole = set(self._whole())
        for levels, every in self._by_scale().items():
            rows = [row for row in every if row in whole]
            if not rows:
                continue
            row, yes = rows[0], _text(self.met["yes"])
            own = f'LEFT($A{row},FIND(":",$A{row})-1)&".*"'
            claims = [level for level in levels if level.full or level.in_part or level.contrary]
            if claims and len(claims) <= _MOST_NAMED:
                said = [*(f"$C{row}={_text(one.title)}" for one in claims), f"COUNTIFS({ids},{own},{answers},{yes})>0"]
                cited = f'COUNTIFS({ids},{own},{self._down("legal_basis")},"<>")'
                self._paint("legal_basis", rows, f'AND($D{row}="",OR({",".join(said)}),{cited}=0)', looks.MISSING)
            outside = [f"$C{row}={_text(level.title)}" for level in levels if level.outside]
            if outside:
                self._paint("note", rows, f'AND($E{row}="",OR({",".join(outside)}))', looks.MISSING)

    def _down(self, key: str, first: int = _HEAD + 1, last: int = 0) -> str:
        """A column from its first row to its last, or between others, as rules refer to it."""
        column = letter(self.table.column_of[key])
        return f"${column}${first}:${column}${last or self.row}"

    def _paint(self, key: str, rows: list[int], formula: str, fill: str) -> None:
        self.table.sheet.colour(self._cells(key, rows), formula, fill)


def _by_tone(levels: tuple[Level, ...]) -> dict[str, list[Level]]:
    """Levels by their colour: by worth, and one of its own for what is outside the count or contrary; most of them last."""
    found: dict[str, list[Level]] = {}
    for level in levels:
        tone = looks.OUTSIDE if level.outside else looks.BAD if level.contrary else looks.PARTLY
        if tone == looks.PARTLY and not level.in_part:
            tone = looks.DONE if level.full else looks.NOTHING
        found.setdefault(tone, []).append(level)
    return dict(sorted(found.items(), key=lambda pair: len(pair[1])))


def _text(shown: str) -> str:
    """A text as formulas write it."""
    return '"' + shown.replace('"', '""').replace("\n", '"&CHAR(10)&"') + '"'


def _joined(shown: str, formula: str) -> str:
    """A text as formulas write it, with a formula at its place."""
    before, _, after = shown.partition(_PLACE)
    return f"{_text(before)}&{formula}&{_text(after)}"
