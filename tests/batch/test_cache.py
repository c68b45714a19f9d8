"""The cache: an entry is used only if it is intact and belongs to the file, and a broken cache never stops a run."""

import hashlib
import multiprocessing
import os
import sqlite3
import stat
import string
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from legcheck import app, batch, provisions
from legcheck.batch import cache as kept
from legcheck.batch import files, workers
from legcheck.batch.cache import Cache, prune, usage
from legcheck.batch.reading import Outcome, Reader
from legcheck.files import digest_of
from legcheck.model import ChecklistMark, Kind, LeftOut, Scope, Source, Summary, Texts
from tests.batch.conftest import filled, own_workbook, write_checklist
from tests.comparison.builders import summary_of

DAY = 86_400


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "cache" / "summaries.sqlite"


@pytest.fixture
def read(monkeypatch):
    """The names of the files actually read in this process."""
    names: list[str] = []
    read_all = workers.read_all

    def counted(files, *given):
        names.extend(path.name for path in files)
        return read_all(files, *given)

    monkeypatch.setattr(workers, "read_all", counted)
    return names


def entries(file: Path) -> list[tuple]:
    with closing(sqlite3.connect(file)) as store:
        return store.execute("SELECT key, sum, content, used FROM summaries ORDER BY key").fetchall()


def change(file: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(file)) as store, store:
        store.execute(sql, values)


def test_files_are_read_once(workbooks, file, read):
    paths = workbooks(3)
    first = batch.read(paths, Reader(), cache=file)
    assert read == ["w000.xlsx", "w001.xlsx", "w002.xlsx"]
    assert batch.read(paths, Reader(), cache=file) == first
    assert len(read) == 3


def test_digests_taken_before_are_not_taken_again(workbooks, file, read, monkeypatch):
    paths = workbooks(2)
    first = batch.read(paths, Reader(), cache=file)
    monkeypatch.setattr(files, "_digest", None)
    assert batch.read(paths, Reader(), cache=file, digests={str(path): digest_of(path.read_bytes()) for path in paths}) == first


def test_a_changed_file_is_read_again_and_a_renamed_one_is_not(workbooks, file, read):
    first, second = workbooks(2)
    batch.read([first, second], Reader(), cache=file)
    first.write_bytes(filled(2))
    renamed = second.rename(second.with_name("renamed.xlsx"))
    del read[:]
    found = batch.read([first, renamed], Reader(), cache=file)
    assert read == ["w000.xlsx"]
    assert [(one.country, one.source.name) for one in found.summaries] == [("XAC", "w000.xlsx"), ("XAB", "renamed.xlsx")]


def test_a_cached_summary_is_the_same_as_one_read(workbooks, file, tmp_path):
    from tests.batch.test_read import result_json
    from tests.samples import workbooks as samples

    (tmp_path / "moved.json").write_bytes(result_json(samples()[0]))
    (tmp_path / "t.csv").write_text("country,as_of,provision,rating,citation\nNAM,2026-01-01,REC-02,partial,Act 3\n")
    paths = [*samples()[1:], tmp_path / "moved.json", tmp_path / "t.csv", *workbooks(2)]
    read = batch.read(paths, Reader(), cache=file)
    assert batch.read(paths, Reader(), cache=file) == read == batch.read(paths, Reader())


def test_content_under_another_kind_of_name_is_not_known(workbooks, file, read):
    (path,) = workbooks(1)
    batch.read([path], Reader(), cache=file)
    table = path.rename(path.with_suffix(".csv"))
    assert batch.read([table], Reader(), cache=file) == batch.read([table], Reader())
    assert read == [path.name, table.name, table.name]


def test_bad_files_are_not_cached(workbooks, file, tmp_path, read):
    (tmp_path / "bad.xlsx").write_bytes(b"%PDF")
    for _ in range(2):
        batch.read([tmp_path / "bad.xlsx", *workbooks(1)], Reader(), cache=file)
    assert read == ["bad.xlsx", "w000.xlsx", "bad.xlsx"]


