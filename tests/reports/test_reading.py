"""A reading of named texts is never taken for a verdict on a State: it has counts, and nowhere a score, a band or a priority."""

import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from pypdf import PdfReader
from rich.console import Console

from legcheck import app, inputs
from legcheck.analysis import explain, figure_ids, judge
from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.model import Citation, ElementAnswer, Law, LawStatus, Release, Result, Scope
from legcheck.reports.document import Document, Heading, Items, Paragraph, Table
from legcheck.reports.html import render_html
from legcheck.reports.make_view import words_on
from legcheck.reports.reading_report import reading_report
from legcheck.reports.renderers import _documents, render
from legcheck.reports.stamp import Stamp
from legcheck.reports.terminal import chain_tables, score_tables
from legcheck.reports.view import Row
from legcheck.reports.xlsx import render_xlsx
from legcheck.results import figures_of, result_tree
from tests.analysis.builders import assessment, checklist
from tests.reports.sample_views import result_of_sample
from tests.samples import workbooks

UNSTAMPED = Stamp("", "", "", Release(), "", "")
VERDICTS = ("Bandlow", "Bandhigh", "Firstclass", "Lastclass", "Nothing of it")
READINGS = [path for path in workbooks() if app.read(path).scope is Scope.TEXTS]


def scale() -> dict:
    """Three levels and a contrary one, the worst with a title that no other text has."""
    worths = {"full": "1", "partial": "elements", "none": "0"}
    titles = {"full": "All of it", "partial": "Some of it", "none": "Nothing of it"}
    levels = {key: {"title": titles[key], "worth": worth} for key, worth in worths.items()}
    levels["partial"]["unrecorded"] = "1/2"
    return {"levels": levels | {"contrary": {"title": "Contrary", "contrary": "true"}, "na": {"title": "N/A", "outside": "true"}}}


def judged_by(sizes: list[int]):
    """A checklist with chapters of so many provisions, whose bands and priorities have titles that no other text has."""
    chapters = {
        f"C{at}": {
            f"C{at}-{n}": {"may_not_apply": "true", "core": "true", "elements": {"a": "one", "b": "two"}, "themes": ["t"]}
            for n in range(1, size + 1)
        }
        for at, size in enumerate(sizes)
    }
    return checklist(
        chapters,
        scales={"conformity": scale()},
        theme_groups={"g": "G"},
        themes={"t": {"title": "T", "group": "g"}},
        bands={"low": {"title": "Bandlow", "from": "0", "to": "1/2"}, "high": {"title": "Bandhigh", "from": "1/2", "to": "1"}},
        core_cap="low",
        priority={
            "kinds": {"legislative_missing": "2", "contrary": "3"},
            "classes": {"first": {"title": "Firstclass", "from": "2"}, "last": {"title": "Lastclass", "from": "0"}},
        },
    )


@some.composite
def readings(draw) -> Result:
    """The result of a reading of any texts, with or without answers on practice."""
    of = judged_by(draw(some.lists(some.integers(1, 3), min_size=1, max_size=3)))
    answer = some.fixed_dictionaries(
        {
            "law": some.sampled_from(["full", "partial", "none", "contrary", "na", ""]),
            "practice": some.sampled_from(["", "", "full", "none"]),
        }
    )
    answers = {id: entry for id in of.provisions if any((entry := draw(answer)).values())}
    return judge(of, replace(assessment(of, answers), scope=Scope.TEXTS), (), "0")


class Words(HTMLParser):
    """The words of a page that people see, hear or find."""

    def __init__(self):
        super().__init__()
        self.found, self._hidden = [], False

    def handle_starttag(self, tag, attrs):
        self._hidden = tag in ("style", "script")
        self.found += [
            value or "" for name, value in attrs if name in ("title", "aria-label", "content") and "src" not in (value or "")
        ]

    def handle_data(self, data):
        if not self._hidden:
            self.found.append(data)


def shown(result: Result, format: str, language: str = "en") -> str:
    """All that a format shows of a result."""
    words, view = labels(language), app.report_view(result, language)
    if format == "terminal":
        console = Console(file=io.StringIO(), width=80)
        for one in score_tables(result, view, words):
            console.print(one)
        for figure in figure_ids(result):
            for one in chain_tables(explain(result, figure), result.checklist, "file", words):
                console.print(one)
        return console.file.getvalue()
    return "\n".join(words_in(content, format) for content in render(format, result, view, words, (), UNSTAMPED).values())


