"""How the command line shows figures and findings."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from onenumber.files.write import write_findings
from onenumber.model.finding import Finding, Severity, Value, counted
from onenumber.model.money import in_currency
from onenumber.model.sentences import say

SHOWN = 10
EXACT_UNTIL = 1000
UNLIKE, NO_BACKTEST = "the items are counted in different units, which do not add up", "the backtest cannot tell"
ERRORS = ("wape_lag1", "bias_lag1", "naive_wape_lag1")
"""Notes that are sums of errors over sums of actuals, which only one unit has."""
WHY = {
    **dict.fromkeys(("units", "first_units", "last_units", "demand_units", "shipped_units", "lost_units"), UNLIKE),
    **dict.fromkeys(("asked_units", "promised_units", "short_units"), UNLIKE),
    **dict.fromkeys((*ERRORS, "coverage80"), NO_BACKTEST),
}
"""Why a note of a sheet is not known, where it is not."""
SAID = {
    ("changed", True): "it changed what was known", ("changed", False): "nothing changed: all of it was there already",
    ("repeatable", True): "the same again from the same inputs",
    ("repeatable", False): "cut by a time limit, so not the same again", ("late", True): "after its deadline",
}  # fmt: skip
"""A yes or a no, as it reads without its name."""


def show_number(value: Value) -> str:
    r"""A figure as a person reads it: thousands spaced, a real minus sign, "–" where it is not known.

    Example:
        >>> show_number(1234567), show_number(0.8512), show_number(-12.0), show_number(None)
        ('1\u202f234\u202f567', '0.851', '−12', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else value
    whole = float(value).is_integer() or abs(value) >= EXACT_UNTIL
    text = f"{value:,.0f}" if whole else f"{value:,.3g}"
    return text.replace(",", "\u202f").replace("-", "−")


def figures_line(figures: Mapping[str, Value]) -> str:
    r"""Figures in one line; money that stands in the smallest unit of its currency (C20) in the currency itself.

    Example:
        >>> figures_line({"streams": 4874, "lost_units": 0.0})
        'streams 4\u202f874 · lost units 0'
        >>> figures_line({"currency": "EUR", "currency_decimals": 2, "conflicts": 3, "money_at_risk": 2639000})
        'conflicts 3 · money at risk EUR 26\u202f390'
        >>> figures_line({"plan": ""})
        'plan –'
    """
    shown = _in_currency(figures)
    return " · ".join(f"{name.replace('_', ' ')} {show_number(value) or '–'}" for name, value in shown.items())


def notes_line(notes: Mapping[str, Value]) -> str:
    r"""What a step or a sheet says of itself in one line: a yes or a no in words, what is not known with its reason.

    Example:
        >>> notes_line({"units": None, "first_units": None, "streams": 4874})
        'streams 4\u202f874 · units, first units –: the items are counted in different units, which do not add up'
        >>> for part in notes_line({"units": None, "wape_lag1": None, "coverage80": None}).split(" · "):
        ...     print(part)
        units, wape lag1 –: the items are counted in different units, which do not add up
        coverage80 –: the backtest cannot tell
        >>> notes_line({"load": 2, "changed": False})
        'load 2 · nothing changed: all of it was there already'
    """
    unknown: dict[str, list[str]] = {}
    said, plain = [], {}
    for name, value in notes.items():
        if value is None and name in WHY:
            why = UNLIKE if name in ERRORS and notes.get("units", 0) is None else WHY[name]
            unknown.setdefault(why, []).append(name.replace("_", " "))
        elif isinstance(value, bool) and (name, value) in SAID:
            said.append(SAID[name, value])
        else:
            plain[name] = value
    whys = [f"{', '.join(names)} –: {why}" for why, names in unknown.items()]
    return " · ".join([*filter(None, [figures_line(plain)]), *said, *whys])


def _in_currency(figures: Mapping[str, Value]) -> Mapping[str, Value]:
    if "currency_decimals" not in figures:
        return figures
    shown = {name: value for name, value in figures.items() if name not in {"currency", "currency_decimals"}}
    if "money_at_risk" not in shown:
        return shown
    at_risk, decimals = shown["money_at_risk"], int(figures["currency_decimals"] or 0)
    money = None if at_risk is None else in_currency(int(at_risk), decimals=decimals)
    named = {"money_at_risk": (f"money at risk {figures['currency']}", money)}
    return dict(named.get(name, (name, value)) for name, value in shown.items())


def show_findings(findings: Sequence[Finding]) -> None:
    """The first findings in words, and how many there are of each kind; of what is kept apart, how much it is."""
    wrong = [finding for finding in findings if finding.severity is not Severity.APART]
    for finding in wrong[:SHOWN]:
        click.echo(f"  {finding.severity.value}: {say(finding)}")
    if len(wrong) > SHOWN:
        counts = counted(wrong)
        kinds = ", ".join(f"{count} {code.replace('_', ' ')}" for code, count in counts.most_common())
        click.echo(f"  {counts.total()} findings in all: {kinds}. --findings FILE writes the whole list.")
    for finding in findings:
        if finding.code == "returns_in_all":
            click.echo(f"  {say(finding)}")


def finish_findings(findings: Sequence[Finding], target: Path | None) -> None:
    """Show the findings, and write all of them to ``target`` where one is named."""
    show_findings(findings)
    if target is not None:
        write_findings(findings, target)
        click.echo(f"  {counted(findings).total()} findings written to {target}")
