"""The reference of commands, generated from the commands themselves; a test keeps it current."""

import os
import subprocess
import sys
from pathlib import Path

from legcheck.cli.main import app

_GROUPS = [(group.name, group.typer_instance) for group in app.registered_groups]
COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    *((one.name,) for one in app.registered_commands),
    *(words for name, group in _GROUPS for words in ((name,), *((name, one.name) for one in group.registered_commands))),
)
HEAD = """# Commands

Generated from the commands by `make docs`. Results go to stdout, problems to stderr; exit codes stand in the README. `legcheck
--install-completion` sets up completion in your shell. `LEGCHECK_LANGUAGE=fr` makes commands speak French.
"""


def help_of(words: tuple[str, ...]) -> str:
    """The help of a command, in English and at a fixed width."""
    environment = os.environ | {"LEGCHECK_LANGUAGE": "en", "COLUMNS": "110", "TERMINAL_WIDTH": "110", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "legcheck", *words, "--help"], env=environment, text=True, capture_output=True, check=True
    )
    lines = (line.rstrip() for line in done.stdout.replace("python -m legcheck", "legcheck").splitlines())
    return "\n".join(lines).strip()


def reference() -> str:
    """The whole page."""
    parts = [f"## {' '.join(('legcheck', *words))}\n\n```text\n{help_of(words)}\n```" for words in COMMANDS]
    return HEAD + "\n" + "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), "utf-8")