def words_in(content: bytes, format: str) -> str:
    """The words of a file, and the formats of its numbers."""
    if format == "html":
        page = Words()
        page.feed(content.decode())
        return "\n".join(page.found)
    if format == "xlsx":
        cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
        return "\n".join(f"{cell.value} {cell.number_format}" for cell in cells if cell.value is not None)
    if format == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in parts.namelist() if re.match(r"word/(doc|foot|head)", name)]
    return "\n".join(re.sub(r"<[^>]+>", " ", parts.read(name).decode()) for name in names)


FORMATS = ("terminal", "html", "xlsx", "docx", "pdf")


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=25)
@given(result=readings(), language=some.sampled_from(languages()))
def test_no_format_shows_a_share_a_band_a_priority_or_that_something_is_not_provided(format, result, language):
    text = shown(result, format, language)
    assert "%" not in text
    assert [one for one in VERDICTS if one in text] == []


@given(result=readings())
def test_a_reading_has_counts_alone(result):
    assert result.gaps == ()
    for key, scores in (*result.scores.items(), *result.if_adopted.items()):
        dimension = result.checklist.by_dimension[key]
        ratings = result.ratings[key]
        for (kind, node), score in scores.by_node().items():
            assert (score.low, score.central, score.high, score.enough, score.band, score.capped_by) == (
                None,
                None,
                None,
                False,
                "",
                (),
            )
            under = [p for p in result.checklist.provisions.values() if kind in ("total", "theme") or p.chapter == node]
            levels = [dimension.level(one, ratings[one.id]) for one in under]
            rated = [level.key for level in levels if level is not None]
            counted = (score.full, score.partly, score.not_found, score.short, score.not_applicable)
            assert counted == tuple(map(rated.count, ("full", "partial", "none", "contrary", "na")))
            assert (score.contrary, score.silent, score.left) == (0, 0, 0)
            assert score.applicable - score.answered == levels.count(None)


@given(result=readings())
def test_the_result_file_of_a_reading_states_counts_and_no_share(result):
    tree = result_tree(result, labels("en"))
    assert {"format", "checklist", "country", "as_of", "scores"} <= set(tree)
    assert tree["gaps"] == []
    for _, score in figures_of(tree["scores"]):
        assert {score[part] for part in ("low", "central", "high", "band")} == {None}
        if score["answered"]:
            there = score["full"] + score["partly"]
            noun = "provision" if score["answered"] == 1 else "provisions"
            assert score["display"] == f"{there} of {score['answered']} {noun} in full or in part"


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_an_older_result_file_of_a_reading_is_still_read(path, tmp_path):
    """Files of earlier versions state shares, bands and gaps."""
    result = app.assess(path)
    tree = result_tree(result, labels("en"))
    for _, score in figures_of(tree["scores"]):
        score |= {"low": 0.25, "central": 0.25, "high": 0.25, "display": "25%", "enough_answered": True}
    older = tmp_path / "older.json"
    older.write_text(json.dumps(tree), "utf-8")
    again = app.assess(older)
    assert again.scores["law"].total == result.scores["law"].total
    tree["scores"]["law"]["total"]["answered"] += 1
    older.write_text(json.dumps(tree), "utf-8")
    with pytest.raises(InputError, match=r"law\.total answered"):
        app.assess(older)
    for _, score in figures_of(tree["scores"]):  # still older ones counted what only silence meets as in part
        score |= {"full": 7, "partly": 99}
        del score["silent"], score["short"], score["left"]
    older.write_text(json.dumps(tree), "utf-8")
    assert app.assess(older).scores["law"].total == result.scores["law"].total


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_is_not_planned_from(path):
    result = app.assess(path)
    with pytest.raises(InputError) as refused:
        app.draft_plan(result, "en")
    assert [issue.code for issue in refused.value.issues] == ["R405"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_report_names_every_provision_of_which_something_was_found_and_where_to_look_for_the_others(path, language):
    result = app.assess(path)
    view = app.report_view(result, language)
    there = [one.provision.id for chapter in view.reading.chapters for group in chapter.groups for one in group.found]
    elsewhere = {one.id for chapter in view.reading.further for one in chapter.further}
    ratings = result.ratings["law"]
    assert len(there) == len({*there})
    assert {*there} >= {id for id, rating in ratings.items() if rating in ("full", "partial")}
    assert {*there} | elsewhere == {id for id, rating in ratings.items() if rating not in ("", "na")}
    assert not {*there} & elsewhere
    assert {one.id for one in view.contrary} == {id for id, rating in ratings.items() if rating == "contrary"}


@pytest.mark.parametrize("wanted", ["", "Model legislation."])
def test_the_page_of_a_reading_speaks_of_assistance_only_where_it_is_wanted(wanted):
    view = app.report_view(app.assess(READINGS[0]), "en")
    shown = replace(view, assistance=(Row("GEN-01 Dedicated legal basis", wanted),) if wanted else ())
    assert ("section-assistance" in render_html(shown, labels("en")).decode()) == bool(wanted)


def test_the_page_of_a_reading_has_rules_to_look_at_only_where_there_are_any():
    view = app.report_view(app.assess(READINGS[0]), "en")
    bare = replace(view, contrary=())
    assert "section-look-at" not in render_html(bare, labels("en")).decode()


def test_a_national_assessment_keeps_its_scores():
    (path,) = [path for path in workbooks() if path.name.startswith("XUT-2026")]
    result = inputs.read(path)
    national = app.assess(path)
    assert national.scores["law"].total.central > Fraction(0)
    assert app.report_view(national, "en").reading is None
    assert result.assessment.scope.scored


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_explains_the_keys_of_its_texts_or_cites_a_single_text_by_article_alone(path):
    result = app.assess(path)
    with zipfile.ZipFile(io.BytesIO(app.report_files(result, ["docx"], "en")[f"{path.stem}-reading.docx"])) as file:
        words = re.sub(r"<[^>]+>", " ", file.read("word/document.xml").decode())
    laws = result.assessment.laws
    assert all(law.title in words for law in laws.values())
    cited = Counter(re.findall(r"\bL\d+\b", words))
    assert cited.keys() == (laws.keys() if len(laws) > 1 else set())


def texts_of(document: Document) -> list[str]:
    """Every text of a document, paragraph by paragraph."""
    found = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraph):
            found.append("".join(run.text for run in block.words))
        elif isinstance(block, Items):
            found += ["".join(run.text for run in one) for one in block.items]
        elif isinstance(block, Table):
            found += [column.title for column in block.columns]
            found += ["".join(run.text for run in one) for row in block.rows for cell in row.cells for one in cell.paragraphs]
    return found


