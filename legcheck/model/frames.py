"""Tidy columns of a comparison, a result and an assessment, and the pandas frames made of them.

The tables that a comparison writes are made of the same columns, so that names and values agree. numpy and pandas are loaded when
columns are made, and here alone in the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from legcheck.model.element_marks import ElementMarks
from legcheck.model.summary import CODE, LENGTH, MASK, unpacked

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from legcheck.model.assessment import Assessment
    from legcheck.model.checklist import Checklist
    from legcheck.model.comparison import Compared, Comparison, Judged
    from legcheck.model.figures import Score
    from legcheck.model.plan import Plan
    from legcheck.model.result import Result

    Array = np.ndarray[Any, Any]

SCORE_COLUMNS = (
    "country", "country_name", "as_of", "scope", "group", "differs", "checklist", "version", "file", "fictional", "latest",
    "dimension", "kind", "node", "node_title", "low", "central", "high", "answered", "applicable", "assessed_share",
    "enough_answered", "full", "partly", "not_applicable", "contrary", "elements_met", "elements", "band", "central_if_adopted",
    "scope_count", "scope_lower_quartile", "scope_median", "scope_upper_quartile",
)  # fmt: skip
READING_COLUMNS = (
    "country", "country_name", "as_of", "scope", "differs", "checklist", "version", "file", "fictional", "latest", "dimension",
    "kind", "node", "node_title", "full", "partly", "silent", "short", "left", "not_found", "not_looked_at", "not_applicable",
    "elements_met", "elements",
)  # fmt: skip
ANSWER_COLUMNS = (
    "country", "country_name", "kind", "as_of", "scope", "checklist", "checklist_title", "version", "chapter", "chapter_title",
    "provision", "provision_title", "dimension", "rating", "follows", "counts_as", "worth", "elements", "citation",
)  # fmt: skip
# The most elements that a provision can have, one for each letter from a to z, and as many bits.
_LONGEST = 26
_MASK = (1 << _LONGEST) - 1
_SPREADS = {"scope_lower_quartile": "lower", "scope_median": "median", "scope_upper_quartile": "upper"}


class Chosen(NamedTuple):
    """One of some texts on each row, by its place among them; blank ones are missing values."""

    texts: Sequence[str]
    places: Array


class Written(NamedTuple):
    """A text of its own on each row: the length of each in bytes, and all of them in UTF-8; blank ones are missing values."""

    lengths: Array
    content: bytes


# A column has texts, or is an array of numbers (not a number where there is none), flags or days.
Column = Any
Columns = dict[str, Column]


class _Part:
    """The columns of the assessments that answer one checklist."""

    def __init__(self, comparison: Comparison, judged: Judged) -> None:
        self.comparison, self.judged = comparison, judged
        self.checklist = judged.today.checklist
        self.provisions = tuple(self.checklist.provisions.values())
        self.dimensions = self.checklist.dimensions

    def columns(self, chosen: Array) -> Columns:
        """The columns of some assessments, by their places among those of the checklist."""
        raise NotImplementedError

    def rows(self, chosen: Array) -> list[Compared]:
        return [self.comparison.rows[self.judged.rows[at]] for at in chosen.tolist()]

    def heads(self, rows: Sequence[Compared], times: int) -> Columns:
        """The columns that describe an assessment as a whole, repeated on each of its rows."""
        import numpy as np

        days = np.array([row.summary.as_of for row in rows], dtype="datetime64[D]")
        return {
            "country": _repeated((row.summary.country for row in rows), times),
            "country_name": _repeated((row.name for row in rows), times),
            "as_of": np.repeat(days, times),
            "scope": _repeated((row.summary.scope.value for row in rows), times),
            "checklist": _repeated((row.summary.checklist.id for row in rows), times),
            "version": _repeated((row.summary.checklist.version for row in rows), times),
        }

    def keys(self, count: int, times: int) -> Chosen:
        """The key of the dimension on each row: `times` rows per dimension, for `count` assessments."""
        import numpy as np

        places = np.repeat(np.arange(len(self.dimensions)), times)
        return Chosen([one.key for one in self.dimensions], np.tile(places, count))


class _Figures(_Part):
    """The columns of figures, a row for each assessment, dimension and node."""

    def named(self, chosen: Array) -> Columns:
        """The columns that say which figure of which assessment it is."""
        import numpy as np

        rows, (_, dimensions, nodes) = self.rows(chosen), self.judged.today.low.shape
        times, of_node = dimensions * nodes, np.tile(np.arange(nodes), len(rows) * dimensions)
        every = self.judged.today.nodes
        return {
            **self.heads(rows, times),
            "differs": _repeated((" ".join(row.differs) for row in rows), times),
            "file": _repeated((row.summary.source.name for row in rows), times),
            "fictional": np.repeat(np.array([row.fictional for row in rows], dtype=bool), times),
            "latest": np.repeat(np.array([row.latest for row in rows], dtype=bool), times),
            "dimension": self.keys(len(rows), nodes),
            "kind": Chosen([node.kind for node in every], of_node),
            "node": Chosen([node.key for node in every], of_node),
            "node_title": Chosen([self.checklist.titles[node.kind][node.key] for node in every], of_node),
        }


class ComparedReadings(_Figures):
    """The columns of what the readings of a comparison contain, except `display`, which depends on a language."""

    def columns(self, chosen: Array) -> Columns:
        """The columns of some readings, by their places among those of the checklist."""
        figures = self.judged.today
        same = ("full", "partly", "silent", "short", "left", "not_applicable", "elements_met", "elements")
        numbers = {name: getattr(figures, name)[chosen] for name in same}
        answered = figures.answered[chosen]
        numbers["not_found"] = answered - sum(numbers[name] for name in ("full", "partly", "silent", "short", "left"))
        numbers["not_looked_at"] = figures.applicable[chosen] - answered
        return self.named(chosen) | {name: values.ravel() for name, values in numbers.items()}


class ComparedScores(_Figures):
    """The columns of the scores of a comparison, except `display`, which depends on a language."""

    def __init__(self, comparison: Comparison, judged: Judged) -> None:
        super().__init__(comparison, judged)
        self.spreads = self._spreads()

    def columns(self, chosen: Array) -> Columns:
        """The columns of some assessments, by their places among those of the checklist."""
        import numpy as np

        figures, rows, count = self.judged.today, self.rows(chosen), len(chosen)
        times = figures.low[0].size
        answered, applicable = figures.answered[chosen], figures.applicable[chosen]
        share = np.divide(answered, applicable, out=np.full(answered.shape, np.nan), where=applicable > 0)
        spreads = {name: np.tile(values, (count, 1, 1)) for name, values in self.spreads.items()}
        same = ("low", "central", "high", "full", "partly", "not_applicable", "contrary", "elements_met", "elements")
        numbers = {name: getattr(figures, name)[chosen] for name in same} | spreads
        numbers |= {"answered": answered, "applicable": applicable, "assessed_share": share}
        numbers |= {"enough_answered": figures.enough[chosen], "central_if_adopted": self._if_adopted(chosen)}
        return {
            **self.named(chosen),
            "group": _repeated((row.group for row in rows), times),
            "band": Chosen(["", *(band.key for band in self.checklist.bands)], figures.bands[chosen].ravel() + 1),
            **{name: values.ravel() for name, values in numbers.items()},
        }

    def _if_adopted(self, chosen: Array) -> Array:
        """The central figures once pending law is in force, NaN if they would not differ."""
        import numpy as np

        judged = self.judged
        found = np.full((len(chosen), *judged.today.central.shape[1:]), np.nan)
        _, here, there = np.intersect1d(chosen, np.array(judged.pending, dtype=np.intp), return_indices=True)
        found[here] = np.where(judged.changed[there, :, None], judged.if_adopted.central[there], np.nan)
        return found

    def _spreads(self) -> dict[str, Array]:
        """The quartiles of all latest assessments, by dimension and node."""
        import numpy as np

        nodes = self.judged.today.nodes
        shape = len(self.dimensions), len(nodes)
        found = {name: np.full(shape, np.nan) for name in _SPREADS} | {"scope_count": np.zeros(shape, dtype=np.int64)}
        for group in self.comparison.everyone:
            for dimension, one in enumerate(self.dimensions):
                for at, node in enumerate(nodes):
                    spread = group.spreads.get(one.key, {}).get(node.id)
                    if spread is not None:
                        found["scope_count"][dimension, at] = spread.count
                        for column, part in _SPREADS.items():
                            found[column][dimension, at] = float(getattr(spread, part))
        return found


class ComparedAnswers(_Part):
    """The columns of the answers of a comparison."""

    def __init__(self, comparison: Comparison, judged: Judged) -> None:
        import numpy as np

        super().__init__(comparison, judged)
        self.every = np.arange(len(self.provisions))
        self.worths = [_worths(self.checklist, one.key) for one in self.dimensions]

    def columns(self, chosen: Array) -> Columns:
        """The columns of some assessments, by their places among those of the checklist."""
        import numpy as np

        rows = self.rows(chosen)
        shape = len(rows), len(self.dimensions), len(self.provisions)
        summaries = [row.summary for row in rows]
        counts_as = np.frombuffer(b"".join(one.ratings for one in summaries), CODE).reshape(shape)
        typed = np.frombuffer(b"".join(one.typed or one.ratings for one in summaries), CODE).reshape(shape)
        masks = np.frombuffer(b"".join(one.elements for one in summaries), MASK).reshape(shape[0], 2, shape[2])
        met, answered = np.moveaxis(masks, 1, 0)
        worth = np.stack([table[self.every, counts_as[:, at]] for at, table in enumerate(self.worths)], axis=1)
        scored = np.array([row.summary.scope.scored for row in rows], dtype=bool)
        chapters = {chapter.id: chapter.title for chapter in self.checklist.chapters}
        of_provision = np.tile(self.every, shape[0] * shape[1])
        return {
            **self.heads(rows, shape[1] * shape[2]),
            "kind": _repeated((row.summary.kind.value for row in rows), shape[1] * shape[2]),
            "checklist_title": _repeated([self.checklist.title] * shape[0], shape[1] * shape[2]),
            "chapter": Chosen([one.chapter for one in self.provisions], of_provision),
            "chapter_title": Chosen([chapters[one.chapter] for one in self.provisions], of_provision),
            "provision": Chosen([one.id for one in self.provisions], of_provision),
            "provision_title": Chosen([one.title for one in self.provisions], of_provision),
            "dimension": self.keys(shape[0], shape[2]),
            "rating": self._ratings(np.where(typed > 0, typed, counts_as)),
            "follows": ((typed == 0) & (counts_as > 0)).ravel(),
            "counts_as": self._ratings(counts_as),
            "worth": np.where(scored[:, None, None], self._worth(worth, counts_as, met, answered), np.nan).ravel(),
            "elements": self._elements(worth, counts_as == 0, met, answered),
            "citation": self._citations(rows),
        }

    def _ratings(self, codes: Array) -> Chosen:
        """Ratings by their keys."""
        import numpy as np

        texts = [tuple(known) for known in self.checklist.codes.values()]
        starts = np.array(list(accumulate(map(len, texts), initial=0))[:-1])
        return Chosen([text for known in texts for text in known], (codes + starts[:, None]).ravel())

    def _worth(self, worth: Array, codes: Array, met: Array, answered: Array) -> Array:
        """What answers are worth: as their ratings, given by codes, or by their elements, given as masks."""
        import numpy as np

        found = worth.copy()
        for at, dimension in enumerate(self.dimensions):
            for here, provision in enumerate(self.provisions if dimension.elements else ()):
                scale = dimension.scale_of(provision)
                if scale.by_elements is not None:
                    code = self.checklist.codes[dimension.key][scale.by_elements.key]
                    rows = np.flatnonzero((codes[:, at, here] == code) & (answered[:, here] > 0))
                    known = dict(scale.worths(scale.by_elements, len(provision.elements))) if len(rows) else {}
                    counts = zip(*(np.bitwise_count(masks[rows, here]).tolist() for masks in (met, answered)), strict=True)
                    found[rows, at, here] = [float(known[count].central or 0) for count in counts]
        return found

    def _elements(self, worth: Array, blank: Array, met: Array, answered: Array) -> Chosen:
        """What is said of elements, given as masks, beside ratings of this worth or blank ones: see `ElementMarks.beside`."""
        import numpy as np

        letters = list(dict.fromkeys(one.letters for one in self.provisions))
        kind = np.array([letters.index(one.letters) for one in self.provisions])
        every = np.array([(1 << len(one.letters)) - 1 for one in self.provisions])
        asked = np.array([one.elements for one in self.dimensions])[:, None]
        met, answered = (masks[:, None].astype(np.int64) for masks in (met, answered))
        said = asked & (blank | (met == 0) | (worth > 0) & (worth < 1))
        met, answered = (np.where(asked & (worth == 1), every, np.where(said, masks, 0)) for masks in (met, answered))
        keys, places = np.unique((kind << 2 * _LONGEST | answered << _LONGEST | met).ravel(), return_inverse=True)
        texts = [unpacked(letters[key >> 2 * _LONGEST], key & _MASK, key >> _LONGEST & _MASK).text for key in keys.tolist()]
        return Chosen(texts, places)

    def _citations(self, rows: Sequence[Compared]) -> Written:
        """The laws and articles cited, in the dimensions that are judged by the dates of laws."""
        import numpy as np

        in_time = np.array([one.in_time for one in self.dimensions])
        lengths = np.frombuffer(b"".join(row.summary.citations.lengths for row in rows), LENGTH).reshape(len(rows), 1, -1)
        content = b"".join(row.summary.citations.content * int(in_time.sum()) for row in rows)
        return Written((lengths * in_time[:, None]).ravel(), content)


def _worths(checklist: Checklist, dimension: str) -> Array:
    """The worth of each rating by provision and code, NaN if it is outside, blank, or not one of the provision's."""
    import numpy as np

    one = checklist.by_dimension[dimension]
    table = np.full((len(checklist.provisions), len(checklist.codes[dimension])), np.nan)
    for row, provision in enumerate(checklist.provisions.values()):
        for rating, level in one.scale_of(provision).by_key.items():
            if not level.outside:
                table[row, checklist.codes[dimension][rating]] = float(level.worth)
    return table


