"""`onenumber play`: rehearse whole cycles on a folder of data."""

from pathlib import Path

import click

from onenumber.cli.database import make_ready
from onenumber.cli.words import notes_line
from onenumber.jobs.month import Played
from onenumber.jobs.play import rehearse
from onenumber.model.finding import counted
from onenumber.model.sheet_names import sheet_name

ALWAYS_SHOWN = ("load", "decide")


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder.")
@click.option("--from", "first", required=True, help="Label of the first cycle, e.g. 2014-04.")
@click.option("--to", "last", required=True, help="Label of the last cycle.")
def play(data: Path, first: str, last: str) -> None:
    """Rehearse whole cycles unattended, in a plan of its own that can never be the plan of record."""
    make_ready()
    for played in rehearse(data, first=first, last=last, progress=_progress):
        _show(played)


def _progress(done: int, total: int, message: str) -> None:
    click.echo(f"\r  {message} ({done} of {total})\033[K\r", nl=False, err=True)


def _show(played: Played) -> None:
    step, outcome = played.act.step, played.outcome
    if step == "open":
        click.echo(f"\n{outcome.figures['cycle']}")
    if not outcome.versions and step not in ALWAYS_SHOWN:
        return
    kinds = " + ".join(sheet_name(v.kind, v.stage) for v in outcome.versions) or step
    content = outcome.versions[-1].content[:12] if outcome.versions and step != "sign" else ""
    when = f"{played.at:%d %b} {step:9} {played.seconds:6.1f} s"
    click.echo(f"{when}  {kinds:34} {content:13}{notes_line(outcome.figures)}")
    counts = [f"{count} {code.replace('_', ' ')}" for code, count in counted(outcome.findings).most_common()]
    if counts:
        click.echo(f"{'':30}findings: {', '.join(counts)}")
