"""How much a step asks of the store, and that what it keeps at hand is never old."""

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.gates import gate_facts, open_blockers, waivers_of
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.layers import board
from onenumber.steps.frame.typing import Asked
from onenumber.steps.registry import STEPS
from onenumber.store.models import SheetVersion
from onenumber.store.plans import find_cycle
from onenumber.store.versions_found import every_version, newest_content, newest_version
from tests import tiny
from tests.steps.month_for_tests import NOW


def asked(work):
    """The reads of a piece of work."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured if query["sql"].startswith("SELECT")]


def test_a_context_asks_for_the_company_and_for_the_name_only_where_it_is_said(in_demand, plan):
    assert len(asked(lambda: make_context(plan, person="ana", now=NOW))) == 1
    ana = make_context(plan, person="ana", now=NOW).actor
    assert len(asked(lambda: ana.called)) == 1


def test_gates_ask_once_for_sheets_signatures_patches_and_decisions(agreed, asking, plan):
    cycle = find_cycle(plan)
    waived = waivers_of(cycle)
    # the context's own; then versions, in which tables anything stands, signatures and patches
    assert len(asked(lambda: gate_facts(asking("olga"), cycle, waived))) == 1 + 4
    look = glance(asking("olga"))
    look.made(cycle)
    assert len(asked(lambda: open_blockers(look, cycle))) == 3  # which tables, signatures and patches


def test_what_an_edit_asks_does_not_grow_with_what_was_typed(in_demand, act, asking, plan):
    def type_one(value):
        act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=value)

    type_one(90.0)
    second = asked(lambda: type_one(91.0))
    for value in range(5):
        type_one(100.0 + value)
    assert len(asked(lambda: type_one(92.0))) == len(second)
    assert len(second) == 10  # one of them: whether the demand is signed


def test_our_own_sql_finds_what_django_finds(agreed, plan):
    cycle = find_cycle(plan)
    made = list(SheetVersion.objects.filter(cycle=cycle).order_by("sequence", "pk"))
    assert [(one.pk, one.made_at, one.notes) for one in every_version(plan.pk, cycle.pk)] == [
        (one.pk, one.made_at, one.notes) for one in made
    ]
    places = {(plan.pk, cycle.pk, one.kind, one.stage) for one in made} | {(plan.pk, None, "load", "")}
    for place in sorted(places, key=str):
        of = dict(zip(("plan", "cycle", "kind", "stage"), place, strict=True))
        newest = SheetVersion.objects.filter(**of).order_by("-sequence").first()
        found = newest_version(place)
        assert (found, found.settings, found.edits) == (newest, newest.settings, newest.edits)
        assert newest_content(place) == newest.content
    nowhere = (plan.pk, cycle.pk, "adherence", "")
    assert (newest_version(nowhere), newest_content(nowhere)) == (None, None)


def test_a_batch_asks_as_little_as_one_edit(in_demand, asking):
    def type_many(*values):
        many = [Asked(place={"item": "A1"}, mode="set", value=value) for value in values]
        STEPS["edit"].do(asking("ana"), {"layer": "L2", "asked": many})

    type_many(90.0)
    first = asked(lambda: type_many(91.0))
    assert len(asked(lambda: type_many(92.0, 93.0, 94.0))) == len(first)


def test_a_board_reads_every_layer_at_once(in_demand, act, asking, plan):
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0)
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=5.0)
    context, cycle = asking("dora"), find_cycle(plan)
    first = board(context, cycle, "L4")
    assert len(asked(lambda: board(context, cycle, "L4"))) == 3  # sheets of the cycle, layers, what was typed in them
    names, baseline = first.axis.attributes, context.sheet(SheetKind.FORECAST, cycle).cube("L1").values[:, 0]
    others = (names["item"] == "A1") & (names["patch"] != "Nord")
    assert first.shown.values[names["item"] == "A1", 0].sum() == pytest.approx(90.0 + baseline[others].sum() + 5.0)


def test_a_role_that_is_loaded_holds_at_once(loaded, act, asking, plan, tmp_path):
    assert "DP" not in make_context(plan, person="ben", now=NOW).actor.roles
    mine = tiny.tables()["roles"].filter(pl.col("person") == "dora").with_columns(pl.lit("ben").alias("person"))
    act("olga", "load", folder=tiny.write(tmp_path / "roles", {"roles": mine}))
    assert "DP" in make_context(plan, person="ben", now=NOW).actor.roles