def _repeated(values: Iterable[str], times: int) -> Chosen:
    """One text for each assessment, on each of its rows."""
    import numpy as np

    texts = list(values)
    return Chosen(texts, np.repeat(np.arange(len(texts)), times))


# One result, one assessment -------------------------------------------------------------------------------------------


def _of_assessment(assessment: Assessment) -> dict[str, object]:
    """What describes an assessment as a whole."""
    return {
        "country": assessment.country,
        "country_name": assessment.country_name,
        "as_of": assessment.as_of,
        "scope": assessment.scope.value,
        "checklist": assessment.checklist,
        "version": assessment.checklist_version,
        "file": assessment.source.name,
    }


def _scores_of(result: Result) -> Iterator[dict[str, object]]:
    """A row for each dimension and figure."""
    head = _of_assessment(result.assessment)
    for dimension, scores in result.scores.items():
        later = result.if_adopted.get(dimension)
        pending = later.by_node() if later is not None else {}
        for (kind, node), score in scores.by_node().items():
            named = {"kind": kind, "node": node, "node_title": result.checklist.titles[kind][node]}
            yield {**head, "dimension": dimension, **named, **_score(score, pending.get((kind, node)))}


def _score(score: Score, later: Score | None) -> dict[str, object]:
    same = ("low", "central", "high", "answered", "applicable", "assessed_share", "full", "not_applicable", "contrary")
    found = {name: getattr(score, name) for name in (*same, "partly", "elements_met", "elements", "band")}
    found |= {"enough_answered": score.enough, "central_if_adopted": later.central if later is not None else None}
    return found


