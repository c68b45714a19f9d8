"""The command line: thin commands over `legcheck.app`."""

import sys

INTERRUPTED = 130  # the shells' convention: 128 plus the number of the signal


def main() -> None:
    """Run a command. Everything else is loaded inside, so that Ctrl-C ends it silently from the very start."""
    try:
        from legcheck.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
