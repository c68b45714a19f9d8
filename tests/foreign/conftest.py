"""A checklist about another matter, taken through every command: six levels, points beside them, own names everywhere."""

from datetime import date
from pathlib import Path

import pytest

from legcheck import provisions
from legcheck.cli.main import app
from legcheck.model import Answer, Assessment, Checklist, Citation, Law, recorded
from legcheck.workbook import make_workbook

ARCHIVES = Path(__file__).parent / "archives"

LATER = {
    "Keep-a": ("fair", "6.5", ("a", "b")),
    "Keep-b": ("absent", "0", ()),
    "Keep-c": ("good", "10", ()),
    "Open_1-a": ("poor", "2", ("a",)),
    "Open_1-b": ("exemplary", "9.5", ()),
}
EARLIER = LATER | {"Keep-a": ("bare", "1", ("a",)), "Open_1-b": ("absent", "", ())}


@pytest.fixture(scope="session")
def archives() -> Checklist:
    return provisions.load(str(ARCHIVES))


def filled(checklist: Checklist, country: str, year: int, given: dict, language: str = "en") -> bytes:
    """A workbook with these ratings and elements by provision."""
    law = Law("L1", "Archives Act", adopted=date(1999, 5, 1))
    answers = {
        id: Answer(
            id,
            {key: value for key, value in {"statute": grade, "upkeep": marks}.items() if value},
            elements=recorded(elements, checklist.provisions[id].letters) if elements else {},
            legal_basis="L1 art. 3",
            citations=(Citation("L1", "3"),),
            assistance="Shelves" if marks == "0" else "",
        )
        for id, (grade, marks, elements) in given.items()
    }
    assessment = Assessment(
        country,
        "Utopia" if country == "XUT" else "Orsinia",
        date(year, 6, 30),
        checklist.id,
        checklist.version,
        language=language,
        laws={"L1": law},
        answers=answers,
    )
    return make_workbook(provisions.in_language(checklist, language), assessment, language=language)


def legcheck(*words: object) -> int:
    """Run a command in this process and return its exit code."""
    return int(app([str(word) for word in words], standalone_mode=False) or 0)


@pytest.fixture(scope="session", params=["en", "fr"])
def made(request, archives, tmp_path_factory) -> Path:
    """A folder with every output of the commands for the foreign checklist, in a language."""
    folder, language = tmp_path_factory.mktemp("foreign"), request.param
    out, own = folder / "out", ("--checklist", ARCHIVES)
    books = [folder / name for name in ("XUT-2020.xlsx", "XUT-2026.xlsx", "XOR-2026.xlsx")]
    books[0].write_bytes(filled(archives, "XUT", 2020, EARLIER, language))
    books[1].write_bytes(filled(archives, "XUT", 2026, LATER, language))
    books[2].write_bytes(filled(archives, "XOR", 2026, LATER, language))
    speak = ("--language", language)
    commands = [
        ("new", "--country", "XUT", *own, *speak, "--out", out / "blank.xlsx"),
        ("check", books[1], *own),
        ("score", books[1], *own, *speak),
        ("report", books[1], *own, *speak, "--out", out),
        ("plan", books[1], *own, *speak, "--out", out),
        ("compare", *books, *own, *speak, "--out", out),
    ]
    for command in commands:
        assert legcheck(*command) == 0, command
    return folder
