"""Looking: where the month stands, its sheets, and a sheet as a workbook."""

import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from onenumber.cli.database import make_ready
from onenumber.cli.out import OutFile
from onenumber.cli.words import figures_line, notes_line, show_number
from onenumber.cycle.signatures import rule_of
from onenumber.cycle.words import TITLES, sentence
from onenumber.errors import NoSheetError
from onenumber.files.write import export_csv, export_json, export_xlsx
from onenumber.model.finding import Value
from onenumber.model.sentences import say
from onenumber.model.sheet import SheetKind
from onenumber.model.sheet_names import sheet_name
from onenumber.review.papers.words import say_change
from onenumber.steps.frame.asking import context_for, somebody
from onenumber.steps.frame.context import Context
from onenumber.steps.see.around import looking, rehearsal_note
from onenumber.steps.see.cycle import cycle_bar, plan_that_came_back
from onenumber.steps.see.edits import EditShown, edits_shown, edits_waiting
from onenumber.steps.see.export import exported, stage_of
from onenumber.steps.see.papers import Effect, OptionShown, PaperShown, dropped_decisions, papers_shown
from onenumber.steps.see.risks import NewsShown, risks_shown
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.steps.see.sheets import SheetLine, sheets_of
from onenumber.steps.see.since import since_freeze
from onenumber.steps.see.urgent import urgent_shown

PLAN = click.option("--plan", "plan_", default="", help="Key of the plan; the only live one if not given.")
PERSON = click.option("--as", "person", default="", envvar="ONENUMBER_PERSON", help="Key of the person who looks.")
CYCLE = click.option("--cycle", default="", help="Label of the cycle; the newest if not given.")
PLAYED = " (played)"
"""Beside what a demo did by itself."""
FORMATS = {".xlsx": export_xlsx, ".json": export_json, ".zip": export_csv}


@click.command()
@PLAN
@PERSON
@CYCLE
def status(plan_: str, person: str, cycle: str) -> None:
    """Where the month stands, and what blocks the gate: each thing as `waive` and `escalate` name it."""
    context = opening(plan_, person)
    bar = cycle_bar(context, cycle)
    if bar.phase is None:
        click.echo(f"{bar.plan}: no cycle yet. Open one: `onenumber open`.")
        return
    marks = "  ".join(f"{ {'done': '●', 'now': '◐', 'to come': '○'}[m.state] } {m.phase.shown}" for m in bar.marks)
    click.echo(f"{bar.plan}  {bar.cycle}  {marks}  day {bar.working_day} of {bar.working_days}")
    for one in bar.struck:
        click.echo(f"  The signature “{one.meaning}” of {one.signer} was struck through: {one.because}")
    for point in bar.open_points:
        who = ", ".join(point.people) or f"nobody is {TITLES[point.role]}"
        click.echo(f"  {shlex.join([point.code, point.subject])}: {sentence(point.said, point.name)} ({who})")
    _say_played(sheets_of(context, cycle))
    since = since_freeze(context, cycle)
    if since is not None:
        click.echo(f"  {say(since.finding)}")
    for tells in (plan_that_came_back, dropped_decisions, sent_back_shown):
        for finding in tells(context, cycle):
            click.echo(f"  {say(finding)}")
    if not looking(context).sees_plan:
        click.echo("  Say who you are to see what its end waits for: --as PERSON.")
    elif not bar.open_points:
        click.echo("  Nothing blocks the gate.")


def _say_played(lines: Sequence[SheetLine]) -> None:
    made = sum(line.played for line in lines)
    signed = sum(mark.played for line in lines for mark in line.signatures)
    if made or signed:
        click.echo(
            f"  Played by the demo's clock, not typed: {made} sheets and {signed} signatures; `sheets` marks them."
        )


