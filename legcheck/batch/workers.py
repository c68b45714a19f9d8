"""Reads files in parallel: in processes on this machine, or on a Dask cluster."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any

from pebble import ProcessExpired, ProcessPool

from legcheck import inputs, provisions, workbook
from legcheck.batch.reading import Outcome, Reader, failed, read_one
from legcheck.issues import CLUSTER_OUT_OF_REACH, READING_FAILED, READING_TOO_LONG, InputError, Location, reject
from legcheck.model import LeftOut

LONGEST_SECONDS = 60
# How much more a worker may use than the program itself needs; a file that takes more is left out.
MOST_MEMORY = 2 * 1024**3
DASK = "dask:"
# How long to wait for a scheduler to answer, and for its first worker.
CLUSTER_SECONDS = 10
# How many files wait at the scheduler for each thread of the cluster, so that memory does not grow with the number of files.
_FILES_AHEAD = 8
# Reading a file makes about so many objects, nearly all of which go with it: looking for others in between takes longer.
_OBJECTS_A_FILE = 50_000
# In a worker process: how it reads files.
_reader: ContextVar[Reader] = ContextVar("reader")


def read_all(files: Sequence[Path], reader: Reader, jobs: int, executor: str) -> Iterator[Outcome]:
    """Read every file, and yield each outcome as it completes.

    Args:
        files: the files, each once.
        reader: how each is read.
        jobs: how many processes read at once.
        executor: ``dask:ADDRESS`` to read on a cluster instead, or empty.

    Raises:
        InputError: the cluster cannot be reached, or its library is not installed.
    """
    if not files:
        return iter(())
    if executor.startswith(DASK):
        return _on_cluster(files, reader, executor.removeprefix(DASK))
    return _in_processes(files, reader, min(jobs, len(files)))


def _in_processes(files: Sequence[Path], reader: Reader, jobs: int) -> Iterator[Outcome]:
    """Read files within limits of time and memory; if a file kills its process, the pool starts another."""
    # Forked processes start at once and share what is loaded, so what every file needs is loaded before; elsewhere, only a fresh
    # start is safe.
    import numpy as np  # noqa: F401
    import pyarrow.csv  # noqa: F401

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    for id in provisions.shipped() if reader.chosen is None else ():
        inputs.load(id)
    pool = ProcessPool(jobs, initializer=_start_worker, initargs=(reader,), context=context)
    try:
        futures = {str(file): pool.schedule(_read, args=(str(file),), timeout=LONGEST_SECONDS) for file in files}
        for name in list(futures):
            try:
                yield futures.pop(name).result()
            except TimeoutError:
                yield failed(name, READING_TOO_LONG, seconds=LONGEST_SECONDS)
            except (ProcessExpired, BrokenProcessPool):
                yield failed(name, READING_FAILED, problem="@issues.kind.ended")
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _start_worker(reader: Reader) -> None:
    """Prepare a worker process: Ctrl-C is left to the process that started it, whose end it shares, and memory is limited."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_FILE)
    _reader.set(reader)
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (used + MOST_MEMORY, hard))


def _end_with_parent() -> None:
    """End this worker when the process that started it has ended, even if that one was killed."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _read(name: str) -> Outcome:
    return read_one(_reader.get(), name)


def _on_cluster(files: Sequence[Path], reader: Reader, address: str) -> Iterator[Outcome]:
    """Send files with their bytes, since a cluster may not see our disk, and only as many as its threads need."""
    with _cluster(address) as (executor, threads):
        waiting = iter(files)
        running: dict[Future[Outcome], Path] = {}
        unsure: list[Path] = []
        while (some := list(islice(waiting, threads * _FILES_AHEAD - len(running)))) or running:
            for file in some:
                try:
                    running[executor.submit(read_one, reader, str(file), workbook.read_bytes(file))] = file
                except InputError as error:
                    yield Outcome(str(file), "", left_out=LeftOut(str(file), error.issues))
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                file = running.pop(future)
                try:
                    yield future.result()
                except Exception:  # its worker died, perhaps because of another file
                    unsure.append(file)
        for file in unsure:
            yield _alone(executor, reader, file)


def _alone(executor: Executor, reader: Reader, file: Path) -> Outcome:
    """Read a file while nothing else runs on the cluster, so that only this file can be to blame if a worker dies."""
    try:
        return executor.submit(read_one, reader, str(file), workbook.read_bytes(file)).result(LONGEST_SECONDS)
    except TimeoutError:
        return failed(str(file), READING_TOO_LONG, seconds=LONGEST_SECONDS)
    except Exception:  # the scheduler gives up on a file that killed several workers
        return failed(str(file), READING_FAILED, problem="@issues.kind.ended")


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """A Dask cluster as an executor, and how many threads its workers have."""
    try:
        from distributed import Client
        from distributed.comm.addressing import resolve_address
    except ImportError:
        raise reject(CLUSTER_OUT_OF_REACH, Location(), address=address, problem="@issues.kind.no_dask") from None
    client: Any = None
    try:
        # Checked first, because a client with an invalid address fails again on closing.
        resolve_address(address)
        client = Client(address, timeout=CLUSTER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        client.wait_for_workers(1, timeout=CLUSTER_SECONDS)
    except (OSError, ValueError) as error:
        if client is not None:
            client.close()
        raise reject(CLUSTER_OUT_OF_REACH, Location(), address=address, problem=str(error)[:200]) from None
    try:
        yield client.get_executor(pure=False), max(1, sum(client.nthreads().values()))
    finally:
        client.close()
