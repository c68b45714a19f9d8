"""How a report may be passed on: a marking on every page, and a stop where the public edition would show personal data."""

import io
from dataclasses import replace
from functools import cache

import docx
import openpyxl
import pytest
from pypdf import PdfReader

import legcheck
from legcheck import app
from legcheck.issues import InputError, LegcheckWarning, Location
from legcheck.model import Edition, ElementAnswer, Release, Result
from legcheck.verify import read_report
from tests.reports.sample_views import plan_of_sample, result_of_sample
from tests.reports.test_edition import PUBLIC, words_of

MARKING = "Confidential until consented & <signed>"
ADDRESS = "Write to victims@ministry.example for the form."
REASON = "It is the address of an office; it is on its web site."
DESPITE = Release(PUBLIC, "", REASON)
UTOPIA = "assessments/samples/XUT-2026-06-30.xlsx"


def with_texts(id: str = "REC-01", **texts: str) -> Result:
    """A sample in which the answer to a provision says something else."""
    result = result_of_sample("XUT")
    of = result.assessment
    return replace(result, assessment=replace(of, answers={**of.answers, id: replace(of.answers[id], **texts)}))


def made(result: Result, release: Release, *formats: str) -> dict[str, bytes]:
    return {
        name.partition("30-")[2].removeprefix("public-"): content
        for name, content in app.report_files(result, formats, "en", release=release).items()
    }


# A marking ----------------------------------------------------------------------------------------------------------------


@cache
def marked_files() -> dict[str, bytes]:
    return made(result_of_sample("XUT"), Release(marking=MARKING), "docx", "html", "xlsx", "pdf")


def test_a_marking_is_in_every_file():
    files = marked_files()
    assert len(files) == 7
    for name, content in files.items():
        assert MARKING in (words_of(name, content) if not name.endswith(".pdf") else first_page(content)), name


def first_page(content: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())


def test_a_marking_is_on_every_page_and_in_the_properties():
    files = marked_files()
    assert docx.Document(io.BytesIO(files["annex.docx"])).core_properties.content_status == MARKING
    book = openpyxl.load_workbook(io.BytesIO(files["annex.xlsx"]))
    assert book.properties.contentStatus == MARKING
    assert all(sheet.oddHeader.left.text.startswith("Confidential until consented && <signed>") for sheet in book)
    read = PdfReader(io.BytesIO(files["country-report.pdf"]))
    assert read.metadata.subject == MARKING
    assert [page for page, one in enumerate(read.pages) if MARKING not in " ".join(one.extract_text().split())] == []


def test_without_one_nothing_is_marked():
    files = made(result_of_sample("XUT"), Release(), "docx", "xlsx")
    assert docx.Document(io.BytesIO(files["annex.docx"])).core_properties.content_status == ""
    assert openpyxl.load_workbook(io.BytesIO(files["annex.xlsx"])).properties.contentStatus is None


def test_the_plan_carries_it_too(tmp_path):
    legcheck.plan(UTOPIA, tmp_path, formats=["docx", "xlsx"], marking=MARKING)
    for path in tmp_path.iterdir():
        assert MARKING in words_of(path.name, path.read_bytes()), path.name


def test_a_comparison_carries_it(tmp_path):
    request = legcheck.model.Request(marking=MARKING)
    legcheck.compare([UTOPIA, "assessments/samples/XOR-2026-06-30.xlsx"], tmp_path, formats=["html", "xlsx"], request=request)
    for name in ("comparison.html", "comparison.xlsx"):
        assert MARKING in words_of(name, (tmp_path / name).read_bytes())


def test_a_marked_report_is_verified(tmp_path):
    for path in legcheck.report(UTOPIA, tmp_path, formats=["docx", "html"], edition="public", marking=MARKING):
        assert app.verify(path, UTOPIA).whole, path.name
        assert read_report(path, path.read_bytes()).stamp.release == Release(PUBLIC, MARKING)


def test_a_marking_is_read_back_from_a_pdf(tmp_path):
    (path,) = [one for one in legcheck.report(UTOPIA, tmp_path, formats=["pdf"], marking=MARKING) if "on-one-page" in one.name]
    assert app.verify(path, UTOPIA).whole