@click.command()
@PLAN
@PERSON
@CYCLE
def sheets(plan_: str, person: str, cycle: str) -> None:
    """The sheets of a cycle, what each was made from and who signed."""
    context = opening(plan_, person)
    lines = sheets_of(context, cycle)
    if not looking(context).sees_plan:
        click.echo("Say who you are to see the sheets of a cycle: --as PERSON.")
    elif not lines:
        click.echo("There is no sheet yet. Make the first: `onenumber freeze`.")
    for line in lines:
        name = sheet_name(line.kind, line.stage, line.sequence)
        stale = f"  STALE: {line.stale_because}" if line.stale_because else ""
        click.echo(
            f"{name:26} {line.content[:12]}  {line.state:9}  from {'; '.join(map(str, line.parents)) or '–'}{stale}"
        )
        click.echo(
            f"  {line.made_at:%Y-%m-%d %H:%M} by {line.person}{PLAYED if line.played else ''}"
            f"{': ' if line.notes else ''}{notes_line(line.notes)}"
        )
        for mark in line.signatures:
            struck = f"  struck through: {mark.struck_because}" if mark.struck_because else ""
            click.echo(
                f"  signed “{rule_of(mark.verb).meaning}” by {mark.signer}{PLAYED if mark.played else ''}{struck}"
            )


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in SheetKind]))
@click.option("-o", "--out", required=True, type=OutFile(*FORMATS), help="File: .xlsx, .json or .zip of CSV.")
@click.option("--stage", default="", help="Of a plan or decision, e.g. final; the newest if not given.")
@PLAN
@PERSON
@CYCLE
def export(kind: str, out: Path, stage: str, plan_: str, person: str, cycle: str) -> None:
    """Write a sheet to a workbook, JSON or CSV, as far as you may read it."""
    context = _looking(plan_, person)
    found = stage_of(context, SheetKind(kind), cycle, stage)
    tables = exported(context, SheetKind(kind), cycle, found)
    out.write_bytes(FORMATS[out.suffix](tables))
    click.echo(f"{sheet_name(kind, found)}: {len(tables)} {'table' if len(tables) == 1 else 'tables'} written to {out}")


@click.command()
@PLAN
@PERSON
@CYCLE
def edits(plan_: str, person: str, cycle: str) -> None:
    """What stands in the layers of a cycle: edit by edit, where it was carried from and until when it lives."""
    context = opening(plan_, person)
    shown = edits_shown(context, cycle)
    for one in shown:
        months = one.first if one.first == one.last else f"{one.first} to {one.last}"
        value = "" if one.value is None else f" {one.value:g}"
        who = f"{one.person} ({TITLES.get(one.role, one.role)})"
        click.echo(f"{one.layer} {one.sequence}  {one.place}, {months}: {one.mode}{value}{_came_to(one)} by {who}")
        lives = [f"carried from {one.carried_from}"] if one.carried_from else []
        lives += [f"until {one.until}"] if one.until else []
        if lives or one.reason:
            click.echo(f"  {' · '.join([*lives, *filter(None, [one.reason])])}")
    waits = edits_waiting(context, cycle)
    for finding in waits:
        click.echo(say(finding))
    if not shown and not waits:
        click.echo("Nothing that you may see was typed in this cycle.")


def _came_to(one: EditShown) -> str:
    """What an edit added when it was typed, over all its months."""
    added = [f"{'+' if value > 0 else ''}{show_number(value)} {unit}" for unit, value in one.came_to.items()]
    return f" ({', '.join(added)})" if added else ""


@click.command()
@PLAN
@PERSON
@CYCLE
def papers(plan_: str, person: str, cycle: str) -> None:
    """The decision papers of a cycle: what each asks, and every option with what it costs and who gains.

    Emergencies between meetings come first.
    """
    looking = _looking(plan_, person)
    urgent = urgent_shown(looking, cycle)
    for one in urgent:
        _tell_paper(one.paper, looking.frame().currency)
        who = ", ".join(one.deciders)
        stands = one.state.replace("_", " ")
        click.echo(f"  named by {one.author}: {one.reason}; {stands}, until {one.expires_at:%Y-%m-%d %H:%M} ({who})")
    try:
        shown = papers_shown(looking, cycle)
    except NoSheetError:
        if not urgent:
            raise
        return
    for paper in shown.papers:
        _tell_paper(paper, shown.currency)
    if shown.unpriced is not None:
        click.echo(say(shown.unpriced))
    for held in shown.held:
        click.echo(f"In force: {held.paper} {held.option} by {held.decided_by}. {say_change(held.change)}")
    for finding in (*shown.dropped, *shown.sent_back):
        click.echo(say(finding))
    if not shown.papers:
        click.echo("No paper is on the table.")


