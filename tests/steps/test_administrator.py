"""Who keeps accounts sees no plan: every reading is asked as she asks it."""

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable

import pytest

from onenumber.errors import NotAllowedError
from onenumber.jobs import queue
from onenumber.model.sheet import SheetKind
from onenumber.steps import see
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.typing import Asked
from onenumber.steps.registry import STEPS
from onenumber.steps.see.answers import answers_shown
from onenumber.steps.see.bench import bench_seen
from onenumber.steps.see.beyond import papers_beyond
from onenumber.steps.see.briefs import briefs_shown
from onenumber.steps.see.budget import budget_shown
from onenumber.steps.see.cannot import cannot_shown, cannot_tried
from onenumber.steps.see.conflicts import conflict_shown, conflicts_shown
from onenumber.steps.see.customer import customer_seen
from onenumber.steps.see.customer_orders import orders_seen
from onenumber.steps.see.cycle import cycle_bar, plan_that_came_back
from onenumber.steps.see.demand import baseline_of, carried_patches, patches_of
from onenumber.steps.see.demo_clock import demo_clock
from onenumber.steps.see.detail import sheet_detail
from onenumber.steps.see.deviations import deviations_shown
from onenumber.steps.see.digest import digest_of, told_now
from onenumber.steps.see.edits import edits_shown, edits_waiting
from onenumber.steps.see.entry import entry_seen
from onenumber.steps.see.executive import executive_seen
from onenumber.steps.see.export import exported, stage_of
from onenumber.steps.see.family import family_seen
from onenumber.steps.see.final_plan import in_final
from onenumber.steps.see.flow import flow_seen
from onenumber.steps.see.line_load import line_loads
from onenumber.steps.see.line_opened import line_opened
from onenumber.steps.see.loads import findings_of, findings_page, load_of, loads_of
from onenumber.steps.see.maintenance import window_price, windows_seen
from onenumber.steps.see.materials import materials_seen
from onenumber.steps.see.meetings import meeting_seen, meetings_seen
from onenumber.steps.see.milestones import milestones
from onenumber.steps.see.month import my_month, waits_of
from onenumber.steps.see.news_form import news_form
from onenumber.steps.see.orders import orders_shown
from onenumber.steps.see.pack import pack_shown
from onenumber.steps.see.papers import dropped_decisions, papers_shown
from onenumber.steps.see.parameters import amendments_of, parameters_shown, untrue_rates
from onenumber.steps.see.places import find_places, names_at, places_of
from onenumber.steps.see.plan import breaches_of, planned_production, promised_extra
from onenumber.steps.see.plan_cell import plan_cell, typed_since
from onenumber.steps.see.plan_grid import board_seen, plan_grid
from onenumber.steps.see.plants import amendments_beside, plants_seen, plants_untaken
from onenumber.steps.see.questions import questions_heard, questions_shown, questions_waiting
from onenumber.steps.see.risks import risks_shown
from onenumber.steps.see.running import running_month
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.steps.see.sheets import lines_of, sheets_of
from onenumber.steps.see.since import since_freeze, since_of
from onenumber.steps.see.skill import skill_shown
from onenumber.steps.see.supply import (
    accounts_unsaid,
    lines_over_budget,
    open_shortages,
    papers_on_table,
    unloaded,
    without_paper,
)
from onenumber.steps.see.team import team_seen
from onenumber.steps.see.urgent import amended_beside, urgent_shown
from onenumber.steps.see.vendors import vendors_beside, vendors_said, vendors_shown
from onenumber.steps.see.what_if import place_called, what_if
from onenumber.steps.see.worked import decisions_worked
from onenumber.store.models import DigestRow, Plan, SheetVersion
from onenumber.store.plans import find_cycle
from tests.steps.month_for_tests import NOW
from tests.steps.published import *  # noqa: F403 - the published company
from tests.steps.published import accuracy_of, adherence_of, looking

BEFORE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _month(context: Context) -> object:
    """All of My month but how many accounts there are."""
    mine = my_month(context)
    figures = [one for one in mine.blocks if one.code != "accounts"]
    return [*mine.waits, *mine.struck, *mine.sent_back, *mine.changes, *figures] or mine.outcomes


