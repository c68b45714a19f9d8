"""Countries, former countries and other entities: what a code stands for, and what is suggested for a wrong one."""

from datetime import date

import pytest

import legcheck
from legcheck import app, countries, provisions, workbook
from legcheck.countries import is_fictional
from legcheck.issues import UNKNOWN_COUNTRY, Location, reject
from legcheck.labels import labels, languages
from legcheck.model import Kind


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Spain", "ESP"),
        ("Espagne", "ESP"),
        ("kingdom of spain", "ESP"),
        ("Austalia", "AUS"),
        ("Iran", "IRN"),
        ("Cote d'Ivoire", "CIV"),
        ("Guinea", "GIN"),
        ("Congo", "COD|COG"),
        ("Korea", "KOR|PRK"),
        ("Virgin Islands", "VGB|VIR"),
    ],
)
def test_a_name_suggests_its_code(typed, code):
    assert countries.suggest(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "ESQ", "UGB", "EUU", "EU", "WLD", "UNO", "ZZ",  # codes are never guessed from codes
        "Yugoslavia", "Czechoslovakia", "Soviet Union", "Zaire", "East Germany",  # countries of the past
        "Africa", "South America", "Melanesia", "Western Europe", "European Union", "World",  # more than one country
        "Irac", "Nigera", "Saint", "United", "",  # more than one that it could be
    ],
)  # fmt: skip
def test_nothing_is_suggested_that_could_be_wrong(typed):
    assert countries.suggest(typed) == ""


def test_two_countries_of_a_name_are_both_named():
    at = Location("table.csv", line=2)
    issue = next(iter(reject(UNKNOWN_COUNTRY, at, value="Congo", hint=countries.suggest("Congo")).issues))
    assert labels("en").message(issue).endswith("Did you mean 'COD' or 'COG'?")


def test_a_former_country_is_real():
    yugoslavia = countries.find("yug")
    assert (yugoslavia.code, yugoslavia.user_assigned, countries.region("YUG")) == ("YUG", False, ("", ""))
    assert "Yugoslavia" in yugoslavia.name("en")
    assert countries.find("SK").name("en") == "Slovakia"


def test_a_code_left_to_users_is_fictional_unless_it_is_another_entity():
    assert is_fictional("XKX", Kind.COUNTRY)
    assert not is_fictional("XKX", Kind.OTHER)
    assert not is_fictional("ESP", Kind.COUNTRY)


HEAD = "country,as_of,provision,rating,dimension,country_name,kind\n"


def table(tmp_path, *kinds: str):
    path = tmp_path / "entities.csv"
    rows = [f"XA{letter},2026-01-01,REC-01,full,law,Land {letter},{kind}" for letter, kind in zip("ABC", kinds, strict=False)]
    path.write_text(HEAD + "\n".join(rows), "utf-8")
    return path


def test_another_entity_is_never_called_fictional(tmp_path):
    path = table(tmp_path, "other", "", "country")
    comparison = legcheck.compare(path, tmp_path / "out", formats=["json", "csv"], use_cache=False)
    assert {row.name: row.fictional for row in comparison.rows} == {"Land A": False, "Land B": True, "Land C": True}
    assert comparison.to_frame("answers").kind.drop_duplicates().tolist() == ["other", "country"]
    again = legcheck.compare(tmp_path / "out" / "comparison-answers.csv", use_cache=False)
    assert [row.fictional for row in again.rows] == [False, True, True]
    other = legcheck.assess(legcheck.read(path, country="XAA"))
    (report,) = legcheck.report(other, tmp_path / "reports", formats=["html"])
    assert "ictional" not in report.read_text("utf-8")


@pytest.mark.parametrize("language", languages())
def test_the_kind_goes_through_workbooks_and_results(tmp_path, language):
    checklist, book = provisions.load("vot"), tmp_path / "book.xlsx"
    named = {"country_name": "Landland", "kind": Kind.OTHER}
    book.write_bytes(app.blank_workbook(checklist, "XKX", date(2026, 1, 1), language, **named))
    read, issues = workbook.read_workbook(book, checklist)
    assert (read.country_name, read.kind, list(issues)) == ("Landland", Kind.OTHER, [])
    book.write_bytes(app.blank_workbook(checklist, "XKX", date(2026, 1, 1), language, country_name="Landland"))
    assert workbook.read_workbook(book, checklist)[0].kind is Kind.COUNTRY
    other = legcheck.assess(legcheck.read(table(tmp_path, "other")))
    (result,) = legcheck.report(other, tmp_path / "reports", formats=["json"])
    assert legcheck.read(result).kind is Kind.OTHER


def test_rows_that_differ_in_kind_are_refused(tmp_path):
    path = tmp_path / "entities.csv"
    path.write_text(HEAD + "XAA,2026-01-01,REC-01,full,law,A,other\nXAA,2026-01-01,REC-02,full,law,A,country\n", "utf-8")
    with pytest.raises(legcheck.InputError, match="kind"):
        legcheck.read(path)
