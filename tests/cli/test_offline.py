"""No command uses a network: every one of them runs where whoever opens a connection, or starts another program, is stopped."""

from tests.cli.reference import COMMANDS
from tests.texts.conftest import as_pdf

# Python runs this first in every process of a command, workers too. What is tried is written down, since errors may be caught.
WATCH = """
import os, sys
TRIED, FORBIDDEN = {tried!r}, ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.", "webbrowser.")
def watch(event, args):
    if event.startswith(FORBIDDEN) and event != "socket.gethostname":
        with open(TRIED, "a") as file:
            print(event, *map(repr, args), file=file)
        raise PermissionError(event)
sys.addaudithook(watch)
"""
CALLS = [
    ("--version",),
    ("demo",),
    ("new", "--country", "ESP", "--out", "new.xlsx"),
    ("check", "{mistakes}", "--annotate", "marked.xlsx"),
    ("score", "{utopia}"),
    ("report", "{utopia}", "--out", "out", "--format", "docx,html,xlsx,json,pdf"),
    ("explain", "{utopia}", "law.total", "--all"),
    ("consult", "{utopia}", "--out", "forms"),
    ("history", "{utopia}"),
    ("split", "{utopia}", "--by", "chapter", "--out", "parts"),
    ("merge", "parts/XUT-2026-06-30-GEN.xlsx", "parts/XUT-2026-06-30-REC.xlsx", "--out", "merged.xlsx"),
    ("diff", "{utopia}", "{utopia}"),
    ("sample", "{utopia}", "--out", "sample.xlsx"),
    ("migrate", "{utopia}", "--to", "1.0", "--out", "earlier.xlsx"),
    ("reconcile", "{utopia}", "{utopia}"),
    ("verify", "out/XUT-2026-06-30-annex.xlsx", "{utopia}"),
    ("template", "--out", "own.docx"),
    ("plan", "{utopia}", "--out", "out", "--format", "docx,xlsx,json,pdf", "--target", "70%", "--what-if", "REC-M14"),
    ("compare", "{utopia}", "{spain}", "--out", "compared", "--jobs", "2", "--robustness", "20", "--groups", "regions"),
    ("find", "REC-02", "{utopia}", "{spain}"),
    ("cache", "--prune", "0"),
    ("provisions", "list"),
    ("provisions", "show", "REC-02"),
    ("provisions", "check"),
    ("provisions", "diff", "vot@1.0", "vot"),
    ("provisions", "schema"),
    ("provisions", "references", "numbers.csv"),
    ("texts", "add", "{law}", "--to", ".", "--yes"),
    ("texts", "list"),
    ("texts", "show", "harmed", "1"),
    ("texts", "suggest", "{utopia}", "--texts", "texts", "--provision", "REC-02"),
    ("texts", "recall", "{utopia}", "--texts", "texts"),
    ("texts", "passages", "{utopia}", "--texts", "texts", "--out", "passages.xlsx"),
]


def test_no_command_uses_a_network(run, environment, tmp_path, utopia, spain, mistakes):
    tried = tmp_path / "tried"
    watching = tmp_path / "watching"
    watching.mkdir()
    (watching / "sitecustomize.py").write_text(WATCH.format(tried=str(tried)))
    (tmp_path / "law.pdf").write_bytes(as_pdf())
    (tmp_path / "numbers.csv").write_text("provision,number,confirmed_by,date\nREC-02,4(2),the adviser,2026-06-30\n")
    environment = {"PYTHONPATH": f"{watching}:{environment['PYTHONPATH']}"}
    for words in CALLS:
        filled = [word.format(utopia=utopia, spain=spain, mistakes=mistakes, law="law.pdf") for word in words]
        done = run(*filled, **environment)
        assert done.code in (0, 1), (words, done.err)
        assert not tried.exists(), (words, tried.read_text())
    run("compare", utopia, "--out", "cluster", "--executor", "dask:tcp://127.0.0.1:9", **environment)
    assert "socket." in tried.read_text(), "a cluster that somebody names is the one exception, and shows that the watch works"


def test_every_command_is_tried():
    tried = {" ".join(words) for words in CALLS}
    assert [words for words in COMMANDS if not any(one.startswith(" ".join(words)) for one in tried)] == []
