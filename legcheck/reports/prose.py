"""The sentences of the country report, made from judged facts. The words stand in `reports/labels/<language>/prose.yaml`.

Every sentence carries its grounds, the provisions whose answers it rests on. A sentence without grounds is not made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from legcheck.model import GapKind, Role, joined_articles
from legcheck.reports.view import Row, Standing

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Catalogue, Gap, Measure, Plan, PlannedMeasure, Progress, Result
    from legcheck.reports.view import ChapterView, CitationView, DimensionView, GapView, ProvisionView, ReportView

NAMED = 5  # the most that a sentence names
NAMED_IN_BRIEF = 2  # the most that a sentence of the minister's page names of what stands, and of what is missing
AT_ONCE = 12  # gaps that a report puts first where more are as urgent
STRONG_CHAPTERS = 3
NEAR = Fraction(2, 100)  # to a fraction, for a share that is told in words
FEW = 10  # provisions: fewer are spoken of in numbers, not in shares
_COUNTED = (Standing.FULL, Standing.PARTIAL, Standing.NONE, Standing.CONTRARY)
_SHORT = (Standing.PARTIAL, Standing.NONE, Standing.CONTRARY)
_BORROWING = (Standing.PARTIAL, Standing.NONE)  # take their verb from the part before, where there is one
_WORD = re.compile(r"[^\s.,;:!?()\[\]“”«»\"']+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\s\d(])(?![^()]*\))")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the ids of the provisions whose answers it rests on."""

    text: str
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """What was found on a provision with a gap, in our sentences and in the words of those who answered, and whom it harms.

    `language` is that of these words, if it is not that of the report.
    """

    provision: str
    title: str
    gap: GapView
    sentences: tuple[Sentence, ...]
    quoted: str
    harm: str
    language: str = ""

    @property
    def contrary(self) -> bool:
        """Whether a rule says the opposite: our sentence that it does stands beside the words of those who answered."""
        return self.gap.kind == GapKind.CONTRARY.value


@dataclass(frozen=True)
class Recommendation:
    """A measure as a recommendation: who is asked to do what, which articles it amends, and when.

    `due` puts recommendations in the order of their terms. `missing` says what the law still lacks where it has a part of what is
    asked. `clauses` is wording that a drafter can start from, `status` how far the measure has come, if a plan says so.
    """

    measure: str
    lead: str
    text: str
    basis: str
    term: str
    provisions: tuple[str, ...]
    missing: str = ""
    clauses: tuple[Row, ...] = ()
    status: str = ""
    due: int = 0


@dataclass(frozen=True)
class Brief:
    """The page for the minister: what the situation is, what stands, what is urgent, what is asked."""

    situation: tuple[Sentence, ...]
    stands: tuple[Sentence, ...]
    urgent: tuple[Finding, ...]
    asked: tuple[Recommendation, ...]


def brief(view: ReportView, labels: Labels, recommendations: Sequence[Recommendation], *, told: int | None = None) -> Brief:
    """The page for the minister: every urgent gap and what is asked to answer it, what is due first before the rest.

    So many findings are `told` with what was found, all if not given; of the others only their kind and whom they harm.
    """
    gaps = urgent(view, labels, recommendations)
    by_id = {one.id: one for chapter in view.chapters for one in chapter.provisions}
    found = [priority(view, by_id[gap.provision], gap, labels, most=NAMED_IN_BRIEF) for gap in gaps]
    told = len(found) if told is None else told
    asked = dict.fromkeys(answering(gap, view, labels, recommendations)[0] for gap in gaps)
    return Brief(
        situation=tuple(_situation(view, labels)),
        stands=tuple(_stands(view, labels)),
        urgent=(*found[:told], *map(_in_short, found[told:])),
        asked=tuple(sorted(asked, key=lambda one: one.due)),
    )


def _in_short(one: Finding) -> Finding:
    """A finding with its kind and whom it harms, and what is missing only where that cannot be said."""
    return replace(one, sentences=one.sentences[:1] if one.gap.harm else one.sentences, quoted="")


