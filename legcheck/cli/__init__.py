"""The command line: thin commands over the pipeline."""

from legcheck.cli.main import main

__all__ = ["main"]