@pytest.mark.parametrize(("text", "read"), [("  Secret\n until   2027 ", "Secret until 2027"), ("a\u202eb\x07", "a b"), ("", "")])
def test_a_marking_is_one_line_of_what_can_be_seen(text, read):
    assert app.released(Edition.RESTRICTED, text).marking == read


def test_a_marking_that_would_be_cut_is_refused():
    with pytest.raises(InputError) as error:
        app.released(Edition.RESTRICTED, "a" * 61)
    assert [issue.code for issue in error.value.issues] == ["R106"]


# Personal data ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        {"note": ADDRESS},
        {"legal_basis": ADDRESS},
        {"elements": {"a": ElementAnswer(True, remark=ADDRESS)}},
        {"elements": {"a": ElementAnswer(True, legal_basis=ADDRESS)}},
    ],
)
def test_the_public_edition_is_not_made_of_what_looks_like_personal_data(texts):
    with pytest.raises(InputError) as error:
        made(with_texts(**texts), Release(PUBLIC), "html")
    (issue,) = error.value.issues
    assert (issue.code, dict(issue.facts)["provision"]) == ("R005", "REC-01")
    assert "victims@ministry" not in str(issue.facts)


def test_the_public_edition_is_not_made_of_what_lets_people_be_recognised():
    few = with_texts(note="Seven women wait in a camp across the border.")
    with pytest.raises(InputError) as error:
        made(few, Release(PUBLIC), "html")
    found = [(issue.code, dict(issue.facts)["provision"], dict(issue.facts)["value"]) for issue in error.value.issues]
    assert found == [("R006", "REC-01", "Seven women"), ("R006", "REC-01", "in a camp")]
    files = made(few, DESPITE, "html")
    assert REASON in words_of("country-report.html", files["country-report.html"])


def test_the_place_is_named():
    result = with_texts(note=ADDRESS, at={"note": Location("XUT.xlsx", "REC", "E9")})
    with pytest.raises(InputError) as error:
        made(result, Release(PUBLIC), "html")
    assert [str(issue.at) for issue in error.value.issues] == ["XUT.xlsx › REC!E9"]


@pytest.mark.parametrize(
    "texts", [{"note": ADDRESS, "publish": False}, {"observations": ADDRESS}, {"assistance": ADDRESS}, {"to_confirm": ADDRESS}]
)
def test_what_it_does_not_show_does_not_stop_it(texts):
    for name, content in made(with_texts(**texts), Release(PUBLIC), "html", "xlsx").items():
        assert "victims@ministry" not in words_of(name, content)


def test_the_names_of_laws_and_the_body_count_too():
    result = result_of_sample("XUT")
    of = result.assessment
    laws = {**of.laws, "L2": replace(of.laws["L2"], title="Act of +34 912 345 678")}
    with pytest.raises(InputError) as error:
        made(replace(result, assessment=replace(of, laws=laws, body="a.b@example.org")), Release(PUBLIC), "html")
    assert [dict(issue.facts)["provision"] for issue in error.value.issues] == ["L2", "XUT"]


def test_a_reason_lets_it_pass_and_is_printed_in_every_report():
    files = made(with_texts(note=ADDRESS), DESPITE, "docx", "html", "xlsx")
    for name in ("country-report.docx", "country-report.html", "annex.xlsx"):
        text = words_of(name, files[name])
        assert "victims@ministry.example" in text or name.startswith("country-report."), name
        assert REASON in text, name


def test_a_reason_that_is_not_needed_is_not_printed_and_one_is_told():
    with pytest.warns(LegcheckWarning, match="is not printed"):
        files = made(result_of_sample("XUT"), DESPITE, "html")
    assert REASON not in words_of(".html", files["country-report.html"])


def test_a_reason_needs_a_public_edition():
    with pytest.raises(InputError) as error:
        app.released(Edition.RESTRICTED, "", REASON)
    assert [issue.code for issue in error.value.issues] == ["R107"]


def test_the_restricted_edition_is_not_stopped():
    assert "victims@ministry.example" in words_of(
        ".html", made(with_texts(note=ADDRESS), Release(), "html")["country-report.html"]
    )


def test_the_plan_of_a_sample_says_nothing_of_a_marking():
    assert plan_of_sample("XUT", "en").result.release == Release()