def urgent(view: ReportView, labels: Labels, recommendations: Sequence[Recommendation] = ()) -> list[GapView]:
    """The gaps of the most urgent class that any gap is in: rules that say the opposite, then what is due first.

    Where very many are alike, only as many as can be begun with; but of rules that say the opposite every one.
    """
    alike = [gap for gap in view.gaps if gap.priority == view.gaps[0].priority]
    first = [gap for place, gap in enumerate(alike) if place < AT_ONCE or gap.kind == GapKind.CONTRARY.value]
    due = {gap.provision: answering(gap, view, labels, recommendations)[0].due for gap in first}
    return sorted(first, key=lambda gap: (gap.kind != GapKind.CONTRARY.value, due[gap.provision]))


def priority(view: ReportView, provision: ProvisionView, gap: GapView, labels: Labels, *, most: int | None = None) -> Finding:
    """What was found on an urgent gap; also where the law has a part, with a word on those whom it harms."""
    one = finding(view, provision, gap, labels, most=most)
    lacking = gap.kind == GapKind.LEGISLATIVE_PARTIAL.value and gap.missing
    return replace(one, harm=labels("prose.harm.left")) if lacking and not one.harm else one


def answering(gap: GapView, view: ReportView, labels: Labels, recommendations: Sequence[Recommendation]) -> list[Recommendation]:
    """What is recommended to close a gap."""
    found = [one for one in recommendations if gap.provision in one.provisions]
    return found or [fallback(_provision(view, gap.provision), gap, labels)]


def _provision(view: ReportView, id: str) -> ProvisionView:
    return next(one for chapter in view.chapters for one in chapter.provisions if one.id == id)


def of_chapter(chapter: ChapterView, view: ReportView, labels: Labels) -> Iterator[Sentence]:
    """The sentences on a chapter: what is at stake for people, and the provisions of which there is nothing more to say."""
    if one := at_stake(chapter, view):
        yield Sentence(labels("prose.chapter.stake", stake=one.stake), (one.provision,))
    yield from _withheld(chapter.provisions, labels)
    for first in view.dimensions[:1]:
        for key, standing, most in ((f"full.{_role(first)}", Standing.FULL, NAMED), ("outside", Standing.OUTSIDE, None)):
            if held := [one for one in chapter.provisions if _standing(one, first.key) is standing]:
                yield _said(f"chapter.{key}", held, labels, names=_names(held, labels, most=most))
    if left := [one for one in chapter.provisions if one.unanswered]:
        yield _said("chapter.open", left, labels, names=_names(left, labels))


def at_stake(chapter: ChapterView, view: ReportView) -> GapView | None:
    """The most urgent gap of a chapter of which it is known whom it harms."""
    return next((gap for gap in view.gaps if gap.chapter == chapter.id and gap.stake), None)


def findings(chapter: ChapterView, view: ReportView, labels: Labels, *, most: int) -> tuple[Finding, ...]:
    """What was found on the most urgent gaps of a chapter."""
    place = {gap.provision: number for number, gap in enumerate(view.gaps)}
    gaps = sorted((one for one in chapter.provisions if one.gap is not None), key=lambda one: place[one.id])
    return tuple(finding(view, one, one.gap, labels, foreign=True) for one in gaps[:most] if one.gap is not None)


def finding(
    view: ReportView, provision: ProvisionView, gap: GapView, labels: Labels, *, most: int | None = None, foreign: bool = False
) -> Finding:
    """What was found on a provision: in the words of those who answered if they are in the report's language, else in ours.

    Of a contrary rule those words are told in a `foreign` language too, where there is room to read on: the checklist knows only
    what such rules can be.
    `most` is how many missing elements are named, past which their number is said; all if not given. Where it is given, there is
    room only for the opening of a note; on law that provides for part it tells what is there, so what is missing is named.
    """
    lacking = most is not None and gap.kind == "legislative_partial" and gap.missing
    tells = (foreign and gap.kind == "contrary") if view.notes_in_other else not lacking
    quoted = provision.note if tells else ""
    sentences = tuple(_of_gap(provision, gap, labels, most, quoted=bool(quoted)))
    return Finding(provision.id, provision.title, gap, sentences, quoted, gap.harm, view.notes_in_other if quoted else "")


