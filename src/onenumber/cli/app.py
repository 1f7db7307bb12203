"""The command group: it reads like the month, and loads only what a command needs."""

import copy
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
        "risks": "onenumber.cli.show:risks",
        "papers": "onenumber.cli.show:papers",
        "edits": "onenumber.cli.show:edits",
        "duties": "onenumber.cli.duties:duties",
        "vendors": "onenumber.cli.vendors:vendors",
        "export": "onenumber.cli.show:export",
        "login": "onenumber.cli.login:login",
        "engine": "onenumber.cli.engine:engine",
    }
)
"""Commands that are not made from what a step says of itself, each with the module it is in."""

SETTINGS, HELP = "onenumber.conf.settings", "onenumber.conf.help"
"""Django's settings for a command that runs, and for its help."""
HELP_AS_VALUE = "-h and --help ask for help. Write --option=-h where it is meant as a value."
WITHOUT_DJANGO = ("engine",)
MONTH = (
    "run", "play",
    "load", "amend", "open", "freeze",
    "forecast", "judge", "look", "rebase", "edit", "undo", "news", "brief", "triage", "ask", "reply",
    "submit", "return", "accept", "collect", "change", "resolve", "agree",
    "confirm", "request", "settle-request",
    "plan", "send", "take-plan", "answer-plan", "escalate", "emergency", "take-back",
    "review", "weigh", "prepare",
    "decide", "replan",
    "publish",
    "measure", "answer",
    "sign", "advance", "action", "done", "waive", "reopen", "messages",
    "login", "close-login",
    "status", "duties", "vendors", "edits", "risks", "papers", "sheets", "export", "clock", "go-on", "tidy",
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
            _set_up(HELP)
        if cmd_name in LAZY:
            module, name = LAZY[cmd_name].split(":")
            command: click.Command = getattr(importlib.import_module(module), name)
            return command
        return importlib.import_module("onenumber.cli.month").command_of(cmd_name)  # type: ignore[no-any-return]  # a module

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; only one that will run reads the settings, for help needs none."""
        only_help = not set(ctx.help_option_names).isdisjoint(args)
        if args[0] in MONTH and args[0] not in WITHOUT_DJANGO and not only_help:
            _set_up(SETTINGS)
        name, command, rest = super().resolve_command(ctx, args)
        return name, _that_only_helps(command) if only_help and command else command, rest

    def invoke(self, ctx: click.Context) -> object:
        """Run it; an anticipated error is a sentence, not a traceback."""
        try:
            return super().invoke(ctx)
        except OneNumberError as error:
            click.echo(str(error), err=True)
            sys.exit(2)


def _set_up(settings_module: str) -> None:
    """Start Django with these settings; whoever comes first decides."""
    import django  # noqa: PLC0415 - the engines must not need it
    from django.conf import settings  # noqa: PLC0415 - as above

    if not settings.configured:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module)
    django.setup()


def _that_only_helps(command: click.Command) -> click.Command:
    """The command, which does not run: it was set up for its help, and a value that looks like asking is no value."""
    if isinstance(command, click.Group):
        return command
    helps = copy.copy(command)
    helps.callback = _refuse_to_run
    return helps


def _refuse_to_run(**given: object) -> None:  # noqa: ARG001 - whatever the command takes
    raise click.UsageError(HELP_AS_VALUE)


@click.group(cls=Month, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="onenumber", prog_name="onenumber")
def main() -> None:
    """One plan that everyone signs: the month of sales and operations planning, step by step.

    \b
    Data       load, open, freeze
    Demand     forecast, edit, news, submit, accept, triage, collect, agree
    Supply     plan, escalate
    Reconcile  review, prepare
    Executive  decide, replan
    Published  publish; then measure and answer
    Every phase ends with sign and advance.
    """  # noqa: D301 - click's mark for "do not wrap"