def _answers_of(result: Result) -> Iterator[dict[str, object]]:
    """A row for each dimension and provision, answered or not."""
    assessment, checklist = result.assessment, result.checklist
    head = {**_of_assessment(assessment), "kind": assessment.kind.value, "checklist_title": checklist.title}
    for dimension in checklist.dimensions:
        for id, provision in checklist.provisions.items():
            answer, counts_as = assessment.answer(id), result.ratings[dimension.key][id]
            level, marks = dimension.level(provision, counts_as), result.elements[id]
            worth = dimension.worth(provision, level, marks)
            yield {
                **head,
                "chapter": provision.chapter,
                "chapter_title": checklist.titles["chapter"][provision.chapter],
                "provision": id,
                "provision_title": provision.title,
                "dimension": dimension.key,
                "rating": answer.ratings.get(dimension.key, counts_as),
                "follows": bool(counts_as) and dimension.key not in answer.ratings,
                "counts_as": counts_as,
                "worth": worth.central if worth is not None else None,
                "elements": marks.beside(level).text if dimension.elements else "",
                "citation": answer.whole_legal_basis if dimension.in_time else "",
            }


def _given_in(assessment: Assessment) -> Iterator[dict[str, object]]:
    """A row for each rating given, or for an answer that only says which elements are met."""
    head = {**_of_assessment(assessment), "kind": assessment.kind.value}
    for id, answer in assessment.answers.items():
        marks = ElementMarks.of("".join(answer.elements), answer.elements)
        texts = {"elements": marks.text, "citation": answer.whole_legal_basis, "note": answer.note}
        for dimension, rating in answer.ratings.items() or ([("", "")] if marks.recorded else []):
            yield {**head, "provision": id, "dimension": dimension, "rating": rating, **texts}