def harmed(result: Result, gap: Gap, labels: Labels) -> str:
    """Whom a gap harms, in a sentence."""
    harm = result.harm(gap)
    own = gap.kind is GapKind.CONTRARY and result.checklist.provisions[gap.provision].contrary_harm
    return labels("prose.harm.contrary_own" if own else f"prose.harm.{gap.kind.value}", harm=harm) if harm else ""


def _of_gap(provision: ProvisionView, gap: GapView, labels: Labels, most: int | None, *, quoted: bool) -> Iterator[Sentence]:
    """What kind of gap it is, and what that means here: what the law does not say yet, or if nobody says more, what was asked."""
    basis = law_at_issue(labels, provision)
    key = f"prose.kind.{gap.kind}"
    if gap.kind == "contrary" and not basis:
        key += "_bare"
    if gap.kind == "implementation":
        practice = next((one.standing for one in provision.ratings if one.standing in _SHORT), Standing.PARTIAL)
        key += f"_{practice}"
    if gap.kind == "legislative_partial" and provision.elements and all(one.met for one in provision.elements):
        key += "_limited"
    yield Sentence(labels(key, basis=basis), (provision.id,))
    if gap.kind == "contrary" and quoted:
        return
    if gap.kind == "contrary" and provision.contrary and not gap.harm:
        text = provision.contrary[:1].lower() + provision.contrary[1:]
        yield Sentence(labels("prose.opposite", contrary=text), (provision.id,))
    if gap.missing and (gap.kind == "legislative_partial" or (gap.kind == "contrary" and not gap.harm)):
        yield Sentence(lacks([one.text for one in gap.missing], labels, most), (provision.id,))
    elif gap.kind not in ("contrary", "legislative_partial") and provision.question and not gap.harm:
        yield Sentence(labels("prose.asks", question=provision.question), (provision.id,))


def lacks(elements: Sequence[str], labels: Labels, most: int | None) -> str:
    """What the law does not yet say, in a sentence."""
    return labels("prose.lacks", elements=_elements(elements, labels, most))


def _elements(texts: Iterable[str], labels: Labels, most: int | None) -> str:
    """Elements within a sentence, each as the language sets it off."""
    return _named([labels("prose.element", text=text) for text in texts], labels, most)


def law_at_issue(labels: Labels, *provisions: ProvisionView) -> str:
    """The articles in force that stand in the way, each law named once by its title; as typed, where no law could be told.

    They are those cited beside elements that are not met; where none is, those on which the provision as a whole rests.
    """
    cited: dict[str, list[str]] = {}
    for one in provisions:
        lacking = [each for element in one.elements if element.met is False for each in element.citations]
        for citation in _in_force(lacking) or _in_force(one.citations):
            cited.setdefault(citation.title or citation.law, []).append(citation.articles)
        if not one.citations and one.legal_basis:
            cited.setdefault(one.legal_basis, [])
    return labels.join(_with_articles(law, joined_articles(*every)) for law, every in cited.items())


def _in_force(citations: Iterable[CitationView]) -> list[CitationView]:
    return [one for one in citations if one.in_force]


def law_by_key(labels: Labels, one: ProvisionView, named: set[str]) -> str:
    """The articles that a provision cites, each law by its key; the first time by its title too, after which it is in `named`."""
    if not one.citations:
        return one.legal_basis
    shown = []
    for citation in one.citations:
        shown.append(_with_articles(_called(citation, spelt=citation.law not in named), citation.articles))
        named.add(citation.law)
    return labels.join(shown)


def named_by_title(text: str, titles: Mapping[str, str], labels: Labels) -> str:
    """What somebody wrote, with the title of a provision where it names its id; `titles` holds these by id."""
    return _WORD.sub(lambda word: labels("prose.named", title=titles[word[0]]) if word[0] in titles else word[0], text)


