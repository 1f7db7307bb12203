"""Looking at vendors: who keeps the dates that are planned with, and how much of what came was good."""

from collections.abc import Sequence

import click

from onenumber.cli.show import CYCLE, PERSON, PLAN, opening
from onenumber.cli.words import figures_line, show_number
from onenumber.errors.steps import BadArgumentError
from onenumber.model.sentences import say, say_what
from onenumber.steps.see.vendors import VendorLine, Vendors, vendors_shown

SHOWN = {
    "lead_mean": "days mean", "lead_p50": "half within", "lead_p90": "nine in ten within", "lead_recent": "lately",
    "planned": "planned",
}  # fmt: skip
"""Figures of the lead time, each with its word."""
WORDS = {"on_time": "on time", "late": "late", "received": "received", "rejected": "rejected", **SHOWN}


@click.command()
@click.option("--items", is_flag=True, help="Also each item that a vendor sells, by site.")
@click.option("--vendor", default="", help="Key of a vendor; all if not given.")
@PLAN
@PERSON
@CYCLE
def vendors(items: bool, vendor: str, plan_: str, person: str, cycle: str) -> None:
    """How vendors kept their dates: lines on time, days that they take against planned, what came late or bad."""
    context = opening(plan_, person)
    shown = vendors_shown(context, cycle)
    _refuse_unknown(vendor, sorted({line.vendor for line in shown.lines}))
    click.echo(f"{_head(shown)} {say(shown.says)}")
    lines = [line for line in shown.lines if vendor in ("", line.vendor) and (items or not line.item)]
    if not lines:
        click.echo("No vendor is known here.")
    for line in lines:
        _show(line, said=say_what(shown.says))


def _refuse_unknown(vendor: str, known: Sequence[str]) -> None:
    if vendor and vendor not in known:
        reason = f"the vendors that you see are {', '.join(known)}" if known else "you see no vendor"
        raise BadArgumentError(step="vendors", argument="vendor", value=vendor, reason=reason)


def _head(shown: Vendors) -> str:
    part = ", your part" if shown.part else ""
    return f"From {shown.since} to before {shown.until}{part}, lately since {shown.recent}."


def _show(line: VendorLine, *, said: str) -> None:
    name = f"  {line.item} at {line.site}" if line.item else f"{line.vendor} {line.name}"
    figures, indent = line.figures, "    " if line.item else "  "
    click.echo(f"{name}{'  ▲ takes longer than planned' if line.over_plan else ''}")
    share = "–" if figures["on_time"] is None else f"{100 * figures['on_time']:.0f} %"
    units = {name: figures[name] for name in ("late", "received", "rejected")}
    of = f"{show_number(figures['lines'])} judged of {show_number(figures['due'])} lines due"
    click.echo(f"{indent}on time {share} ({of}) · {figures_line(units)} {line.unit}".rstrip())
    days = {word: _tenths(figures[name]) for name, word in SHOWN.items()}
    click.echo(f"{indent}{figures_line(days)} ({show_number(figures['came'])} lines came)")
    for text, names in _reasons(line).items():
        if text != said:  # the head says it of all of them
            click.echo(f"{indent}–: {', '.join(names)}: {text}")


def _tenths(days: float | None) -> float | None:
    return None if days is None else round(days, 1)


def _reasons(line: VendorLine) -> dict[str, list[str]]:
    """Each reason in words, with the figures that it keeps from being known."""
    found: dict[str, list[str]] = {}
    for name, why in line.why.items():
        found.setdefault(say_what(why), []).append(WORDS[name])
    return found