# pandas --------------------------------------------------------------------------------------------------------------


def comparison_frame(comparison: Comparison, of: str) -> pd.DataFrame:
    """The scores, the readings or the answers of a comparison, in the order of its assessments."""
    import numpy as np
    import pandas as pd

    part, names, within = {
        "scores": (ComparedScores, SCORE_COLUMNS, range(len(comparison.scored))),
        "readings": (ComparedReadings, READING_COLUMNS, range(len(comparison.scored), len(comparison.rows))),
        "answers": (ComparedAnswers, ANSWER_COLUMNS, range(len(comparison.rows))),
    }[of]
    made, order = [], []
    for judged in comparison.judged:
        chosen = np.array([at for at, place in enumerate(judged.rows) if place in within], dtype=np.intp)
        columns = part(comparison, judged).columns(chosen)
        made.append(pd.DataFrame({name: _values(columns[name]) for name in names}))
        order.append(np.repeat(np.array(judged.rows)[chosen], len(made[-1]) // max(len(chosen), 1)))
    whole = pd.concat(made, ignore_index=True)
    return whole.iloc[np.argsort(np.concatenate(order), kind="stable")].reset_index(drop=True)


def result_frame(result: Result, of: str) -> pd.DataFrame:
    """The scores or the answers of a result."""
    rows, names = {"scores": (_scores_of, SCORE_COLUMNS), "answers": (_answers_of, ANSWER_COLUMNS)}[of]
    return frame_of(rows(result), names)


def assessment_frame(assessment: Assessment) -> pd.DataFrame:
    """The ratings of an assessment with the rest of each answer."""
    return frame_of(_given_in(assessment), (*ANSWER_COLUMNS, "note"))


def plan_frame(plan: Plan) -> pd.DataFrame:
    """The measures of a plan, with the provisions whose gaps they answer."""
    phases = {phase.key: phase.title for phase in plan.catalogue.phases}
    rows = [
        {
            "place": one.place,
            "measure": one.measure.id,
            "measure_title": one.measure.title,
            "phase": one.phase,
            "phase_title": phases[one.phase],
            "lead": one.measure.lead,
            "lead_title": plan.catalogue.leads[one.measure.lead],
            "effort": one.measure.effort,
            "provisions": " ".join(dict.fromkeys(each.gap.provision for each in one.answers)),
            "requires": " ".join(one.requires),
        }
        for one in plan.measures
    ]
    return frame_of(rows, list(rows[0]) if rows else [])


def frame_of(rows: Iterable[Mapping[str, object]], names: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame with the named columns, as far as the rows have them; blank texts are missing values."""
    import pandas as pd

    every = list(rows)
    known = [name for name in names if every and name in every[0]]
    frame = pd.DataFrame([[_plain(row[name]) for name in known] for row in every], columns=known)
    return frame.astype({"as_of": "datetime64[s]"}) if "as_of" in known else frame


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Fraction) else None if value == "" else value


def _values(column: Column) -> Array:
    """A column as pandas takes it."""
    import numpy as np

    if isinstance(column, Chosen):
        return np.array([text or None for text in column.texts], dtype=object)[column.places]
    if isinstance(column, Written):
        ends = np.cumsum(column.lengths).tolist()
        texts = (column.content[start:end].decode() for start, end in pairwise([0, *ends]))
        return np.array([text or None for text in texts], dtype=object)
    values: Array = column.astype("datetime64[s]") if column.dtype.kind == "M" else column
    return values