def _called(citation: CitationView, *, spelt: bool) -> str:
    """A law by its key, or by title and key, with its status unless it is in force; one not for publication has no key."""
    status = "" if citation.in_force else citation.status
    first, *beside = filter(None, (citation.title if spelt or not citation.law else "", citation.law, status))
    return f"{first} ({', '.join(beside)})" if beside else first


def _with_articles(law: str, articles: str) -> str:
    return f"{law}, {articles}" if articles else law


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return _SENTENCE_END.split(" ".join(text.split()))


def opening(text: str, limit: int) -> str:
    """The first sentences of a text, as many as fit in `limit` characters, one at least."""
    first, *others = sentences(text)
    for one in others:
        if len(first) + len(one) >= limit:
            break
        first += f" {one}"
    return first


# The situation, and what stands -----------------------------------------------------------------------------------------


def _situation(view: ReportView, labels: Labels) -> Iterator[Sentence]:
    """The whole in a few sentences: shares in words, and as figures only what was asked about and how often law is contrary."""
    provisions = [one for chapter in view.chapters for one in chapter.provisions]
    yield _said(f"situation.compared.{view.reviewed}", provisions, labels, count=len(provisions), date=view.as_of)
    for dimension in view.dimensions:
        yield from _in_words(provisions, dimension, labels)
    yield from _withheld(provisions, labels)
    yield from _missing([one for one in provisions if not one.withheld], view.dimensions, labels)
    if view.pending:
        yield Sentence(labels(f"prose.situation.pending.{_number(view.pending)}", status=view.coming), view.pending)


def _withheld(provisions: Iterable[ProvisionView], labels: Labels) -> Iterator[Sentence]:
    """How many answers are not for publication, if any."""
    if withheld := [one for one in provisions if one.withheld]:
        said = labels.opening("prose.chapter.withheld", count=len(withheld))
        yield Sentence(said, tuple(one.id for one in withheld))


def _missing(provisions: Sequence[ProvisionView], dimensions: Sequence[DimensionView], labels: Labels) -> Iterator[Sentence]:
    """How many of the answers asked for are missing, by dimension."""
    if not any(one.answered for one in provisions):
        yield _said("situation.unanswered.all", provisions, labels)
        return
    asked = [one for one in provisions if all(each.standing is not Standing.OUTSIDE for each in one.ratings)]
    parts: list[str] = []
    grounds: dict[str, ProvisionView] = {}
    for dimension in dimensions:
        if missing := [one for one in asked if _standing(one, dimension.key) is Standing.UNKNOWN]:
            share = _share(len(missing), len(asked), labels) or labels("common.sum", number=len(missing), all=len(asked))
            key = f"prose.situation.unanswered.of.{_role(dimension)}"
            parts.append(labels(key, share=share, dimension=dimension.title))
            grounds |= {one.id: one for one in missing}
    if parts:
        yield _said("situation.unanswered.some", grounds.values(), labels, parts=labels.listed(parts))


def _number(held: Sequence[object]) -> str:
    return "several" if len(held) > 1 else "single"


def _in_words(provisions: Sequence[ProvisionView], dimension: DimensionView, labels: Labels) -> Iterator[Sentence]:
    """How provisions stand in a dimension, in shares rather than numbers; a few are counted, which says more of them."""
    held = [one for one in provisions if _standing(one, dimension.key) in _COUNTED]
    if len(held) < FEW:
        yield from _counted(provisions, dimension, labels)
        return
    counts, key = Counter(_standing(one, dimension.key) for one in held), f"situation.held.{_role(dimension)}"
    full = counts[Standing.FULL]
    share = _share(full, len(held), labels) if full else ""
    some = "some" if full else "nothing"
    facts = {"share": share, "part": full, "whole": len(held), "rest": _of_the_others(counts, _role(dimension), some, labels)}
    yield _said(f"{key}.{some if share or not full else 'counted'}", held, labels, dimension=dimension.title, **facts)
    if contrary := [one for one in held if _standing(one, dimension.key) is Standing.CONTRARY]:
        yield _said(f"{key}.contrary", contrary, labels, count=len(contrary), dimension=dimension.title)


