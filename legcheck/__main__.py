"""``python -m legcheck`` is the command ``legcheck``."""

from legcheck.cli import main

main()