def test_summaries_by_a_custom_checklist_are_cached_until_it_changes(tmp_path, own, file, read):
    (tmp_path / "x.xlsx").write_bytes(own_workbook(own, "XAA"))
    for _ in range(2):
        batch.read([tmp_path / "x.xlsx"], app.reader_for(provisions.load(str(own))), cache=file)
    assert read == ["x.xlsx"]
    changed = provisions.load(str(write_checklist(own, **{"worth: 1": "worth: 0.9"})))
    found = batch.read([tmp_path / "x.xlsx"], app.reader_for(changed), cache=file)
    assert read == ["x.xlsx", "x.xlsx"]
    assert found.summaries[0].checklist.digest == changed.digest


def test_shipped_checklists_other_figures_and_other_versions_of_the_program_are_other_keys(workbooks, file, read, monkeypatch):
    paths = workbooks(1)
    batch.read(paths, Reader(), cache=file)
    with monkeypatch.context() as patched:
        patched.setattr(kept, "SCORING", kept.SCORING + 1)
        batch.read(paths, Reader(), cache=file)
    with monkeypatch.context() as patched:
        patched.setattr(kept, "__version__", "999")
        batch.read(paths, Reader(), cache=file)
    with monkeypatch.context() as patched:
        patched.setattr("legcheck.batch.reading._digest_of_shipped", str)
        batch.read(paths, Reader(), cache=file)
    assert len(read) == 4
    batch.read(paths, Reader(), cache=file)
    assert len(read) == 4