NOT_FOR_THE_ADMINISTRATOR: dict[str, Callable[[Context], object]] = {
    "cycle_bar": lambda context: cycle_bar(context).open_points,
    "patches_of": patches_of,
    "baseline_of": lambda context: baseline_of(context).axis.keys.tolist(),
    "sheet_detail": lambda context: sheet_detail(context, SheetVersion.objects.filter(kind="consensus").get().pk),
    "exported": lambda context: exported(context, SheetKind.CONSENSUS),
    "stage_of": lambda context: stage_of(context, SheetKind.SUPPLY_PLAN),
    "family_seen": lambda context: family_seen(glance(context), "", place="company", money=True),
    "loads_of": loads_of,
    "load_of": lambda context: load_of(context, 1),
    "findings_page": lambda context: findings_page(context, "x"),
    "findings_of": lambda context: findings_of(context, 1),
    "names_at": lambda context: names_at(context, "planning_customer"),
    "places_of": lambda context: places_of(context, find_cycle(context.plan))[1:],
    "whole_of": lambda context: see.places.whole_of(
        context,
        find_cycle(context.plan),
        see.places.place_of(looking(context.plan, "olga"), find_cycle(context.plan), (), "item:A1"),
    ),
    "places_below": lambda context: see.places.places_below(context, find_cycle(context.plan)),
    "place_of": lambda context: see.places.place_of(context, find_cycle(context.plan), (), "item:A1"),
    "told_now": lambda context: told_now(context, find_cycle(context.plan), since=BEFORE, least="all")[1],
    "digest_of": lambda context: digest_of(context, _digest(context.plan)).changes,
    "find_places": lambda context: find_places(context, "", "a"),
    "planned_production": lambda context: planned_production(context, 28).rows(),
    "breaches_of": breaches_of,
    "promised_extra": lambda context: promised_extra(context, 28).rows(),
    "sheets_of": sheets_of,
    "lines_of": lambda context: [line.notes for line in lines_of(context, SheetVersion.objects.all()) if line.notes],
    "accounts_unsaid": accounts_unsaid,
    "open_shortages": open_shortages,
    "without_paper": without_paper,
    "unloaded": unloaded,
    "since_freeze": since_freeze,
    "since_of": lambda context: since_of(glance(context), find_cycle(context.plan)),
    "papers_shown": papers_shown,
    "risks_shown": risks_shown,
    "papers_on_table": lambda context: papers_on_table(context)[0],
    "lines_over_budget": lines_over_budget,
    "dropped_decisions": dropped_decisions,
    "sent_back_shown": sent_back_shown,
    "plan_that_came_back": plan_that_came_back,
    "edits_shown": edits_shown,
    "edits_waiting": edits_waiting,
    "carried_patches": carried_patches,
    "vendors_shown": vendors_shown,
    "accuracy_beside": accuracy_of,
    "adherence_beside": adherence_of,
    "vendors_beside": lambda context: vendors_beside(
        context, lines_of(context, SheetVersion.objects.filter(kind="history"))[0]
    ),
    "vendors_said": lambda context: vendors_said(context, find_cycle(context.plan)),
    "my_month": _month,
    "waits_of": waits_of,
    "demo_clock": lambda context: demo_clock(context, "2026-05"),
    "plan_grid": lambda context: plan_grid(context, "L4"),
    "board_seen": lambda context: board_seen(glance(context), "L4", ""),
    "plan_cell": lambda context: plan_cell(context, "L4", place={"item": "A1"}, period="2026-05"),
    "bench_seen": bench_seen,
    "flow_seen": flow_seen,
    "questions_shown": questions_shown,
    "questions_waiting": questions_waiting,
    "questions_heard": lambda context: questions_heard(glance(context), find_cycle(context.plan)),
    "entry_seen": entry_seen,
    "customer_seen": lambda context: customer_seen(context, "alpha"),
    "orders_seen": lambda context: orders_seen(context).customers,
    "news_form": news_form,
    "what_if": lambda context: what_if(context, "L4", Asked(place={"item": "A1"}, mode="add", value=1.0)),
    "place_called": lambda context: place_called(context, "L4", {"item": "A1"}),
    "typed_since": lambda context: typed_since(context, "L4", 0),
    "answers_shown": answers_shown,
    "briefs_shown": briefs_shown,
    "decisions_worked": decisions_worked,
    "deviations_shown": deviations_shown,
    "executive_seen": executive_seen,
    "papers_beyond": papers_beyond,
    "in_final": in_final,
    "urgent_shown": urgent_shown,
    "amended_beside": lambda context: [
        one for line in sheets_of(looking(context.plan, "olga")) for one in amended_beside(context, line)
    ],
    "skill_shown": lambda context: skill_shown(context, "ana"),
    "team_seen": team_seen,
    "running_month": running_month,
    "orders_shown": orders_shown,
    "parameters_shown": parameters_shown,
    "untrue_rates": untrue_rates,
    "amendments_of": amendments_of,
    "milestones": milestones,
    "budget_shown": budget_shown,
    "conflicts_shown": conflicts_shown,
    "conflict_shown": lambda context: conflict_shown(context, "", "C-01|L1"),
    "pack_shown": pack_shown,
    "line_loads": line_loads,
    "line_opened": lambda context: line_opened(context, "L1", "2026-09"),
    "plants_seen": plants_seen,
    "plants_untaken": plants_untaken,
    "materials_seen": materials_seen,
    "windows_seen": windows_seen,
    "cannot_shown": lambda context: cannot_shown(context, "P1", "A1", "2026-06"),
    "cannot_tried": lambda context: cannot_tried(context, "P1", "A1", "2026-06"),
    "window_price": lambda context: window_price(context, "W1", "2026-08"),
    "amendments_beside": lambda context: amendments_beside(
        context, lines_of(context, SheetVersion.objects.filter(kind="published_plan"))[0]
    ),
    "meetings_seen": meetings_seen,
    "meeting_seen": lambda context: meeting_seen(context, "supply"),
}
"""Every reading of the plan, as it is asked."""
NO_FIGURES = {
    "called", "duties_shown", "everyone", "layer_to_type", "logins_shown", "looking", "messages_shown", "newest_label",
    "people_in", "rehearsal_note", "sees_edit", "sheet_of", "wish_of",
    "refuse_part", "home_of", "part_of",
}  # fmt: skip
"""They tell who looks, what she may see, who does what, who signs in and which cycles there are, or are for steps' own
readers."""