def made_of(country: str, language: str) -> dict[str, list[str]]:
    """The texts of the report of a sample's reading and of its annex."""
    result = app.in_language(result_of_sample(country), language)
    view = app.report_view(result, language)
    made = _documents(view, words_on(result, labels(language)), ())
    return {name: texts_of(document) for name, document in made.items()}


_ANSWERS = {"yes": True, "no": False, "": None}


def reading_of(drawn: str, note: str = "", law: str = "", status: LawStatus = LawStatus.IN_FORCE) -> Result:
    """The reading of a text, drawn as an element in a line: its letter, whether it is met, the article, the remark.

    They are those of one provision; element `c` asks for the absence of a condition.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    elements = {
        letter: ElementAnswer(_ANSWERS[met], article, (Citation("L1", article),) if article else (), remark)
        for letter, met, article, remark in rows
    }
    provision = {"title": "Dignity", "elements": {letter: f"element {letter}" for letter in elements}}
    of = checklist({"C": {"C-1": provision | ({"by_silence": ["c"]} if "c" in elements else {})}}, scales={"conformity": scale()})
    made = assessment(of, {"C-1": {"law": law}}, (Law("L1", "An act", status=status),))
    answer = replace(made.answers["C-1"], elements=elements, note=note)
    return judge(of, replace(made, scope=Scope.TEXTS, answers={"C-1": answer}), (), "0")


def told(result: Result) -> tuple[dict[str, int], list[str]]:
    """The counts of a reading that are not 0, and what its report says of the provision, line by line."""
    view = app.report_view(result, "en")
    (table,) = view.reading.tables
    counts = {name: count for name, count in table.every.counts.items() if count}
    report = texts_of(reading_report(view, view.reading, words_on(result, labels("en"))))
    start = report.index("What this text contains, provision by provision") + 2
    there = report[start : report.index("How this reading was made")]
    return counts, [one for one in there if one not in ("C", "Provision", "What was found")]


def test_the_remark_of_those_who_read_stands_beside_the_element_that_it_limits():
    drawn = """
        a | yes | art. 1 | Judges only.
        b | yes | art. 2 |
        d | no  |        |
    """
    assert told(reading_of(drawn)) == (
        {"partly": 1},
        ["In part", "Dignity", "✓ element a (art. 1) – Judges only.", "✓ element b (art. 2)", "○ Not found: “element d”"],
    )


LIMITED = "◐ All of it is there, but not for everyone"


def test_what_limits_a_provision_of_which_every_element_is_met_stands_under_them():
    drawn = """
        a | yes | art. 1 |
        b | yes | art. 2 |
    """
    limited = reading_of(drawn, note="Nationals only, see C-1.", law="partial")
    assert told(limited) == (
        {"partly": 1},
        ["In part", "Dignity", "✓ element a (art. 1)", "✓ element b (art. 2)", LIMITED + " – Nationals only, see [Dignity]."],
    )
    assert told(reading_of(drawn, law="partial"))[1][-1] == LIMITED
    assert LIMITED not in told(reading_of("c | yes | art. 9 |", law="partial"))[1]
    assert told(reading_of(drawn, note="A note."))[1] == ["In full", "Dignity", "✓ element a (art. 1)", "✓ element b (art. 2)"]


def test_what_only_silence_meets_is_counted_and_said_as_silence_and_stands_once():
    drawn = """
        a | no  |        |
        c | yes | art. 9 | No such condition.
    """
    counts, said = told(reading_of(drawn))
    assert counts == {"silent": 1}
    assert said[:3] == [
        "By silence only",
        "Dignity",
        "✓ by silence: “element c” (read: art. 9) – No such condition.",
    ]
    assert said[3:] == ["○ Not found: “element a”"]
    met_in_full = "c | yes | art. 9 |"
    assert told(reading_of(met_in_full))[0] == {"silent": 1}


def test_a_rule_that_falls_short_is_told_with_its_article_and_not_as_missing():
    drawn = """
        a | no | art. 28(1) | One year.
        b | no |            |
    """
    expected = ["A rule falls short", "Dignity", "◔ falls short of: “element a” (art. 28(1)) – One year."]
    expected.append("○ Not found: “element b”")
    assert told(reading_of(drawn)) == ({"short": 1}, expected)
    view = app.report_view(reading_of(drawn), "en")
    (provision,) = view.chapters[0].provisions
    assert [one.title for one in provision.ratings] == ["A rule falls short"]
    assert [one.mark for one in provision.elements] == ["falls short", "Not found in this text"]
    assert not provision.absent


def test_beside_silence_a_rule_that_falls_short_decides_where_the_provision_stands():
    drawn = """
        a | no  | art. 3 |
        c | yes | art. 9 |
    """
    assert told(reading_of(drawn))[0] == {"short": 1}


def test_what_is_left_to_a_text_that_was_not_read_is_no_rule_that_falls_short():
    """Its answer is blank, with the article that leaves it there."""
    aim = "a |    | s. 4(1) | The aim stands in the criminal code, which was not read."
    shown = "→ left to another text: “element a” (s. 4(1)) – The aim stands in the criminal code, which was not read."
    assert told(reading_of(aim)) == ({"left": 1}, ["Left to another text", "Dignity", shown])
    assert told(reading_of(aim + "\nb | yes | s. 5 | ")) == ({"partly": 1}, ["In part", "Dignity", "✓ element b (s. 5)", shown])
    assert told(reading_of(aim + "\nb | no | s. 5 | "))[0] == {"short": 1}
    assert reading_of(aim, status=LawStatus.DRAFT).found["law"] == {"C-1": "not_looked_at"}


def test_a_few_elements_that_were_not_found_are_named_and_many_are_counted():
    drawn = "a | yes | art. 1 | \n" + "\n".join(f"{letter} | no | | " for letter in "bdef")
    assert told(reading_of(drawn))[1][-1] == "○ Not found: 4 elements of 5; the annex names them"


def test_a_rule_against_what_is_asked_is_listed_and_no_class_of_its_own():
    """What counts is what else the texts have: words on an element, or the rule, which goes less far than asked."""
    against = reading_of("a | no | art. 3 | Residents only.", law="contrary", note="Residents only.")
    counts, said = told(against)
    assert counts == {"short": 1}
    assert "Rules to look at" in said
    assert told(reading_of("a | yes | art. 3 | \nb | no | | ", law="contrary"))[0] == {"partly": 1}
    assert "Contrary" not in shown(against, "terminal")


def test_chapters_with_nothing_found_are_one_sentence():
    table = app.report_view(result_of_sample("CAN"), "en").reading.tables[0]
    assert all(any(one.counts[key] for key in ("full", "partly", "silent", "short", "left")) for one in table.chapters)
    (sentence,) = table.nothing
    assert sentence.startswith("Nothing was found on the provisions of these chapters: Emergency and crisis response (9);")


@pytest.mark.parametrize("language", languages())
def test_the_annex_explains_every_word_that_it_uses_for_what_was_found(language):
    for country in ("CAN", "ESP"):
        view = app.report_view(app.in_language(result_of_sample(country), language), language)
        explained = {row.label for rule in view.rules for row in rule.rows}
        assert {one.ratings[0].title for chapter in view.chapters for one in chapter.provisions} <= explained


def test_law_that_is_not_in_force_is_no_rule_that_falls_short():
    drawn = """
        a | no | art. 28(1) | One year.
        b | no |            |
    """
    counts, said = told(reading_of(drawn, status=LawStatus.DRAFT))
    assert counts == {"not_found": 1}
    assert said[-1] == "C: Dignity."


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_every_count_is_the_number_of_provisions_listed_under_it(path, language):
    view = app.report_view(app.assess(path), language)
    table = view.reading.tables[0]
    listed = {one.id: one for one in (*view.reading.further, *view.reading.chapters)}
    rows = {one.id: one.counts for one in table.chapters}
    for chapter in view.chapters:
        shown = Counter(one.ratings[0].title for one in chapter.provisions)
        if counts := rows.get(f"law.{chapter.id}"):
            groups = {group.key: len(group.found) for group in listed[chapter.id].groups}
            assert groups == {key: counts[key] for key in ("full", "partly", "silent", "short", "left") if counts[key]}
            assert len(listed[chapter.id].further) == counts["not_found"]
            assert all(shown[title] == counts[name] for name, title in table.columns.items())
        else:
            assert any(f"{chapter.title} ({shown[table.columns['not_found']]})" in sentence for sentence in table.nothing)


@pytest.mark.parametrize("language", languages())
def test_an_element_that_asks_for_the_absence_of_a_condition_is_never_told_as_a_rule(language):
    result = app.in_language(result_of_sample("CAN"), language)
    silence = labels(language)("reading.contents.silent", element="|").split("|")[0]
    short = labels(language)("reading.contents.short", element="|").split("|")[0]
    absences = [one.text for p in result.checklist.provisions.values() for one in p.elements if one.letter in p.by_silence]
    told = [text[2:] for text in made_of("CAN", language)["reading"] if text[:2] in ("✓ ", "◔ ")]
    of_absence = [text for text in told if any(one in text for one in absences)]
    assert len(of_absence) > 20
    assert [text for text in of_absence if not text.startswith((silence, short))] == []


def test_the_annex_the_page_and_the_workbook_tell_silence_apart_too():
    said = "nothing in these texts says otherwise"
    assert [text for text in made_of("CAN", "en")["annex"] if said in text]
    made = app.report_files(result_of_sample("CAN"), ("html", "xlsx"), "en")
    page, book = made["CAN-2025-07-24-reading.html"].decode(), made["CAN-2025-07-24-annex.xlsx"]
    assert "By silence only" in page
    assert "by silence: “" in page
    sheets = load_workbook(io.BytesIO(book))
    cells = [value for row in sheets["Provisions"].iter_rows(values_only=True) for value in row if isinstance(value, str)]
    assert [one for one in cells if f"({said})" in one]
    overview = [value for row in sheets["Overview"].iter_rows(values_only=True) for value in row if isinstance(value, str)]
    assert [one for one in overview if "By silence only: " in one]


@pytest.mark.parametrize("language", languages())
def test_a_reading_speaks_of_those_who_read_and_not_of_a_state_that_answers(language):
    words = labels(language)
    for texts in made_of("CAN", language).values():
        assert words("annex.columns.says") not in texts
        assert words("report.method.rating.law") not in texts
    page = app.report_files(result_of_sample("CAN"), ("html",), language)["CAN-2025-07-24-reading.html"].decode()
    assert words("html.section.observations") not in page
    met = f"{words('report.element.met')} <"
    assert met not in page


@pytest.mark.parametrize(("language", "read"), [("en", "Articles read: "), ("fr", "Articles lus\u00a0: ")])
def test_articles_in_which_nothing_was_found_are_no_legal_basis(language, read):
    made = made_of("ESP", language)
    view = app.report_view(app.in_language(result_of_sample("ESP"), language), language)
    absent = {one.id for chapter in view.chapters for one in chapter.provisions if one.absent and one.legal_basis}
    assert len(absent) > 10
    assert sum(one.startswith(read) for one in made["annex"]) == len(absent)
    assert not absent & {one.id for one in view.concordance}


@pytest.mark.parametrize(("language", "several"), [("en", r"\b(?:these|the) texts\b"), ("fr", r"\b(?:ces|les) textes\b")])
def test_one_text_is_not_spoken_of_as_several(language, several):
    result = app.in_language(result_of_sample("ESP"), language)
    own = {text for one in result.checklist.provisions.values() for text in (one.question, *(each.text for each in one.elements))}
    for texts in made_of("ESP", language).values():
        assert [text for text in texts if re.search(several, text) and not any(one in text for one in own)] == []
    assert any(re.search(several, text) for texts in made_of("CAN", language).values() for text in texts)


def test_provisions_after_the_articles_are_cited_in_the_language_of_the_report():
    for texts in made_of("ESP", "fr").values():
        cited = [text for text in texts if re.search(r"\bL1\b|arts?\. \d|\(disposition", text)]
        assert [text for text in cited if "disposition additionnelle 1" in text or "annexe" in text]
        for text in cited:
            bases = re.findall(r"\(([^()]*(?:\(\w+\)[^()]*)*)\)$", text) + re.findall(r"(?:Base juridique|Articles lus).*", text)
            elsewhere = re.compile(r"\b(?:annex|additional provision|final provision|anexo|disposición)\b")
            assert not any(elsewhere.search(basis) for basis in bases), text


def test_what_was_written_in_another_language_is_marked_on_the_cover():
    result = result_of_sample("ESP")
    signed = replace(result, assessment=replace(result.assessment, body="Una comisión"))
    view = app.report_view(app.in_language(signed, "fr"), "fr")
    assert view.cover_facts[0].text.endswith("[en espagnol]")
    assert "Ley 29/2011" in view.cover_facts[1].text
    assert "Law 29/2011" not in view.cover_facts[1].text
    assert not any("[" in row.text for row in app.report_view(app.in_language(signed, "es"), "es").cover_facts)


def test_illustrative_readings_name_nobody_who_prepared_them():
    for country in ("ESP", "CAN"):
        assert labels("en")("report.facts.body") not in {
            row.label for row in app.report_view(result_of_sample(country), "en").cover_facts
        }


def test_the_workbook_of_a_reading_tells_what_falls_short_from_what_is_missing():
    view = app.report_view(result_of_sample("ESP"), "en")
    sheet = load_workbook(io.BytesIO(render_xlsx(view, labels("en"))))["Provisions"]
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    titles = {"short": "A rule falls short", "": "Not found in these texts"}
    elements = {one.id: one.elements for chapter in view.chapters for one in chapter.provisions}
    assert any(row[header.index("A rule falls short")] for row in rows)
    for row in rows:
        for told, title in titles.items():
            lines = (row[header.index(title)] or "").splitlines()
            letters = [line[1] for line in lines if line[:1] == "(" and line[2:3] == ")"]
            assert letters == [one.letter for one in elements[row[0]] if one.met is False and one.told == told]


@pytest.mark.parametrize("language", languages())
def test_the_method_of_a_reading_says_how_silence_is_read_and_nothing_of_what_counts(language):
    view = app.report_view(app.in_language(result_of_sample("ESP"), language), language)
    assert labels(language).on_one_text("reading.method.silence") in view.method
    assert not any(labels(language)("report.method.elements") == one for one in view.method)
    assert labels(language)("report.method.standards", sign="*") not in view.method_of_report


def test_how_to_check_a_reading_speaks_of_counts_and_writes_days_and_languages_out():
    rows = [row.text for row in app.report_view(app.in_language(result_of_sample("ESP"), "fr"), "fr").slip]
    assert {"2 janvier 2026", "français"} <= {*rows}
    assert not any("les poids" in text for text in rows)
    assert labels("fr").language_name("en") == "anglais"
    assert labels("fr").language_name("no such language") == "no such language"