def _of_the_others(counts: Counter[Standing], role: str, some: str, labels: Labels) -> str:
    """How most of the provisions stand that are not met in full, if most stand alike."""
    partial, none = counts[Standing.PARTIAL], counts[Standing.NONE]
    others = partial + none + counts[Standing.CONTRARY]
    for key, number in (("partial", partial), ("none", none), ("mixed", partial + none)):
        if others > 1 and 2 * number > others:
            who = labels(f"prose.situation.others.{some}.{'all' if number == others else 'most'}")
            return labels(f"prose.situation.rest.{role}.{key}", others=who)
    return ""


def _share(part: int, whole: int, labels: Labels) -> str:
    """A share in the words for the fraction nearest to it, if it is near enough; that for the whole only where it is exact.

    Of very little and of nearly all it is said that it is so.
    """
    share, known = Fraction(part, whole), {Fraction(key): text for key, text in labels.under("prose.share").items()}
    if part < whole:
        del known[Fraction(1)]
    least, *_, most = sorted(known)
    nearest = min(known, key=lambda one: abs(one - share))
    return known[nearest] if abs(nearest - share) <= NEAR or not least < share < most else ""


def _counted(provisions: Sequence[ProvisionView], dimension: DimensionView, labels: Labels) -> Iterator[Sentence]:
    """How many provisions stand how in a dimension; nothing where none was answered."""
    held = [one for one in provisions if _standing(one, dimension.key) in _COUNTED]
    counts, role = Counter(_standing(one, dimension.key) for one in held), _role(dimension)
    parts: list[str] = []
    for standing in _COUNTED:
        if number := counts[standing]:
            first = "first_" if not parts and standing in _BORROWING else ""
            parts.append(labels(f"prose.parts.{role}.{first}{standing}", count=number, number=number))
    if parts:
        facts = {"count": len(held), "dimension": dimension.title, "parts": labels.listed(parts)}
        yield Sentence(labels(f"prose.counted.{role}", **facts), tuple(one.id for one in held))


def _stands(view: ReportView, labels: Labels) -> Iterator[Sentence]:
    """What is there already: the core provisions, what is applied, and the chapters in which the law goes far."""
    if not view.dimensions:
        return
    first, *others = view.dimensions
    provisions = [one for chapter in view.chapters for one in chapter.provisions]
    full = [one for one in provisions if _standing(one, first.key) is Standing.FULL]
    if (
        not full
        and first.role == Role.LAW
        and (partial := [one for one in provisions if _standing(one, first.key) is Standing.PARTIAL])
    ):
        yield _said("stands.little", partial, labels)
    practice = [one.key for one in others if one.role == Role.PRACTICE and first.role == Role.LAW]
    if core := [one for one in full if one.core]:
        sound = [one for one in core if not any(_standing(one, key) in _SHORT for key in practice)]
        key = f"core.{_role(first)}" if not practice else "core_sound" if sound else "core_in_law"
        yield _said(f"stands.{key}", sound or core, labels, names=_names(sound or core, labels, most=NAMED_IN_BRIEF))
    if applied := [one for one in full if any(_standing(one, key) is Standing.FULL for key in practice)]:
        yield _said("stands.applied", applied, labels, count=len(applied))
    weak = {gap.provision for gap in urgent(view, labels) if gap.priority} | {one.id for one in view.contrary}
    whole = [not any(one.withheld or one.id in weak for one in chapter.provisions) for chapter in view.chapters]
    known = [(one.central, place) for place, one in enumerate(first.chapters) if one.central is not None and whole[place]]
    strong = sorted(one for one in known if one[0] >= view.stands_from)
    if len(view.chapters) > 2 * STRONG_CHAPTERS and len(strong) >= STRONG_CHAPTERS:
        chapters = [view.chapters[place] for _, place in reversed(strong[-STRONG_CHAPTERS:])]
        grounds = tuple(one.id for chapter in chapters for one in chapter.provisions)
        yield Sentence(labels(f"prose.stands.chapters.{_role(first)}", names=labels.join(one.title for one in chapters)), grounds)