def _tell_paper(paper: PaperShown, currency: str) -> None:
    click.echo(f"{paper.paper}: {say(paper.question)}")
    click.echo(f"  {_paper_line(paper, currency)}")
    for one in paper.options:
        told = [f"{word} {_effect(effect)}" for word, effects in _sides(one) for effect in effects]
        click.echo(f"  {one.option}  {say_change(one.change)}")
        click.echo(f"     {' · '.join([_cost_line(one, currency), *told])}")


def _paper_line(paper: PaperShown, currency: str) -> str:
    return figures_line(
        {
            f"at risk {currency}": paper.money_at_risk, "by": str(paper.deadline), "level": paper.level,
            "recommended": paper.recommended, "otherwise": paper.default, "state": paper.state,
        }
    )  # fmt: skip


def _cost_line(one: OptionShown, currency: str) -> str:
    units = {} if one.net_cost is not None else {"lost_units": one.lost_units, "late_units": one.late_units}
    return figures_line({f"net cost {currency}": one.net_cost, f"extra cost {currency}": one.extra_cost, **units})


def _sides(one: OptionShown) -> tuple[tuple[str, tuple[Effect, ...]], ...]:
    return ("gains", one.gains), ("waits", one.waits)


def _effect(effect: Effect) -> str:
    return f"{effect.division} ({figures_line({'revenue': effect.revenue, 'late_units': effect.late_units})})"


@click.command()
@PLAN
@PERSON
@CYCLE
def risks(plan_: str, person: str, cycle: str) -> None:
    """Risks and opportunities: the news that is not in the number, undecided or out; then the news that is."""
    shown = risks_shown(_looking(plan_, person), cycle)
    part = "" if shown.whole else " (your part)"
    click.echo(f"Risks and opportunities of {shown.cycle}{part}:{'' if shown.risks else ' none'}")
    for one in shown.risks:
        click.echo(f"  {_news_line(one)}")
        click.echo(f"     {figures_line(_news_figures(one, shown.currency))}")
    for word, sums in _expected(shown.risks).items():
        click.echo(f"  {word}: {figures_line({f'{name} {shown.currency}': value for name, value in sums.items()})}")
    if shown.taken:
        click.echo("In the number:")
    for one in shown.taken:
        click.echo(f"  {_news_line(one)}")
    if shown.beyond:
        said = "move by more than half of their baseline; who signs the demand approves that."
        click.echo(f"  {shown.beyond} cells of L3 {said}")


def _news_line(one: NewsShown) -> str:
    months = f", {one.first} to {one.last}" if one.first else ""
    kind = one.kind.replace("_", " ")
    number = f"{one.number} of {one.of}" if one.of else f"{one.number}"
    said = f"{number} {one.stand.value}: {kind} at {one.place}{months}. {one.text}"
    source = f"{one.author}, {one.patch}" if one.patch else one.author
    return f"{said} ({source})" + (f" Because: {one.because}" if one.because else "")


def _news_figures(one: NewsShown, currency: str) -> dict[str, Value]:
    amount = one.amount
    known = {} if amount is None or amount.coverage in {0.0, 1.0} else {"share with a price": amount.coverage}
    return {
        f"units {amount.unit if amount is not None else ''}".strip(): amount.units if amount is not None else None,
        f"revenue {currency}": amount.revenue if amount is not None else None,
        **known,
        "probability": one.probability,
        f"expected {currency}": one.expected,
    }


def _expected(risks: Sequence[NewsShown]) -> dict[str, dict[str, float]]:
    """The sums of the risks and of the opportunities: what is to be expected, and the most it can come to."""
    sums: dict[str, dict[str, float]] = {}
    for one in risks:
        if one.amount is not None and one.amount.revenue is not None and one.expected is not None:
            word = "Risks" if one.amount.revenue < 0 else "Opportunities"
            found = sums.setdefault(word, {"expected": 0.0, "at most": 0.0})
            found["expected"] += one.expected
            found["at most"] += one.amount.revenue
    return sums


def opening(plan: str, person: str) -> Context:
    """The context of who looks at a plan; where it is a rehearsal, that is said first."""
    context = _looking(plan, person)
    note = rehearsal_note(context)
    if note:
        click.echo(note)
    return context


def _looking(plan: str, person: str) -> Context:
    make_ready()
    return somebody(context_for(plan, person=person))