def test_the_administrator_is_shown_no_plan(published: Plan) -> None:
    adam = looking(published, "adam")
    shown = {name: found for name, read in NOT_FOR_THE_ADMINISTRATOR.items() if (found := _unless_refused(read, adam))}
    assert shown == {}


def _digest(plan: Plan) -> DigestRow:
    """What somebody was told of the cycle, whoever it was."""
    now = NOW + dt.timedelta(days=30)
    return DigestRow(plan=plan, cycle=find_cycle(plan), person="omar", since=BEFORE, until=now, least="all", waits=[])


def _unless_refused(read: Callable[[Context], object], context: Context) -> object:
    try:
        return read(context)
    except NotAllowedError:
        return None


def test_every_reading_is_held_to_it() -> None:
    reading = set()
    for module in pkgutil.iter_modules(see.__path__):
        found = importlib.import_module(f"onenumber.steps.see.{module.name}")
        for name, one in inspect.getmembers(found, inspect.isfunction):
            first = next(iter(inspect.signature(one).parameters.values()), None)
            if one.__module__ == found.__name__ and not name.startswith("_") and first is not None:
                reading |= {name} if first.name == "context" else set()
    assert reading == set(NOT_FOR_THE_ADMINISTRATOR) | NO_FIGURES


HERS = ("keep_logins",)
"""What she does; it is done at once, on a page of its own."""


def test_no_step_may_be_put_in_the_queue_by_the_administrator(published: Plan) -> None:
    for name, step in ((name, step) for name, step in STEPS.items() if step.verb not in HERS):
        arguments = {argument.name: (argument.choices or ("x",))[0] for argument in step.arguments}
        if "cycle" in arguments:
            arguments["cycle"] = "2026-05"
        with pytest.raises(NotAllowedError, match="may not"):
            queue.start(looking(published, "adam"), name, arguments)
