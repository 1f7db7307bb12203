"""A command per step, made from what the step says of itself."""

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from onenumber.cli.database import make_ready
from onenumber.cli.out import OutFile
from onenumber.cli.words import finish_findings, notes_line
from onenumber.errors.steps import BadArgumentError, NothingLoadedError
from onenumber.jobs.executor import LocalProcesses
from onenumber.jobs.registry import DOABLE
from onenumber.model.finding import Severity
from onenumber.model.sheet_names import sheet_name
from onenumber.steps.frame.asking import context_for, somebody
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.writing import Outcome

WITH_FINDINGS_FILE = ("load",)


def command_of(name: str) -> click.Command:
    """The command of a step, or of what a demo plays.

    Example:
        >>> command_of("sign").name
        'sign'
    """
    step = DOABLE[name]
    return click.Command(name=name, help=_help(step), params=_parameters(step), callback=_callback(step))


def _help(step: Step) -> str:
    when = f" Phase: {step.phase.shown}." if step.phase else ""
    return f"{step.says}{when}"


def _parameters(step: Step) -> list[click.Parameter]:
    own = [_parameter(argument) for argument in step.arguments]
    if step.name in WITH_FINDINGS_FILE:
        own.append(click.Option(["--findings"], type=OutFile(), help="Write every finding to a file."))
    return [
        *own,
        click.Option(["--plan", "plan_"], default="", help="Key of the plan; the only live one if not given."),
        click.Option(["--as", "person"], default="", envvar="ONENUMBER_PERSON", help="Key of the person who does it."),
    ]


def _parameter(argument: Argument) -> click.Parameter:
    kind: Any = _type(argument)
    if argument.positional:
        return click.Argument([argument.name], type=kind, required=argument.required)
    flag = f"--{argument.name.replace('_', '-')}"
    if argument.kind == "flag":
        return click.Option([flag, argument.name], is_flag=True, help=argument.doc)
    if argument.kind == "place":
        return click.Option([flag, argument.name], multiple=True, help=argument.doc, metavar="ATTRIBUTE=VALUE")
    return click.Option([flag, argument.name], type=kind, required=argument.required, help=argument.doc)


def _type(argument: Argument) -> object:
    if argument.choices:
        return click.Choice(argument.choices)
    return {
        "integer": click.INT,
        "number": click.FLOAT,
        "date": click.DateTime(["%Y-%m-%d"]),
        "folder": click.Path(exists=True, file_okay=False, path_type=Path),
    }.get(argument.kind, click.STRING)


def _callback(step: Step) -> Any:
    def run(plan_: str, person: str, findings: Path | None = None, **given: Any) -> None:
        make_ready()
        context = somebody(context_for(plan_, person=person, at_machine=step.name == "load"))
        arguments = {name: _value(name, value, step) for name, value in given.items() if value is not None}
        try:
            with LocalProcesses() as processes:
                outcome = step.run(replace(context, map=processes.map_each), **arguments)
        except NothingLoadedError as error:
            finish_findings(error.values["findings"], findings)  # type: ignore[arg-type]  # what the step put there
            click.echo(str(error), err=True)
            sys.exit(2)
        _show(outcome)
        finish_findings(outcome.findings, findings)
        if step.name in WITH_FINDINGS_FILE and any(f.severity is not Severity.APART for f in outcome.findings):
            sys.exit(1)

    return run


def _value(name: str, value: Any, step: Step) -> Any:
    kind = next(argument.kind for argument in step.arguments if argument.name == name)
    if kind == "place":
        return _place(value, step)
    return value.date() if isinstance(value, dt.datetime) else value


def _place(parts: Sequence[str], step: Step) -> dict[str, str]:
    """Where, from all that was said of it; nothing of that is dropped."""
    place: dict[str, str] = {}
    for part in parts:
        attribute, label = _said(part, step)
        if attribute in place:
            why = f"a place has one {attribute}, and it is {place[attribute]}; type one edit for each"
            raise BadArgumentError(step=step.name, argument="place", value=part, reason=why)
        place[attribute] = label
    return place


def _said(part: str, step: Step) -> tuple[str, str]:
    attribute, equals, value = part.partition("=")
    if not (attribute and equals and value):
        raise BadArgumentError(step=step.name, argument="place", value=part, reason="say it as attribute=value")
    return attribute, value


def _show(outcome: Outcome) -> None:
    click.echo(f"{outcome.step}: {notes_line(outcome.figures)}")
    for version in outcome.versions:
        stale = version.stale_because and f"  STALE: {version.stale_because}"
        name = sheet_name(version.kind, version.stage, version.sequence)
        click.echo(f"  {name} {version.content[:12]} {version.state}{stale}")
