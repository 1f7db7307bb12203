"""What a step must refuse or hold together: one test for each way in which a month could be bent."""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from onenumber.errors import (
    BadArgumentError,
    CannotSignError,
    CannotWaiveError,
    EarlierCycleError,
    GateClosedError,
    NotAllowedError,
    NoWayOnError,
    OutsideHorizonError,
    PatchClosedError,
    PhaseMovedError,
    StaleEditError,
)
from onenumber.jobs import queue
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.ask import Actor, Grant
from onenumber.steps import advance, collect, measure, reopen
from onenumber.steps.frame import gates, typing
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.reading import Reader
from onenumber.steps.registry import STEPS
from onenumber.steps.see.supply import open_shortages, without_paper
from onenumber.store.models import AuditRow, Cycle, EditRow, Job, Plan, SheetVersion, SubmissionRow, WaiverRow
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.steps.conftest import Act
from tests.steps.month_for_tests import (
    LINES,
    NOW,
    OVERTIME,
    PAPER,
    do,
    short_of,
    squeezed,
    to_executive,
    to_final,
    to_review,
    to_supply,
    version,
)

Asking = Callable[[str], Context]
SIX_UNITS = {"layer": "L4", "place": {"item": "A1"}, "mode": "add", "value": 6.0}


def test_a_signature_is_never_waived(in_demand: None, act: Act, asking: Asking, plan: Plan) -> None:
    with pytest.raises(CannotWaiveError) as refused:
        act("olga", "waive", code="not_signed", subject="demand agreed", reason="she is on holiday")
    assert str(refused.value) == (
        "demand agreed (not signed) cannot be waived: it stands for somebody's name, and only she can give it."
    )
    WaiverRow.objects.create(
        plan=plan, cycle=find_cycle(plan), code="not_signed", subject="demand agreed", person="olga", reason="-", at=NOW
    )  # one of an older version of the software
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "submit", patch=patch)
        act("ines", "accept", patch=patch)
    act("ines", "collect")
    act("dora", "agree")
    assert [b.code for b in gates.open_blockers(asking("olga"), find_cycle(plan))] == ["not_signed"]


def test_a_waiver_needs_a_reason(in_demand: None, act: Act) -> None:
    with pytest.raises(CannotWaiveError, match=r"Nord \(patch open\) cannot be waived: a waiver needs a reason"):
        act("olga", "waive", code="patch_open", subject="Nord", reason=" ")


@pytest.mark.parametrize(("first", "periods"), [("2026-03", 1), ("2026-10", 2), ("2026-11", 1), ("2026-06", 0)])
def test_nothing_is_typed_outside_the_horizon(in_demand: None, act: Act, plan: Plan, first: str, periods: int) -> None:
    with pytest.raises(OutsideHorizonError) as refused:
        act("dora", "edit", **SIX_UNITS, first=first, periods=periods)
    assert str(refused.value) == (
        f"{periods} periods from {first} are not all in the horizon, which is 2026-05 to 2026-10. Type inside it."
    )
    assert not EditRow.objects.filter(plan=plan).exists()


