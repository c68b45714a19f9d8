"""Reviews national law on victims of terrorism against a structured checklist."""

__version__ = "0.1.0"