def _role(dimension: DimensionView) -> str:
    return dimension.role or "any"


def _standing(provision: ProvisionView, dimension: str) -> Standing:
    return next((one.standing for one in provision.ratings if one.dimension == dimension), Standing.UNKNOWN)


def _names(provisions: Sequence[ProvisionView], labels: Labels, *, most: int | None = None) -> str:
    return _named([one.title for one in provisions], labels, most)


def _named(names: Sequence[str], labels: Labels, most: int | None) -> str:
    """Names in a row; past `most`, the number of the others, unless it is one, which takes no more room than its number."""
    if most is None or len(names) <= most + 1:
        return labels.join(names)
    return labels.join((*names[:most], labels("prose.more", count=len(names) - most)))


def _said(key: str, provisions: Iterable[ProvisionView], labels: Labels, **facts: object) -> Sentence:
    return Sentence(labels(f"prose.{key}", **facts), tuple(one.id for one in provisions))


# Recommendations --------------------------------------------------------------------------------------------------------


def recommendations(plan: Plan, view: ReportView, labels: Labels, progress: Progress | None = None) -> tuple[Recommendation, ...]:
    """The measures of a plan as recommendations, in its order, with how far they have come if `progress` is given."""
    by_id = {one.id: one for chapter in view.chapters for one in chapter.provisions}
    phases = {phase.key: (place, phase.title) for place, phase in enumerate(plan.catalogue.phases)}
    entries = progress.entries if progress is not None else {}
    status = {id: labels(f"plan.status.{entry.status.value}") for id, entry in entries.items()}
    made = (_recommendation(one, plan, by_id, *phases[one.phase], labels) for one in plan.measures)
    return tuple(replace(one, status=status.get(one.measure, "")) for one in made if one.provisions)


def _recommendation(
    one: PlannedMeasure, plan: Plan, by_id: dict[str, ProvisionView], due: int, term: str, labels: Labels
) -> Recommendation:
    answered = [by_id[id] for id in dict.fromkeys(each.gap.provision for each in one.answers)]
    amended = {each.gap.provision for each in one.answers if each.amends}
    lead = plan.catalogue.leads[one.measure.lead]
    return Recommendation(
        measure=one.measure.id,
        lead=lead[:1].upper() + lead[1:],
        text=one.measure.title,
        basis=law_at_issue(labels, *(each for each in answered if each.id in amended)),
        term=term,
        provisions=tuple(each.id for each in answered),
        missing=still_missing(one, plan.result, labels),
        clauses=tuple(clause_rows(one.measure, plan.catalogue, labels)),
        due=due,
    )


def still_missing(one: PlannedMeasure, result: Result, labels: Labels) -> str:
    """What the law still lacks where it has a part of what a measure asks; blank where it has nothing."""
    texts = [
        element.text
        for each in one.answers
        if each.in_part
        for element in result.checklist.provisions[each.gap.provision].lettered(each.letters)
    ]
    return labels("prose.asked.missing", elements=_elements(texts, labels, NAMED_IN_BRIEF)) if texts else ""


def clause_rows(measure: Measure, catalogue: Catalogue, labels: Labels) -> Iterator[Row]:
    """The clauses of a measure, numbered; where legal traditions part, each wording with the name of its tradition."""
    for number, clause in enumerate(measure.clauses, 1):
        for tradition, text in clause.items():
            of = labels("common.labelled", label=catalogue.traditions[tradition]) if tradition else ""
            yield Row(f"({number}) {of}".rstrip(), text)


def fallback(provision: ProvisionView, gap: GapView, labels: Labels) -> Recommendation:
    """What is asked where no measure is offered."""
    text = labels(f"prose.asked.fallback.{gap.kind}", title=gap.title)
    return Recommendation("", "", text, law_at_issue(labels, provision) if gap.kind == "contrary" else "", "", (gap.provision,))