def test_an_edit_that_nobody_was_shown_is_not_written_over(
    in_demand: None, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    _during_an_edit(monkeypatch, lambda: act("dora", "edit", **SIX_UNITS))
    with pytest.raises(StaleEditError, match="moved since you looked: Dora Lind changed A1"):
        act("dora", "edit", **SIX_UNITS)


def test_a_patch_handed_in_while_somebody_types_is_closed(
    in_demand: None, act: Act, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    _during_an_edit(monkeypatch, lambda: act("ana", "submit", patch="Nord"))
    with pytest.raises(PatchClosedError, match="Patch Nord is submitted: its figures are closed"):
        act("ana", "edit", layer="L2", place={"item": "A1"}, mode="add", value=6.0)
    assert not EditRow.objects.filter(plan=plan).exists()


def test_a_phase_that_ends_while_somebody_types_closes_the_layer(
    in_demand: None, act: Act, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    _during_an_edit(monkeypatch, lambda: Cycle.objects.filter(plan=plan).update(phase="SUPPLY"))
    with pytest.raises(PhaseMovedError, match="2026-05 was in Demand when you looked, and is in Supply now"):
        act("dora", "edit", **SIX_UNITS)
    assert not EditRow.objects.filter(plan=plan).exists()


def _during_an_edit(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Something happens after the next edit was worked out and before it is written."""
    moved = typing._moved

    def late(*arguments: object) -> object:
        monkeypatch.setattr(typing, "_moved", moved)
        change = moved(*arguments)
        happens()
        return change

    monkeypatch.setattr(typing, "_moved", late)


def test_an_edit_with_what_was_seen_is_refused_by_name_and_taken_elsewhere(in_demand: None, act: Act) -> None:
    act("ines", "edit", layer="L5", place={"item": "A1"}, mode="add", value=6.0, periods=1)
    with pytest.raises(StaleEditError) as refused:
        act("ines", "edit", layer="L5", place={"family": "FA"}, mode="add", value=9.0, periods=1, seen=0)
    assert str(refused.value).startswith("3 of these cells moved since you looked: Ines Duarte changed A1")
    act("ines", "edit", layer="L5", place={"item": "B1"}, mode="add", value=9.0, periods=1, seen=0)
    assert act("ines", "edit", layer="L5", place={"family": "FA"}, mode="add", value=9.0, seen=2).figures[
        "sequence"
    ] == 3  # fmt: skip


def test_a_phase_moves_once_for_two_who_end_it_at_the_same_time(
    loaded: None, act: Act, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    looked = find_cycle(asking("olga").plan)
    act("olga", "advance")
    for step, seen, arguments in (
        (advance, "DATA", {}),
        (reopen, "SUPPLY", {"phase": "DATA", "reason": "late"}),
    ):
        looked.phase = seen
        monkeypatch.setattr(step, "find_cycle", lambda *_: looked)
        with pytest.raises(PhaseMovedError, match="when you looked, and is in Demand now"):
            step.run(asking("olga"), **arguments)
    assert find_cycle(looked.plan).phase == "DEMAND"


def test_what_was_signed_is_a_draft_again_once_its_signature_is_struck(agreed: None, act: Act, plan: Plan) -> None:
    assert version(plan, SheetKind.CONSENSUS).state == "signed"
    act("olga", "advance")
    act("olga", "reopen", phase="DEMAND", reason="the fair")
    assert version(plan, SheetKind.CONSENSUS).state == "draft"
    act("ines", "sign", verb="sign_demand")
    assert version(plan, SheetKind.CONSENSUS).state == "signed"


def test_the_sales_input_and_the_defaults_it_rests_on_are_written_together(
    in_demand: None, act: Act, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "_default", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        act("ines", "collect")
    assert not SheetVersion.objects.filter(plan=plan, kind="sales_input").exists()
    monkeypatch.undo()
    act("ines", "collect")
    assert sorted(SubmissionRow.objects.filter(plan=plan).values_list("patch", "state")) == [
        ("Nord", "defaulted"), ("South", "defaulted"),
    ]  # fmt: skip


def test_whoever_a_deputy_made_it_for_does_not_sign_it(in_demand: None, act: Act, asking: Asking) -> None:
    act("ines", "collect")
    context = asking("dora")
    away = Actor(person="dora", grants=(Grant(role="DP", scope="*", deputy_for="ines"),))
    STEPS["agree"].run(context.speaking_as(away))
    with pytest.raises(CannotSignError, match="Ines Duarte made it; another signs it"):
        act("ines", "sign", verb="sign_demand")


def test_a_cycle_before_the_newest_is_not_opened(in_demand: None, act: Act, plan: Plan) -> None:
    Cycle.objects.filter(plan=plan).update(phase="MONITOR")
    with pytest.raises(EarlierCycleError) as refused:
        act("olga", "open", period="2026-04")
    assert str(refused.value) == (
        "Cycle 2026-04 cannot open: 2026-05 is later and was opened already. Cycles go forward in time."
    )
    assert find_cycle(plan).phase == "MONITOR"


class Nobody:
    """A queue that nobody works off."""

    @staticmethod
    def enqueue(pk: int) -> None:
        """Wait for ever."""


def test_a_job_asks_the_right_of_its_own_arguments(
    in_demand: None, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "run_job", Nobody)
    l4 = {"layer": "L4", "place": {"item": "A1"}, "mode": "add", "value": 1.0}
    with pytest.raises(NotAllowedError, match="may not propose a planner's change: only the demand planner may"):
        queue.start(asking("ana"), "edit", l4)
    assert queue.start(asking("dora"), "edit", l4)
    with pytest.raises(NotAllowedError, match="may not sign the supply plan: only the operations leader may"):
        queue.start(asking("ines"), "sign", {"verb": "sign_supply"})
    assert queue.start(asking("ana"), "submit", {"patch": "Nord"})


def test_a_job_is_stopped_and_started_again_by_who_asked_or_owns_the_process(
    in_demand: None, asking: Asking, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "run_job", Nobody)
    pk = queue.start(asking("dora"), "forecast", {})
    for touch in (queue.cancel, queue.start_again):
        with pytest.raises(NotAllowedError, match="only who asked for it and the process owner may"):
            touch(asking("ana"), pk)
    assert not Job.objects.get(pk=pk).cancel_wanted
    queue.cancel(asking("olga"), pk)
    assert Job.objects.get(pk=pk).cancel_wanted


def test_tidy_leaves_the_files_of_a_step_that_is_about_to_write_its_row(loaded: None, act: Act, asking: Asking) -> None:
    store = asking("olga").versions
    young, old = (store.put(Sheet(kind=SheetKind.LOAD, notes={"n": n})) for n in (1, 2))
    listed = store.put(Sheet(kind=SheetKind.LOAD, notes={"n": 3}))
    plan = asking("olga").plan
    Job.objects.create(
        plan=plan, step="load", arguments={"folder": "x"}, pins={}, person="olga", key="k", made_at=NOW,
        result={"listed": listed},
    )  # fmt: skip
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC).timestamp()
    for content in (old, listed):
        os.utime(store.path(content), (long_ago, long_ago))
    assert act("olga", "tidy").figures["files_removed"] == 1
    assert (store.has(young), store.has(old), store.has(listed)) == (True, False, True)


def test_a_shortage_that_lies_nowhere_blocks_the_signature_by_its_cause(
    agreed: None, act: Act, asking: Asking, plan: Plan
) -> None:
    act("olga", "advance")
    act("sven", "plan")
    context = asking("omar")
    short_of(plan, [("no_route", "", 28)])
    assert open_shortages(context) == ("no_route",)
    act("sven", "escalate", subject="no_route", reason="a site is missing")
    assert open_shortages(context) == ()


def test_what_only_time_could_cure_in_the_firm_period_goes_up_as_one(
    agreed: None, act: Act, asking: Asking, plan: Plan
) -> None:
    act("olga", "advance")
    act("sven", "plan")
    context, now = asking("omar"), plan.cycles.get().index
    time = [("lead_time", "A1|P", now), ("lead_time", "B1|P", now), ("lead_time", "B1|P", now + 1)]
    short_of(plan, [*time, ("capacity", "L1", now)])
    assert open_shortages(context) == ("B1|P", "L1", "firm period")
    act("sven", "escalate", subject="firm period", reason="promised for next month")
    assert open_shortages(context) == ("B1|P", "L1")


def test_what_was_escalated_and_has_no_paper_blocks_the_review_until_somebody_says_why(
    plan: Plan, tmp_path: Path
) -> None:
    do(plan, "olga", "load", folder=tiny.write(tmp_path / "data", squeezed()))
    to_supply(plan)
    to_review(plan)
    do(plan, "olga", "prepare")
    context = make_context(plan, person="olga", now=NOW)
    assert without_paper(context) == ()
    papers = version(plan, SheetKind.DECISION, "papers")
    sheet = context.versions.get(papers.content)
    papers.content = context.versions.put(replace(sheet, tables={n: t.clear() for n, t in sheet.tables.items()}))
    papers.save(update_fields=["content"])
    assert without_paper(context) == ("L1",)
    with pytest.raises(CannotSignError, match="L1"):
        do(plan, "omar", "sign", verb="sign_review")
    do(plan, "olga", "waive", code="conflict_open", subject="L1", reason="no other way is known")
    assert do(plan, "omar", "sign", verb="sign_review").figures["signed"] == "recommended"


def test_the_plan_in_force_is_one_that_was_published(agreed: None, act: Act, asking: Asking, plan: Plan) -> None:
    made = version(plan, SheetKind.CONSENSUS)
    fields = {"plan": plan, "cycle": made.cycle, "kind": "published_plan", "schema": 1, "step": "publish",
              "person": "olga", "settings": {}, "seed": 0, "code_version": "", "notes": {}, "edits": {}}  # fmt: skip
    real = SheetVersion.objects.create(sequence=1, content=made.content, state="published", made_at=NOW, **fields)
    SheetVersion.objects.create(
        sequence=2, content="0" * 64, state="draft", stale_because="moved", made_at=NOW, **fields
    )
    reader = Reader(asking("olga"), find_cycle(plan))
    found = measure._in_force(asking("olga"), reader, dt.date(2026, 6, 1))
    assert found is not None
    assert found.kind is SheetKind.CONSENSUS  # the content of the published row
    assert reader.pins.parents == (real,)


def test_who_acts_for_another_is_in_the_audit_with_both_names(in_demand: None, asking: Asking, plan: Plan) -> None:
    deputy = Actor(person="ben", grants=(Grant(role="SP", scope="Nord", deputy_for="ana"),))
    STEPS["submit"].run(asking("ben").speaking_as(deputy), patch="Nord")
    row = AuditRow.objects.filter(plan=plan, verb="submit").get()
    assert (row.person, row.deputy_for) == ("ben", "ana")


def test_the_data_do_not_pass_while_much_of_the_value_has_no_price(act: Act, tmp_path: Path, asking: Asking) -> None:
    dear = tiny.tables()
    dear["prices"] = dear["prices"].filter(pl.col("item") != "B1")  # 27 of 100 of the value, twice a cost of 8
    act("nobody yet", "load", folder=tiny.write(tmp_path / "data", dear))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    with pytest.raises(GateClosedError, match=r"prices are known for only \d\d\.\d% of value \(finance\)"):
        act("olga", "advance")
    (blocker,) = gates.open_blockers(asking("olga"), find_cycle(asking("olga").plan))
    act("olga", "waive", code=blocker.code, subject=blocker.subject, reason="B1 is priced next week")
    assert act("olga", "advance").figures["phase"] == "Demand"


@pytest.mark.parametrize(
    ("step", "arguments", "sentence"),
    [
        ("decide", {"paper": "p", "how": "perhaps"},
         "decide cannot be asked with how 'perhaps': it is one of decided, refused, deferred, withdrawn."),
        ("submit", {}, "submit cannot be asked without patch: it is needed."),
        ("tidy", {"all": True}, "tidy cannot be asked with all True: it has no arguments."),
    ],
)  # fmt: skip
def test_a_job_takes_only_the_arguments_of_its_step(
    plan: Plan, asking: Asking, step: str, arguments: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadArgumentError) as refused:
        queue.start(asking("olga"), step, arguments)
    assert str(refused.value) == sentence
    assert not Job.objects.exists()


def test_a_budget_line_taken_back_after_the_approval_closes_the_gate_again(plan: Plan, tmp_path: Path) -> None:
    do(plan, "-", "load", folder=tiny.write(tmp_path / "data", squeezed()))
    to_final(plan)
    do(plan, "omar", "sign", verb="confirm_final")
    for line in LINES:
        do(plan, "eva", "decide", paper=line, option="accept")
    do(plan, "eva", "sign", verb="approve_final")
    do(plan, "eva", "decide", paper=LINES[0], how="withdrawn")
    said = rf"Executive cannot end yet: budget line revenue of DA .{LINES[0]}. is out of tolerance"
    with pytest.raises(GateClosedError, match=said):
        do(plan, "olga", "advance")


def test_a_paper_is_decided_by_a_named_option_and_withdrawn_only_after(plan: Plan, tmp_path: Path) -> None:
    do(plan, "-", "load", folder=tiny.write(tmp_path / "data", squeezed()))
    to_supply(plan)
    to_executive(plan)
    with pytest.raises(BadArgumentError, match=rf"decide cannot be asked without option: {PAPER} has A, B, .*papers`"):
        do(plan, "eva", "decide", paper=PAPER)
    with pytest.raises(BadArgumentError, match=rf"nothing was decided on {PAPER} that could be withdrawn"):
        do(plan, "eva", "decide", paper=PAPER, how="withdrawn")


def test_a_no_goes_back_with_a_sentence_an_owner_and_a_date_and_is_open_again_after_it(
    plan: Plan, tmp_path: Path
) -> None:
    do(plan, "olga", "load", folder=tiny.write(tmp_path / "data", squeezed()))
    to_supply(plan)
    to_executive(plan)
    whole = {"rationale": "ask the vendor first", "owner": "sven", "until": dt.date(2026, 5, 8)}
    wrong = {"rationale": " ", "owner": "svne", "until": NOW.date()}
    for name, value in wrong.items():
        with pytest.raises(NoWayOnError, match="A paper goes back with a sentence, an owner and a date"):
            do(plan, "eva", "decide", paper=PAPER, how="deferred", **{**whole, name: value})
    with pytest.raises(NoWayOnError, match="it goes back to nobody"):
        do(plan, "eva", "decide", paper=PAPER, how="deferred", **{**whole, "owner": ""})
    with pytest.raises(BadArgumentError, match="only a paper that is refused or deferred goes back"):
        do(plan, "eva", "decide", paper=PAPER, option=OVERTIME, **whole)
    assert not AuditRow.objects.filter(plan=plan, verb="decide").exists()
    do(plan, "eva", "decide", paper=PAPER, how="deferred", **whole)
    cycle = find_cycle(plan)
    assert gates.undecided(make_context(plan, person="eva", now=NOW), cycle) == ()
    assert gates.undecided(make_context(plan, person="eva", now=NOW.replace(day=9)), cycle) == (PAPER,)
    said = AuditRow.objects.filter(plan=plan, verb="decide").get()
    assert said.what == {"paper": PAPER, "option": "", "how": "deferred", "owner": "sven", "until": "2026-05-08"}
