"""Looking: where the month stands, its sheets, and a sheet as a workbook."""

import shlex
import sys
from pathlib import Path

import click

from onenumber.cli.database import make_ready
from onenumber.cli.words import figures_line
from onenumber.cycle.words import sentence
from onenumber.files.write import export_csv, export_json, export_xlsx
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.asking import context_for
from onenumber.steps.frame.context import Context
from onenumber.steps.see.around import looking
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.export import exported
from onenumber.steps.see.sheets import sheets_of

PLAN = click.option("--plan", "plan_", default="", help="Key of the plan; the only live one if not given.")
PERSON = click.option("--as", "person", default="", envvar="ONENUMBER_PERSON", help="Key of the person who looks.")
CYCLE = click.option("--cycle", default="", help="Label of the cycle; the newest if not given.")
FORMATS = {".xlsx": export_xlsx, ".json": export_json, ".zip": export_csv}


@click.command()
@PLAN
@PERSON
@CYCLE
def status(plan_: str, person: str, cycle: str) -> None:
    """Where the month stands, and what blocks the gate: each thing as `waive` and `escalate` name it."""
    context = _looking(plan_, person)
    bar = cycle_bar(context, cycle)
    if bar.phase is None:
        click.echo(f"{bar.plan}: no cycle yet. Open one: `onenumber open`.")
        return
    marks = "  ".join(f"{ {'done': '●', 'now': '◐', 'to come': '○'}[m.state] } {m.phase.shown}" for m in bar.marks)
    click.echo(f"{bar.plan}  {bar.cycle}  {marks}  day {bar.working_day} of {bar.working_days}")
    for one in bar.struck:
        click.echo(f"  The signature “{one.meaning}” of {one.signer} was struck through: {one.because}")
    for point in bar.open_points:
        who = ", ".join(point.people) or f"nobody holds {point.role}"
        click.echo(f"  {shlex.join([point.code, point.subject])}: {sentence(point.said, point.name)} ({who})")
    if not looking(context).sees_plan:
        click.echo("  Say who you are to see what its end waits for: --as PERSON.")
    elif not bar.open_points:
        click.echo("  Nothing blocks the gate.")


@click.command()
@PLAN
@PERSON
@CYCLE
def sheets(plan_: str, person: str, cycle: str) -> None:
    """The sheets of a cycle, what each was made from and who signed."""
    for line in sheets_of(_looking(plan_, person), cycle):
        name = f"{line.stage} {line.kind}".strip().replace("_", " ")
        stale = f"  STALE: {line.stale_because}" if line.stale_because else ""
        click.echo(
            f"{name:22} {line.content[:12]}  {line.state:9}  from {', '.join(map(str, line.parents)) or '–'}{stale}"
        )
        click.echo(f"  {line.made_at:%Y-%m-%d %H:%M} by {line.person}: {figures_line(line.notes)}")
        for mark in line.signatures:
            struck = f"  struck through: {mark.struck_because}" if mark.struck_because else ""
            click.echo(f"  signed ({mark.verb.replace('_', ' ')}) by {mark.person}{struck}")


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in SheetKind]))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="File: .xlsx, .json or .zip of CSV.")
@click.option("--stage", default="", help="proposed or final, for a supply plan.")
@PLAN
@PERSON
@CYCLE
def export(kind: str, out: Path, stage: str, plan_: str, person: str, cycle: str) -> None:
    """Write a sheet to a workbook, JSON or CSV, as far as you may read it."""
    if out.suffix not in FORMATS:
        click.echo(f"{out.suffix or 'No ending'} is not known. Name the file .xlsx, .json or .zip (CSV).", err=True)
        sys.exit(2)
    tables = exported(_looking(plan_, person), SheetKind(kind), cycle, stage)
    out.write_bytes(FORMATS[out.suffix](tables))
    click.echo(f"{kind}: {len(tables)} tables written to {out}")


def _looking(plan: str, person: str) -> Context:
    make_ready()
    return context_for(plan, person=person)
