"""Looking at who does what: duties, signatures and figures, each with its accountable person."""

from pathlib import Path

import click

from onenumber.cli.out import OutFile
from onenumber.cli.show import CYCLE, PERSON, PLAN, opening
from onenumber.cycle.words import TITLES
from onenumber.files.write import csv_bytes
from onenumber.model.sentences import say
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.duties import Due, DutiesShown, Holder, RoleShown, duties_shown, duties_table


@click.command()
@click.option("-o", "--out", type=OutFile(".csv"), help="Write all of it to a CSV file, one row for each place.")
@PLAN
@PERSON
@CYCLE
def duties(out: Path | None, plan_: str, person: str, cycle: str) -> None:
    """Who does what: what is not filled, then every duty, signature and figure with person, deputy and due day."""
    shown = duties_shown(opening(plan_, person), cycle)
    if out is not None:
        table = duties_table(shown)
        out.write_bytes(csv_bytes(table))
        click.echo(f"{len(table)} rows written to {out}")
        return
    _show(shown)


def _show(shown: DutiesShown) -> None:
    click.echo(f"Who does what in {shown.cycle}, as it stands on {shown.today}")
    for finding in shown.findings:
        click.echo(f"  {say(finding)}")
    for role in shown.roles:
        _show_role(role)
    click.echo("Signatures")
    for one in shown.signatures:
        click.echo(
            f"  “{one.meaning}” in {one.phase.shown}, {_until(one.due)}: {_who(one.holder)} ({TITLES[one.role]})"
        )
    click.echo("Figures of Adherence")
    for line in shown.figures:
        click.echo(f"  {line.figure} of {line.holder.place}, {_until(line.due)}: {_who(line.holder)}")


def _show_role(role: RoleShown) -> None:
    click.echo(TITLES[role.role].capitalize())
    for holder in role.holders:
        click.echo(f"  {holder.place}: {_who(holder)}" if holder.place else f"  {_who(holder)}")
    for duty in role.duties:
        click.echo(f"    {duty.code:6} {duty.says}, {_until(duty.due)}")


def _who(holder: Holder) -> str:
    instead = ["the sales leader, for nobody sells there"] if holder.instead else []
    beside = [f"with {', '.join(holder.shared_with)}"] if holder.shared_with else []
    deputies = [f"deputy {_deputy(one)}" for one in holder.deputies]
    yours = ["yours"] if holder.mine else []
    return ", ".join([holder.accountable or "nobody", *instead, *beside, *deputies, *yours])


def _deputy(one: StandIn) -> str:
    return f"{one.name} from {one.since}" + (f" to before {one.until}" if one.until else "")


def _until(due: Due) -> str:
    return f"by {due.date}, working day {due.working_day}"
