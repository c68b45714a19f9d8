"""Everything that is measured, one after the other."""

from bench import commands, comparing, statutes, suggestions

commands.main()
comparing.main(list(comparing.COUNTS))
statutes.main()
suggestions.main()
