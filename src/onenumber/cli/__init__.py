"""The command line: one command per step, and the engines without a database."""

from onenumber.cli.app import main

__all__ = ["main"]
