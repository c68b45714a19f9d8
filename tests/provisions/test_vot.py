"""The shipped checklist: complete, sound, in its own words, unchanged since it was published."""

import csv
import html
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml

from legcheck import app
from legcheck.labels import languages
from legcheck.model import Answer, Assessment
from legcheck.provisions import check_checklist, earlier, in_language, load, load_catalogue
from legcheck.resources import bundled

SIZES = {
    "GEN": 11, "REC": 8, "EMR": 9, "AST": 13, "INF": 5, "PRO": 6, "PRV": 8, "JUS": 14, "REP": 14, "SGB": 6, "CHD": 8, "SPN": 5,
    "XBR": 8, "MEM": 5, "CSO": 5, "COO": 10,
}  # fmt: skip
CORE = {
    "GEN-02", "GEN-03", "GEN-05", "GEN-07", "REC-04", "EMR-03", "AST-01", "AST-05", "INF-01", "PRO-01", "JUS-01", "JUS-02",
    "JUS-05", "REP-02", "SGB-01", "CHD-01", "SPN-01", "XBR-01", "MEM-05", "CSO-02", "COO-03",
}  # fmt: skip
STANDING = {"gender", "children", "dignity", "non-discrimination", "cross-border"}
KEY_ELEMENTS = {"international-law", "do-no-harm", "gender-all-phases", "survivor-centred"}
SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture(scope="module")
def vot():
    return load("vot")


def test_it_has_every_provision_of_every_chapter(vot):
    assert {chapter.id: len(chapter.provisions) for chapter in vot.chapters} == SIZES
    assert [*vot.provisions] == [f"{id}-{n:02d}" for id, size in SIZES.items() for n in range(1, size + 1)]


def test_it_has_no_faults():
    assert [issue.code for issue in check_checklist("vot").issues if issue.severity.value == "error"] == []
    assert [issue.code for issue in check_checklist("vot").issues if issue.code == "P204"] == []


def test_every_provision_can_be_decided(vot):
    for provision in vot.provisions.values():
        assert provision.question.endswith("?"), provision.id
        assert 3 <= len(provision.elements) <= 6, provision.id
        assert provision.contrary, provision.id
        assert not provision.full + provision.partial, "ratings follow from the elements"
        assert provision.guidance, provision.id
        assert 0 < len(provision.harm.split()) <= 20, provision.id
        assert provision.harm_elements, provision.id
        assert re.fullmatch(r"[a-z].*[^.!?]", provision.harm), "it completes a sentence: The risk without this provision: ..."
        texts = [element.text.casefold() for element in provision.elements]
        assert len(set(texts)) == len(texts), provision.id


def test_the_core_is_the_short_form(vot):
    assert {provision.id for provision in vot.provisions.values() if provision.core} == CORE
    assert len(CORE) * vot.minutes <= 45
    assert len(vot.provisions) == sum(SIZES.values())


def test_the_four_key_elements_are_themes_that_reports_are_cut_by(vot):
    groups = {theme.key: theme.group for theme in vot.themes}
    assert {key for key, group in groups.items() if group == "key-elements"} == KEY_ELEMENTS
    assert {key for key, group in groups.items() if group == "standing"} == STANDING
    for theme in vot.themes:
        assert sum(theme.key in provision.themes for provision in vot.provisions.values()) >= 5, theme.key
    assert all(KEY_ELEMENTS & set(provision.themes) for provision in vot.provisions.values())


def test_every_rule_that_says_the_opposite_stands_before_any_other_gap(vot):
    """Whatever is missing beside it, and without a cap: a rule that harms people comes first."""
    rule = vot.priority
    others = max(points for kind, points in rule.kinds.items() if kind != "contrary")
    most = max(
        others
        + (rule.core if one.core else 0)
        + rule.weight * (one.weight - 1)
        + rule.missing_share
        + sum(points for theme, points in rule.themes.items() if theme in one.themes)
        for one in vot.provisions.values()
    )
    assert rule.kinds["contrary"] > most
    assert most >= rule.falling[0].least
    assert not any(one.at_most for one in rule.classes)


def test_no_numbering_of_the_published_model_provisions_is_claimed(vot):
    assert {provision.mlp_ref for provision in vot.provisions.values()} == {""}


CORRECTED = {
    "GEN-01": {"GCTS IV-8"}, "REC-03": {"CTD 24(4)"}, "PRO-06": {"OPAC 6(3)"}, "PRV-02": {"CTD 25"}, "PRV-06": {"ICCPR 20"},
    "JUS-06": {"ICCPR 26"}, "JUS-10": {"ICSFT 8(4)"}, "REP-13": {"BPG 15", "CoE-RG"}, "XBR-02": {"VRD 17"}, "XBR-03": {"VCCR 36"},
    "CSO-03": {"VRD 8(4)"}, "COO-01": {"VRD 26"}, "COO-09": {"VRD 29"},
}  # fmt: skip


@pytest.mark.parametrize(("id", "wrong"), CORRECTED.items())
def test_references_found_wrong_are_not_cited(vot, id, wrong):
    assert not wrong & {standard.name for standard in vot.provisions[id].standards}


