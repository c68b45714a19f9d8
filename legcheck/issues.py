"""The catalogue of file problems: every code, its severity, and the collector that gathers them.

An issue is a problem in a *file*; a gap is a problem in the *law* (see `legcheck.model.gap`). The words of each code are in
`reports/labels/<language>/issues.yaml`; the manual of the codes is `assessments/README.md`.

Letters: P checklists, A assessments, R results and reports, T texts of laws. Hundreds: 0 file, 1 sheet or structure, 2 row or
entry, 3 cell or field, 4 content, 5 action plan, 6 groups, parts and references, 7 decisions, 8 consultation, 9 privacy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from unicodedata import category


class Severity(StrEnum):
    """How much an issue matters: an error stops scoring, a warning is reported and scoring goes on."""

    ERROR = "error"
    WARNING = "warning"


def printable(text: str) -> str:
    """A text with what is not to be printed written out: bytes that are no text, and signs that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or category(one) == "Zs" else one.encode("unicode_escape").decode() for one in text)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a fact was read: a file, and inside it a sheet and cell, or a line. Names of files may hold any bytes."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", printable(self.file))

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return " › ".join(part for part in (place, self.inside) if part)

    @property
    def inside(self) -> str:
        """The sheet and cell within the file."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem, known by its code.

    `usage` marks what is wrong with the call rather than inside a file, `unread` what somebody wrote and nobody read, or
    struck out, which every command that goes on repeats.
    """

    code: str
    severity: Severity
    usage: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem found: its rule, its place and the facts that fill its message."""

    rule: Rule
    at: Location
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity


@dataclass
class Issues:
    """Collects problems so that all of them are reported in one run."""

    found: list[Issue] = field(default_factory=list)

    def add(self, rule: Rule, at: Location, /, **facts: object) -> None:
        """Add one problem; `facts` fill the placeholders of its message."""
        self.found.append(Issue(rule, at, tuple((name, str(value)) for name, value in facts.items())))

    def extend(self, others: Iterable[Issue]) -> None:
        """Add problems found elsewhere."""
        self.found.extend(others)

    @property
    def blocking(self) -> bool:
        """Whether any error was found, so that nothing may be scored."""
        return any(issue.severity is Severity.ERROR for issue in self.found)

    def __iter__(self) -> Iterator[Issue]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


class LegcheckError(Exception):
    """Every error that the package raises on purpose."""


class LegcheckWarning(UserWarning):
    """What to know of an output that was made all the same."""


class InputError(LegcheckError):
    """An input that cannot be used at all; carries every issue found in it. `text` says the same in words."""

    def __init__(self, issues: Iterable[Issue], text: str = "") -> None:
        self.issues = tuple(issues)
        super().__init__(text or ", ".join(f"{issue.code} {issue.at}".strip() for issue in self.issues))


def unread_in(issues: Iterable[Issue]) -> int:
    """How many of these issues are about something that somebody wrote and nobody read."""
    return sum(issue.rule.unread for issue in issues)


def reject(rule: Rule, at: Location, /, **facts: object) -> InputError:
    """The error for an input that one problem makes unusable."""
    found = Issues()
    found.add(rule, at, **facts)
    return InputError(found)


def closest(value: str, allowed: Iterable[str]) -> str:
    """The allowed word most like `value`, or an empty text if none is close."""
    by_folded = {word.casefold(): word for word in allowed}
    near = get_close_matches(value.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else ""


def _error(code: str) -> Rule:
    return Rule(code, Severity.ERROR)


def _usage(code: str) -> Rule:
    return Rule(code, Severity.ERROR, usage=True)


def _warning(code: str) -> Rule:
    return Rule(code, Severity.WARNING)


def _unread(code: str) -> Rule:
    return Rule(code, Severity.WARNING, unread=True)


# P: checklists --------------------------------------------------------------------------------------------------------
CHECKLIST_NOT_FOUND = _usage("P001")
CHECKLIST_UNREADABLE = _error("P002")
YAML_SYNTAX = _error("P003")
YAML_ALIAS = _error("P004")
FILE_TOO_LARGE = _error("P005")
DUPLICATE_KEY = _error("P101")
UNKNOWN_FIELD = _error("P102")
MISSING_FIELD = _error("P103")
WRONG_VALUE = _error("P104")
CHAPTER_FILE_MISSING = _error("P105")
CHAPTER_FILE_UNUSED = _warning("P106")
DUPLICATE_PROVISION = _error("P201")
PROVISION_ELSEWHERE = _error("P202")
LETTERS_OUT_OF_ORDER = _error("P203")
NO_DECISION_RULE = _warning("P204")
WEIGHT_NOT_POSITIVE = _error("P205")
CHAPTER_EMPTY = _error("P206")
LETTER_UNKNOWN = _error("P207")
DANGLING_STANDARD = _error("P301")
UNKNOWN_THEME = _error("P302")
UNKNOWN_NAME = _error("P303")
BANDS_DO_NOT_FIT = _error("P304")
WORTH_OUT_OF_RANGE = _error("P305")
NO_PROVISIONS = _error("P306")
MLP_REF_CLAIMED = _warning("P307")
PUBLISHED_CHANGED = _error("P308")
SCALE_UNUSABLE = _error("P309")
ONE_DIMENSION_ONLY = _error("P310")
SAME_TITLE = _error("P311")
CHANGE_OF_NOTHING = _error("P312")
CHANGE_MISSING = _error("P313")
TERM_COVERED = _error("P314")
UNTRANSLATED = _warning("P401")
STALE_TRANSLATION = _warning("P402")
TRANSLATION_OF_NOTHING = _warning("P403")
MEASURE_FOR_NOTHING = _error("P501")
MEASURE_NAME_UNKNOWN = _error("P502")
MEASURES_IN_A_CIRCLE = _error("P503")
PROVISION_WITHOUT_MEASURE = _warning("P504")
MEASURE_LETTER_UNKNOWN = _error("P505")
NO_PLAN_FILE = _error("P506")
MEASURE_BEFORE_ITS_PREREQUISITE = _warning("P507")

# A: assessments -------------------------------------------------------------------------------------------------------
FILE_NOT_FOUND = _usage("A001")
FILE_IS_FOLDER = _usage("A002")
WRONG_FILE_KIND = _error("A003")
FILE_UNREADABLE = _error("A004")
FILE_EMPTY = _error("A005")
FILE_ENCRYPTED = _error("A006")
LOCK_FILE = _error("A007")
FILE_TOO_BIG = _error("A008")
STRAY_CELL = _error("A009")
NOT_OUR_WORKBOOK = _error("A010")
OTHER_CHECKLIST = _error("A011")
OTHER_VERSION = _error("A012")
CHANGED_CHECKLIST = _warning("A013")
NO_ANSWERS = _error("A014")
SEVERAL_ASSESSMENTS = _usage("A016")
OTHER_FORMAT = _error("A015")
SAME_ASSESSMENT = _error("A017")
READING_TOO_LONG = _error("A018")
READING_FAILED = _error("A019")
NOT_UTF8 = _error("A020")
FOLDER_UNREADABLE = _error("A021")
TABLE_OF_OTHER_CHECKLIST = _error("A022")
NOT_A_FILE = _usage("A023")
UNUSUAL_FORM = _error("A024")
FILE_CLOSED = _error("A025")
OTHER_ASSESSMENT = _error("A026")
SAME_FILE = _error("A027")
OTHER_COUNTRY = _usage("A028")
VERSIONS_DIFFER = _error("A029")
SHEET_MISSING = _error("A101")
HEADING_MISSING = _error("A102")
HEADING_TWICE = _error("A103")
HEADING_UNKNOWN = _unread("A104")
UNUSED_CELL = _unread("A105")
UNUSED_SHEET = _unread("A106")
SHEET_TWICE = _error("A107")
HEADING_LOST = _error("A108")
COLUMN_GONE = _unread("A109")
ROWS_WITHOUT_HEADINGS = _error("A110")
UNKNOWN_PROVISION = _error("A201")
PROVISION_TWICE = _error("A202")
PROVISION_ROW_MISSING = _unread("A203")
LAW_TWICE = _error("A204")
LAW_WITHOUT_KEY = _error("A205")
ROW_WITHOUT_ID = _error("A206")
ANSWERED_TWICE = _error("A207")
QUESTION_OF_ANOTHER = _error("A208")
UNKNOWN_RATING = _error("A301")
UNKNOWN_ELEMENT = _error("A302")
CITATION_UNREADABLE = _error("A303")
UNKNOWN_LAW = _error("A304")
BAD_DATE = _error("A305")
UNKNOWN_COUNTRY = _error("A306")
BAD_CHOICE = _error("A307")
FORMULA_CELL = _error("A308")
MISSING_VALUE = _error("A309")
ERROR_VALUE = _error("A310")
BAD_LINK = _warning("A311")
MERGED_CELLS = _error("A312")
SCOPES_DIFFER = _error("A313")
ARTICLE_WITHOUT_LAW = _error("A314")
NOTE_UNREAD = _unread("A315")
STRUCK_OUT = _unread("A316")
ONLY_COLOURED = _unread("A317")
TEXT_CHANGED = _error("A318")
NA_NOT_ALLOWED = _error("A401")
NA_WITHOUT_REASON = _error("A402")
NO_CITATION = _warning("A403")
ELEMENTS_CONTRADICT = _warning("A404")
ELEMENTS_NOT_NAMED = _warning("A405")
LAW_NOT_IN_FORCE = _warning("A406")
LAW_PARTLY_NOT_IN_FORCE = _warning("A407")
LAW_DATES_CONTRADICT = _warning("A408")
ARTICLE_MISSING = _warning("A409")
ANSWER_WITHOUT_RATING = _warning("A410")
LAW_NOT_CITED = _warning("A411")
ELEMENTS_BLANK = _warning("A412")
ELEMENT_NOT_ANSWERED = _warning("A413")
TEXTS_NOT_NAMED = _warning("A414")
ONE_LAW_READ = _warning("A415")
NOT_AN_ACTION_PLAN = _error("A501")
ACTION_PLAN_OF_OTHER_COUNTRY = _error("A502")
ACTION_PLAN_OF_OTHER_CHECKLIST = _error("A503")
ACTION_PLAN_FROM_LATER_LAW = _warning("A504")
MEASURE_NOT_IN_PLAN = _error("A505")
MEASURE_TWICE = _error("A506")
ENTRY_WITHOUT_MEASURE = _error("A507")
MEASURE_ROW_MISSING = _warning("A508")
END_BEFORE_START = _error("A509")
DATE_BEFORE_ASSESSMENT = _warning("A510")
COST_UNREADABLE = _error("A511")
COST_NEGATIVE = _error("A512")
DONE_WITH_OPEN_GAP = _warning("A513")
COUNTRY_IN_TWO_GROUPS = _error("A601")
UNKNOWN_IN_PART = _error("A602")
IN_TWO_PARTS = _error("A603")
IN_NO_PART = _warning("A604")
PART_MISSING = _warning("A605")
ASKED_TWICE = _warning("A606")
PART_UNREAD = _error("A607")
REFERENCE_TWICE = _error("A608")
REFERENCE_DATE_UNCLEAR = _error("A609")
REFERENCE_TOO_LONG = _error("A610")
NOT_DECISIONS = _error("A701")
DECISIONS_OF_OTHER = _error("A702")
PART_DIFFERS = _warning("A703")
DECISION_OUTDATED = _warning("A704")
DECISION_ON_NOTHING = _error("A705")
DECIDED_TWICE = _error("A706")
DECISION_UNSIGNED = _error("A707")
NOT_A_CONSULTATION = _error("A801")
CONSULTATION_OF_OTHER = _error("A802")
COMMENT_ON_NOTHING = _error("A803")
COMMENT_TWICE = _error("A804")
COMMENT_UNSIGNED = _error("A805")
RATING_WITHOUT_REASON = _error("A806")
FINDING_DIFFERS = _warning("A807")
PERSONAL_DATA = _warning("A901")
RECOGNISABLE = _warning("A902")

# R: results and reports -----------------------------------------------------------------------------------------------
NOT_A_RESULT = _error("R001")
OTHER_RESULT_FORMAT = _error("R002")
RESULT_CHANGED = _error("R003")
NOT_READ_WHOLE = _error("R004")
PERSONAL_DATA_PUBLISHED = _error("R005")
RECOGNISABLE_PUBLISHED = _error("R006")
OUTPUT_EXISTS = _usage("R101")
OUTPUT_NOT_WRITABLE = _usage("R102")
UNKNOWN_FORMAT = _usage("R103")
UNKNOWN_LANGUAGE = _usage("R104")
RESTRICTED_FORMAT = _usage("R105")
TEXT_TOO_LONG = _usage("R106")
REASON_WITHOUT_PUBLIC = _usage("R107")
TEMPLATE_UNREADABLE = _error("R201")
TEMPLATE_UNKNOWN_TAG = _error("R202")
PDF_NOT_MADE = _error("R204")
UNKNOWN_FIGURE = _usage("R301")
UNKNOWN_PROVISION_ASKED = _usage("R302")
UNKNOWN_ELEMENT_ASKED = _usage("R303")
NOT_A_REPORT = _error("R601")
NOTHING_FOUND = _usage("R501")
NOTHING_TO_COMPARE = _error("R502")
CLUSTER_OUT_OF_REACH = _usage("R503")
NO_MEASURES = _error("R401")
TARGET_OUT_OF_REACH = _usage("R402")
UNKNOWN_MEASURE = _usage("R403")
TOO_LITTLE_ANSWERED = _usage("R404")
READING_NOT_SCORED = _error("R405")

# T: texts of laws -------------------------------------------------------------------------------------------------------
TEXT_KIND = _error("T001")
TEXT_SCANNED = _error("T002")
TEXT_DAMAGED = _error("T003")
STATUTE_TOO_LONG = _error("T004")
NO_ARTICLES = _error("T005")
TEXT_ENCRYPTED = _error("T006")
NUMBERS_LEFT_OUT = _warning("T101")
NUMBER_TWICE = _warning("T102")
TEXT_OF_NO_LAW = _usage("T103")
UNKNOWN_TEXT = _usage("T104")
NOTHING_OF_TEXTS = _usage("T105")
NOT_IN_THIS_TEXT = _usage("T106")
NO_TEXT_OF_THESE_LAWS = _usage("T107")
ARTICLE_NOT_IN_TEXT = _warning("T201")
PASSAGE_NOT_IN_TEXT = _warning("T202")
TEXT_NOT_AT_HAND = _warning("T203")
ARTICLES_UNCLEAR = _warning("T204")
OTHER_PASSAGES = _usage("T205")
ARTICLE_NOT_IN_FORCE = _warning("T206")
LANGUAGE_NOT_IN_GLOSSARY = _warning("T301")
NO_MEANING = _usage("T302")

RULES: tuple[Rule, ...] = tuple(
    sorted((value for value in list(globals().values()) if isinstance(value, Rule)), key=lambda rule: rule.code)
)