DAMAGES = {
    "a changed content": "UPDATE summaries SET content = CAST('[\"a\"]' AS BLOB)",
    "a shortened content": "UPDATE summaries SET content = substr(content, 1, length(content) - 3)",
    "a text for bytes": "UPDATE summaries SET content = 'text'",
    "no content": "UPDATE summaries SET content = NULL",
    "another checksum": "UPDATE summaries SET sum = zeroblob(32)",
    "no checksum": "UPDATE summaries SET sum = NULL",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_read_again_and_mended(workbooks, file, read, damage):
    paths = workbooks(2)
    sound = batch.read(paths, Reader(), cache=file)
    change(file, damage)
    assert batch.read(paths, Reader(), cache=file) == sound
    assert len(read) == 4
    assert batch.read(paths, Reader(), cache=file) == sound
    assert len(read) == 4


FORMS = [b"[]", b"{}", b"null", b"3", b'["%s", 3]', b'["%s", [[], [], null]]', b'["%s", {}]', b"\xff", b"[" * 5000]


@pytest.mark.parametrize("content", FORMS)
def test_an_entry_of_another_form_is_not_used_though_its_checksum_fits(workbooks, file, content):
    paths = workbooks(1)
    sound = batch.read(paths, Reader(), cache=file)
    whole = content.replace(b"%s", hashlib.sha256(filled(0)).hexdigest().encode())
    change(file, "UPDATE summaries SET content = ?, sum = ?", whole, hashlib.sha256(whole).digest())
    assert batch.read(paths, Reader(), cache=file) == sound


def test_an_entry_with_numbers_for_texts_is_not_used(workbooks, file):
    paths = workbooks(1)
    sound = batch.read(paths, Reader(), cache=file)
    ((_, _, content, _),) = entries(file)
    for before, after in ((b'"national"', b'"village"'), (b"[[[", b"[[[["), (b'":"', b'":7,"'), (b'"2026-01-01"', b"20260101")):
        changed = content.replace(before, after)
        change(file, "UPDATE summaries SET content = ?, sum = ?", changed, hashlib.sha256(changed).digest())
        assert batch.read(paths, Reader(), cache=file) == sound


def test_the_entry_of_another_file_is_not_used(workbooks, file):
    paths = workbooks(2)
    sound = batch.read(paths, Reader(), cache=file)
    (one, *_), (_, checksum, content, _) = entries(file)
    change(file, "UPDATE summaries SET content = ?, sum = ? WHERE key = ?", content, checksum, one)
    assert batch.read(paths, Reader(), cache=file) == sound


NO_CACHES = {
    "garbage": lambda content: b"garbage " * 1000,
    "empty": lambda content: b"",
    "truncated": lambda content: content[: len(content) // 2],
    "a damaged page": lambda content: content[:5000] + b"\xff" * 3000 + content[8000:],
    "another database": lambda content: other_database(),
}


def other_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as store:
        store.execute("CREATE TABLE summaries (something TEXT)")
        store.commit()
        return store.serialize()


@pytest.mark.parametrize("made", NO_CACHES.values(), ids=NO_CACHES)
def test_a_file_that_is_not_a_cache_does_no_harm_and_can_be_cleared(workbooks, file, made):
    paths = workbooks(20)
    sound = batch.read(paths, Reader(), cache=file)
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    file.write_bytes(made(file.read_bytes()))
    assert batch.read(paths, Reader(), cache=file) == sound
    usage(file)
    prune(file, 0)
    assert usage(file)[0] == 0
    assert batch.read(paths, Reader(), cache=file) == sound
    assert usage(file)[0] == 20


@pytest.mark.parametrize("place", ["/proc/nowhere/summaries.sqlite", "/dev/null/summaries.sqlite"])
def test_a_place_that_cannot_be_written_is_as_good_as_no_cache(workbooks, place):
    paths = workbooks(1)
    assert batch.read(paths, Reader(), cache=Path(place)) == batch.read(paths, Reader())
    assert usage(Path(place)) == (0, 0)
    assert prune(Path(place), 0) == 0


def test_a_folder_in_place_of_the_file_is_left_alone(workbooks, file):
    file.mkdir(parents=True)
    paths = workbooks(1)
    assert batch.read(paths, Reader(), cache=file) == batch.read(paths, Reader())
    assert prune(file, 0) == 0
    assert file.is_dir()


def test_a_cache_that_another_process_holds_is_waited_for_once(workbooks, file, monkeypatch):
    waits = []
    give_up = Cache._give_up
    monkeypatch.setattr(Cache, "_give_up", lambda cache: waits.append(cache.file) or give_up(cache))
    monkeypatch.setattr(kept, "_WAIT_SECONDS", 0.5)
    paths = workbooks(40)
    sound = batch.read(paths[:1], Reader(), cache=file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = batch.read(paths, Reader(), cache=file)
        assert prune(file, 0) == 0
        other.execute("ROLLBACK")
    assert found.summaries[0] == sound.summaries[0]
    assert len(found.summaries) == 40
    assert waits == [file]
    assert usage(file)[0] == 1, "nothing of a busy cache is lost"


def _fill(file: Path, start: int) -> None:
    cache = Cache(file, Reader())
    for at in range(start, start + 120):
        cache.keep([Outcome("x.xlsx", f"{at:064x}", (summary_of("XAA", at),))])
    cache.close()


def test_two_processes_may_write_at_once(file):
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_fill, args=(file, start)) for start in (0, 60)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    known = Cache(file, Reader()).known({f"{at}.xlsx": f"{at:064x}" for at in range(200)})
    assert {file: one.summaries for file, one in known.items()} == {f"{at}.xlsx": (summary_of("XAA", at),) for at in range(180)}


def test_only_its_owner_can_read_it(workbooks, file):
    before = os.umask(0)
    try:
        batch.read(workbooks(1), Reader(), cache=file)
        cache = Cache(file, Reader())
        assert not cache.empty
        made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (file.parent, *file.parent.iterdir())}
        cache.close()
    finally:
        os.umask(before)
    assert made.pop("cache") == 0o700
    assert set(made.values()) == {0o600}, made


def test_no_cache_writes_nothing(workbooks, tmp_path, monkeypatch):
    monkeypatch.setenv("LEGCHECK_CACHE", str(tmp_path / "cache"))
    batch.read(workbooks(1), Reader(), cache=None)
    assert not (tmp_path / "cache").exists()


def test_where_it_is_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("LEGCHECK_CACHE", "here")
    assert batch.cache_file() == Path("here/summaries.sqlite")
    monkeypatch.delenv("LEGCHECK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert batch.cache_file() == tmp_path / "legcheck" / "summaries.sqlite"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert batch.cache_file() == tmp_path / ".cache" / "legcheck" / "summaries.sqlite"


def test_prune_drops_what_was_not_used_for_that_long(workbooks, file):
    batch.read(workbooks(3), Reader(), cache=file)
    today = int(time.time()) // DAY
    for (key, *_), ago in zip(entries(file), (0, 10, 40), strict=True):
        change(file, "UPDATE summaries SET used = ? WHERE key = ?", today - ago, key)
    assert prune(file, 41) == 0
    assert prune(file, 30) == 1
    assert prune(file, 10**30) == 0
    assert usage(file)[0] == 2
    assert prune(file, 0) == 2
    assert usage(file)[0] == 0


def test_use_keeps_an_entry_alive_and_disuse_ends_it(workbooks, file):
    paths = workbooks(3)
    batch.read(paths[:2], Reader(), cache=file)
    today = int(time.time()) // DAY
    change(file, "UPDATE summaries SET used = ?", today - kept.KEPT_DAYS - 1)
    batch.read(paths[:1], Reader(), cache=file)
    assert sorted(used for *_, used in entries(file)) == [today - kept.KEPT_DAYS - 1, today]
    batch.read(paths[2:], Reader(), cache=file)
    assert [used for *_, used in entries(file)] == [today, today]


def test_left_out_files_and_checklists_from_outside_are_not_kept(file):
    cache = Cache(file, Reader())
    summary = summary_of("XAA", 1)
    cache.keep(
        [
            Outcome("a.xlsx", "a" * 64, (), LeftOut("a.xlsx", ())),
            Outcome("b.xlsx", "", (summary,)),
            Outcome("c.xlsx", "c" * 64, (summary,), definitions={"d": None}),
        ]
    )
    cache.close()
    assert not file.exists() or usage(file)[0] == 0


# Round trip ----------------------------------------------------------------------------------------------------------

texts = some.text(max_size=12)
ids = some.text(string.ascii_uppercase + string.digits + "-", min_size=1, max_size=6)
marks = some.builds(ChecklistMark, texts, texts, texts, texts, some.booleans())
summaries = some.builds(
    Summary,
    country=ids,
    country_name=texts,
    as_of=some.dates(date(1000, 1, 1)),
    scope=some.sampled_from(Scope),
    title=texts,
    checklist=marks,
    source=some.builds(Source, texts, texts),
    ratings=some.binary(max_size=20),
    elements=some.binary(max_size=20),
    if_adopted=some.binary(max_size=20),
    elements_if_adopted=some.binary(max_size=20),
    typed=some.binary(max_size=20),
    beside=some.binary(max_size=20),
    citations=some.lists(texts, max_size=4).map(Texts.of),
    rescored_from=some.none() | marks,
    not_carried=some.lists(ids, max_size=3).map(tuple),
    kind=some.sampled_from(Kind),
)


@given(some.lists(summaries, max_size=3))
def test_every_field_comes_back_as_it_was(many):
    outcome = Outcome("x.csv", "d" * 64, tuple(many))
    assert replace(kept._read(*kept._written(outcome)), file="x.csv") == outcome


def test_the_strategy_above_knows_every_field():
    assert set(Summary.__dataclass_fields__) == {
        "country", "country_name", "as_of", "scope", "title", "checklist", "source", "ratings", "elements", "if_adopted",
        "elements_if_adopted", "typed", "beside", "citations", "rescored_from", "not_carried", "kind",
    }  # fmt: skip
