"""The judge: problems, suites, verdicts, and the command line around them."""

__version__ = "0.1.0"