def test_every_language_shows_titles_and_counts_what_it_lacks(vot):
    for language in languages():
        translated = in_language(vot, language)
        assert translated.digest == vot.digest
        assert all(chapter.title for chapter in translated.chapters)
        if language != vot.language:
            assert translated.provisions["REC-02"].title != vot.provisions["REC-02"].title


@pytest.mark.parametrize("name", earlier())
def test_earlier_versions_are_kept_as_they_were_published(name):
    """Workbooks filled under an earlier version can be read for ever."""
    published = yaml.safe_load((bundled("provisions") / "published.yaml").read_text("utf-8"))
    kept = load(name)
    assert (f"{kept.id}@{kept.version}", published[kept.id][kept.version]) == (name, kept.digest)
    assert not check_checklist(name).issues.blocking


def test_verified_marks_follow_the_survey_of_standards(vot):
    """No number is called verified that the survey calls unverified."""
    survey = SHARED / "standards.csv"
    if not survey.is_file():
        pytest.skip("the survey of standards does not lie beside this tree: verified marks NOT compared")
    table = csv.DictReader(survey.read_text("utf-8").splitlines())
    rows = {f"{row['instrument_key']} {row['number']}": row["status"] for row in table}
    for instrument in vot.instruments:
        for article in instrument.articles.values():
            if article.verified:
                assert rows.get(f"{instrument.key} {article.number}") != "unverified", f"{instrument.key} {article.number}"


def test_statutes_and_instruments_are_not_copied(vot):
    """No run of twelve words of a provision is copied from a text that was read for it."""
    if not SHARED.is_dir():
        pytest.skip("the texts that were read do not lie beside this tree: copying NOT checked")
    read = " ".join(
        " ".join(re.findall(r"\w+", path.read_text("utf-8").casefold()))
        for path in [*(SHARED / "laws").glob("*_en.xml"), *(SHARED / "laws").glob("*.txt")]
    )
    for provision in vot.provisions.values():
        for text in (provision.question, provision.guidance, provision.full, provision.partial):
            words = re.findall(r"\w+", text.casefold())
            runs = {" ".join(words[start : start + 12]) for start in range(len(words) - 11)}
            assert not [run for run in runs if run in read], provision.id


NARROW = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
BROKEN = re.compile(rf"[^{NARROW}][;:?!»](?=\s|$)|«[^{NARROW}]")


def french_texts():
    """Every text of the checklist and its measures that has a translation, as it is shown in French."""
    shown, plan = in_language(load("vot"), "fr"), load_catalogue("vot", "fr")
    yield from ((f"dimension.{one.key}", one.question) for one in shown.dimensions)
    yield from (
        (level.key, text) for one in shown.dimensions for level in one.scale.levels for text in (level.title, level.meaning)
    )
    for one in shown.provisions.values():
        yield from ((one.id, text) for text in (one.title, one.question, one.guidance, one.contrary, one.harm, one.contrary_harm))
        yield from ((one.id, element.text) for element in one.elements)
        yield from ((one.id, text) for text in one.practice)
    yield from ((section.key, text) for section in plan.sections for text in (section.title,))
    yield from ((one.key, text) for one in plan.objectives for text in (one.title, one.vision))
    for one in plan.measures.values():
        yield from ((one.id, text) for text in (one.title, one.do, *one.drafting, *one.safeguards.values()))
        yield from ((one.id, text) for clause in one.clauses for text in clause.values())


def test_french_punctuation_keeps_its_no_break_spaces():
    translated = {text for texts in locales("fr") for text in texts.values()}
    shown = [(id, text) for id, text in french_texts() if text in translated]
    assert len(shown) > 1500
    assert [(id, text) for id, text in shown if BROKEN.search(text)] == []
    assert sum(text.endswith("\N{NO-BREAK SPACE}?") for _, text in shown) >= 124


def locales(language: str):
    """The texts of the locale files, by id."""
    for path in bundled("provisions").glob(f"vot/**/locale/{language}/*.yaml"):
        entries = yaml.safe_load(path.read_text("utf-8"))["texts"]
        yield {id: " ".join(one["text"].split(" ")) for id, one in entries.items()}


def test_no_translation_loses_a_sign_on_its_way_into_the_checklist():
    shown = {text for _, text in french_texts()}
    known = {id: text for texts in locales("fr") for id, text in texts.items()}
    lost = {id: text for id, text in known.items() if text not in shown and id.partition(".")[0] in load("vot").provisions}
    assert lost == {}


def test_french_questions_reach_the_page_and_the_annexes_as_they_were_written():
    shown = in_language(load("vot"), "fr")
    answers = {"GEN-01": Answer("GEN-01", {"law": "full"})}
    result = app.assess(Assessment("ESP", "", date(2026, 1, 1), "vot", shown.version, answers=answers))
    files = app.report_files(result, ("html", "docx", "xlsx"), "fr")
    asking = {name: content for name, content in files.items() if not name.endswith("country-report.docx")}
    assert len(asking) == 3, "a page and two annexes; the country report in Word is prose without questions"
    for name, content in asking.items():
        text = html.unescape(text_of(content))
        assert [one.id for one in shown.provisions.values() if one.question not in text] == [], name


def text_of(content: bytes) -> str:
    """The content of a web page or Office file, including markup."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml"))
