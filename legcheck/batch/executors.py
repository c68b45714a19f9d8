"""Where files are read: in processes of this machine, or on a Dask cluster. Both speak `concurrent.futures`.

Work is handed out in small parcels, a few at a time, so that memory grows with what is kept of files, not with the files. A
parcel whose worker ended is done again, file by file, each in a process of its own: the file that ends it is told, the others
are read.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from legcheck.batch.work import GRACE_SECONDS, LONGEST_SECONDS, Outcome, Reader, ended, read_files
from legcheck.issues import CLUSTER_OUT_OF_REACH, Location, reject
from legcheck.workbook.reading.guards import LARGEST_FILE

PARCEL = 16
PARCELS_AHEAD = 4
# What a worker may need beyond what the program needs anyway; a file that asks for more is refused.
MOST_MEMORY = 2 * 1024**3
DASK = "dask:"
# How long a scheduler may take to answer, and to have its first worker.
CLUSTER_SECONDS = 10

Parcel = Sequence[tuple[str, bytes | None]]


class Workers(Protocol):
    """Where parcels are read. `width` says how many at once; `sends` whether bytes go along, for want of a shared disk."""

    width: int
    sends: bool

    def submit(self, reader: Reader, parcel: Parcel) -> Future[list[Outcome]]: ...

    def alone(self, reader: Reader, file: tuple[str, bytes | None]) -> Outcome:
        """Read one file that may end its worker."""
        ...


def read_parcels(workers: Workers, reader: Reader, files: Sequence[Path]) -> Iterator[list[Outcome]]:
    """The outcomes of all files, as parcels are done."""
    refused: list[str] = []
    waiting = _parcels(files, refused) if workers.sends else _names(files)
    running: dict[Future[list[Outcome]], Parcel] = {}
    in_doubt: list[tuple[str, bytes | None]] = []

    def fill() -> None:
        while len(running) < workers.width * PARCELS_AHEAD:
            parcel = next(waiting, None)
            if parcel is None:
                return
            try:
                running[workers.submit(reader, parcel)] = parcel
            except Exception:  # the same when the workers ended before
                in_doubt.extend(parcel)

    fill()
    while running:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            parcel = running.pop(future)
            try:
                yield future.result()
            except Exception:  # whatever ended the worker, its files are read again one by one
                in_doubt.extend(parcel)
        fill()
    yield read_files(reader, [(name, None) for name in refused])
    for file in in_doubt:
        yield [workers.alone(reader, file)]


def _names(files: Sequence[Path]) -> Iterator[Parcel]:
    """Parcels of files that workers read from the disk themselves."""
    for start in range(0, len(files), PARCEL):
        yield [(str(file), None) for file in files[start : start + PARCEL]]


def _parcels(files: Sequence[Path], refused: list[str]) -> Iterator[Parcel]:
    """Parcels of files with their bytes; those that cannot be read are put aside, to be refused where their disk is."""
    for start in range(0, len(files), PARCEL):
        parcel = []
        for file in files[start : start + PARCEL]:
            content = _bytes(file)
            if content is None:
                refused.append(str(file))
            else:
                parcel.append((str(file), content))
        if parcel:
            yield parcel


def _bytes(file: Path) -> bytes | None:
    with suppress(OSError, ValueError):
        if file.is_file() and file.stat().st_size <= LARGEST_FILE:
            return file.read_bytes()
    return None


@contextmanager
def workers_for(executor: str, jobs: int, files: int) -> Iterator[Workers]:
    """The workers asked for: ``dask:ADDRESS``, or processes of this machine where nothing is.

    Raises:
        InputError: the cluster cannot be reached, or its library is not installed.
    """
    with ExitStack() as stack:
        if executor.startswith(DASK):
            yield stack.enter_context(_cluster(executor.removeprefix(DASK)))
        else:
            yield stack.enter_context(_processes(min(jobs, max(1, -(-files // PARCEL)))))


class _Processes:
    sends = False

    def __init__(self, width: int, pool: Callable[[int], ProcessPoolExecutor]) -> None:
        self.width = width
        self._make = pool
        self.pool = pool(width)

    def submit(self, reader: Reader, parcel: Parcel) -> Future[list[Outcome]]:
        try:
            return self.pool.submit(read_files, reader, parcel)
        except BrokenProcessPool:
            self.pool.shutdown(wait=False, cancel_futures=True)
            self.pool = self._make(self.width)
            return self.pool.submit(read_files, reader, parcel)

    def alone(self, reader: Reader, file: tuple[str, bytes | None]) -> Outcome:
        with self._make(1) as pool, _killed_if_interrupted(lambda: pool):
            try:
                return pool.submit(read_files, reader, [file]).result()[0]
            except BrokenProcessPool:
                return ended(file[0])


@contextmanager
def _processes(width: int) -> Iterator[Workers]:
    # Copies of this process start at once and share what it has loaded; elsewhere a fresh start is the safe way.
    method = "fork" if sys.platform == "linux" else "spawn"

    def pool(width: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(method)
        return ProcessPoolExecutor(width, mp_context=context, initializer=_bounded)

    workers = _Processes(width, pool)
    with _killed_if_interrupted(lambda: workers.pool):
        yield workers
    workers.pool.shutdown()


@contextmanager
def _killed_if_interrupted(pool: Callable[[], ProcessPoolExecutor]) -> Iterator[None]:
    """Whoever stops the program does not wait for the files that are being read."""
    try:
        yield
    except BaseException:
        for process in list((pool()._processes or {}).values()):
            process.kill()
        pool().shutdown(wait=False, cancel_futures=True)
        raise


def _bounded() -> None:
    """A worker leaves Ctrl-C to the process that started it, and takes no more memory than any file needs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (used + MOST_MEMORY, hard))


class _Cluster:
    sends = True

    def __init__(self, executor: Executor, width: int) -> None:
        self.executor = executor
        self.width = width

    def submit(self, reader: Reader, parcel: Parcel) -> Future[list[Outcome]]:
        return self.executor.submit(read_files, reader, parcel)

    def alone(self, reader: Reader, file: tuple[str, bytes | None]) -> Outcome:
        try:
            return self.executor.submit(read_files, reader, [file]).result(LONGEST_SECONDS + GRACE_SECONDS)[0]
        except Exception:  # the scheduler gives up on a file that ended several workers
            return ended(file[0])


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client
        from distributed.comm.addressing import resolve_address
    except ImportError:
        raise reject(CLUSTER_OUT_OF_REACH, Location(), address=address, problem="@issues.kind.no_dask") from None
    client: Any = None
    try:
        # A client at an address that is none would try to say goodbye to it.
        resolve_address(address)
        client = Client(address, timeout=CLUSTER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        client.wait_for_workers(1, timeout=CLUSTER_SECONDS)
    except (OSError, ValueError) as error:
        if client is not None:
            client.close()
        raise reject(CLUSTER_OUT_OF_REACH, Location(), address=address, problem=str(error)[:200]) from None
    try:
        threads = sum(client.nthreads().values())
        yield _Cluster(client.get_executor(pure=False, retries=2), max(1, threads))
    finally:
        client.close()
