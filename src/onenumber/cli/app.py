"""The command group: it reads like the month, and loads only what a command needs."""

import importlib
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType

import click

from onenumber.errors import OneNumberError

LAZY: Mapping[str, str] = MappingProxyType(
    {
        "run": "onenumber.cli.run:run",
        "play": "onenumber.cli.play:play",
        "status": "onenumber.cli.show:status",
        "sheets": "onenumber.cli.show:sheets",
        "export": "onenumber.cli.show:export",
        "engine": "onenumber.cli.engine:engine",
    }
)
"""Commands that are not steps, each with the module it is in."""

WITHOUT_DJANGO = ("engine",)
MONTH = (
    "run", "play",
    "load", "open", "freeze",
    "forecast", "rebase", "edit", "undo", "news", "submit", "return", "accept", "collect", "agree",
    "plan", "escalate",
    "review", "prepare",
    "decide", "replan",
    "publish",
    "measure", "answer",
    "sign", "advance", "waive", "reopen",
    "status", "sheets", "export", "clock", "tidy",
    "engine",
)  # fmt: skip
"""Every command in the order of the month."""


class Month(click.Group):
    """A group whose commands come in the order of the month."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names, first to last."""
        return list(MONTH)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command, imported when it is asked for."""
        if cmd_name not in MONTH:
            return None
        if cmd_name not in WITHOUT_DJANGO:
            _set_up()
        if cmd_name in LAZY:
            module, name = LAZY[cmd_name].split(":")
            command: click.Command = getattr(importlib.import_module(module), name)
            return command
        return importlib.import_module("onenumber.cli.month").command_of(cmd_name)  # type: ignore[no-any-return]  # a module

    def invoke(self, ctx: click.Context) -> object:
        """Run it; an anticipated error is a sentence, not a traceback."""
        try:
            return super().invoke(ctx)
        except OneNumberError as error:
            click.echo(str(error), err=True)
            sys.exit(2)


def _set_up() -> None:
    import django  # noqa: PLC0415 - the engines must not need it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onenumber.conf.settings")
    django.setup()


@click.group(cls=Month, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="onenumber", prog_name="onenumber")
def main() -> None:
    """One plan that everyone signs: the month of sales and operations planning, step by step.

    \b
    Data       load, open, freeze
    Demand     forecast, edit, submit, accept, collect, agree
    Supply     plan
    Reconcile  review, prepare
    Executive  decide, replan
    Published  publish; then measure and answer
    Every phase ends with sign and advance.
    """  # noqa: D301 - click's mark for "do not wrap"
