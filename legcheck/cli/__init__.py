"""The command line: thin commands over the pipeline."""

import sys

INTERRUPTED = 130  # as shells have it: 128 and the number of the signal


def main() -> None:
    """Run a command. Everything else is loaded inside, so that Ctrl-C ends it in silence from the first moment."""
    try:
        from legcheck.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
