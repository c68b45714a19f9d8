"""The command line: thin commands over `legcheck.app`."""

import gc
import sys

INTERRUPTED = 130  # the shells' convention: 128 plus the number of the signal


def main() -> None:
    """Run a command. Everything else is loaded inside, so that Ctrl-C ends it silently from the very start."""
    # A command ends soon: looking for garbage as often as Python does takes a part of its time.
    gc.set_threshold(50_000)
    try:
        from legcheck.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
