"""Escalating and waiving by name: only what the phase waits for, under the gate's own name, with every reason kept."""

from collections.abc import Callable

import pytest

from onenumber.cycle.words import FIRM_PERIOD
from onenumber.errors import CannotWaiveError, NoSheetError, NothingToPassError
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.gates import waivers_of
from onenumber.steps.see.cycle import cycle_bar
from onenumber.store.models import AuditRow, Plan, WaiverRow
from onenumber.store.plans import find_cycle
from tests.standing import once_a_run
from tests.steps.conftest import Act
from tests.steps.month_for_tests import do, short_of

Asking = Callable[[str], Context]


@pytest.fixture
def short(agreed: None, plan: Plan) -> int:
    """The proposed plan is short on a line, of an item and of what is firm; the calendar index of the first period."""
    return _to_shortages(plan)


@once_a_run
def _to_shortages(plan: Plan) -> int:
    do(plan, "olga", "advance")
    do(plan, "sven", "plan")
    now = plan.cycles.get().index
    short_of(plan, [("capacity", "PRESS-1", now), ("lead_time", "B1|P", now + 1), ("lead_time", "A1|P", now)])
    return now


def passed(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.subject, one.person, one.reason) for one in waivers_of(find_cycle(plan))]


def test_a_mistyped_cause_is_refused_with_the_nearest_and_what_is_open(short: int, act: Act, plan: Plan) -> None:
    with pytest.raises(NothingToPassError) as refused:
        act("sven", "escalate", subject="PRES-1", reason="no hours")
    assert str(refused.value) == (
        "'PRES-1' (shortage open) is nothing that 2026-05 waits for. Did you mean 'PRESS-1'? "
        "Open: 'B1|P', 'PRESS-1', 'firm period'. `onenumber status` lists what is open."
    )
    assert passed(plan) == []
    assert not AuditRow.objects.filter(plan=plan, verb="escalate").exists()


def test_what_is_like_nothing_is_answered_with_what_is_still_open(short: int, act: Act) -> None:
    act("sven", "escalate", subject="PRESS-1", reason="no hours")
    with pytest.raises(NothingToPassError) as refused:
        act("sven", "escalate", subject="vendor 7", reason="-")
    assert "waits for. Open: 'B1|P', 'firm period'. `onenumber" in str(refused.value)


def test_a_long_list_is_cut(short: int, act: Act, plan: Plan) -> None:
    short_of(plan, [("capacity", f"L{n}", short) for n in range(10, 23)])
    with pytest.raises(NothingToPassError, match=r"Open: 'L10', .*'L19' and 3 more\. "):
        act("sven", "escalate", subject="vendor", reason="-")


@pytest.mark.parametrize(
    ("typed", "name"), [(" press-1 ", "PRESS-1"), ("Firm Period", FIRM_PERIOD), ("b1|p", "B1|P"), ("B1|P", "B1|P")]
)
def test_a_cause_is_stored_as_the_gate_spells_it(
    short: int, act: Act, asking: Asking, plan: Plan, typed: str, name: str
) -> None:
    assert act("sven", "escalate", subject=typed, reason="next month").figures == {"subject": name}
    assert passed(plan) == [("shortage_open", name, "sven", "next month")]
    assert AuditRow.objects.get(plan=plan, verb="escalate").what["subject"] == name
    assert name not in [one.subject for one in cycle_bar(asking("omar")).open_points]


def test_of_two_names_that_differ_in_case_only_the_exact_one_is_meant(short: int, act: Act, plan: Plan) -> None:
    short_of(plan, [("capacity", "Mix", short), ("capacity", "MIX", short)])
    with pytest.raises(NothingToPassError, match="Open: 'MIX', 'Mix'"):
        act("sven", "escalate", subject="mix", reason="-")
    act("sven", "escalate", subject="Mix", reason="-")
    assert [subject for _, subject, *_ in passed(plan)] == ["Mix"]


def test_a_second_escalation_adds_its_reason_and_says_who_was_first(short: int, act: Act, plan: Plan) -> None:
    act("sven", "escalate", subject="PRESS-1", reason="no hours")
    again = act("omar", "escalate", subject="press-1", reason="nor at the weekend")
    assert again.figures == {"subject": "PRESS-1", "already_by": "Sven Berg"}
    assert passed(plan) == [
        ("shortage_open", "PRESS-1", "sven", "no hours"), ("shortage_open", "PRESS-1", "omar", "nor at the weekend"),
    ]  # fmt: skip


def test_nothing_is_escalated_before_there_is_a_plan(agreed: None, act: Act, plan: Plan) -> None:
    act("olga", "advance")
    with pytest.raises(NoSheetError, match="`onenumber plan`"):
        act("sven", "escalate", subject="L1", reason="-")
    assert passed(plan) == []


def test_the_bar_lists_open_shortages_before_the_signature_that_waits_for_them(
    short: int, act: Act, asking: Asking
) -> None:
    def listed() -> list[tuple[str, str, str]]:
        return [(one.code, one.subject, one.role) for one in cycle_bar(asking("omar")).open_points]

    signature = ("not_signed", "achievable", "OP")
    assert listed() == [*(("shortage_open", name, "SS") for name in ("B1|P", "PRESS-1", FIRM_PERIOD)), signature]
    for name in ("PRESS-1", FIRM_PERIOD):
        act("sven", "escalate", subject=name, reason="-")
    act("olga", "waive", code="shortage_open", subject="B1|P", reason="the customer waits")
    assert listed() == [signature]
    act("omar", "sign", verb="sign_supply")
    assert listed() == []


@pytest.mark.parametrize(
    ("code", "subject", "hint"),
    [
        ("patch_open", "Nort", "Did you mean 'Nord'? Open: 'Nord', 'South'."),
        ("patch", "nord", "Did you mean 'patch_open Nord'? Open: 'sales_input_missing sales input', 'consensus_mis"),
        ("shortage_open", "L1", "Open: 'sales_input_missing sales input', "),
    ],
)  # fmt: skip
def test_a_waiver_of_what_nothing_waits_for_is_refused(
    in_demand: None, act: Act, plan: Plan, code: str, subject: str, hint: str
) -> None:
    with pytest.raises(NothingToPassError) as refused:
        act("olga", "waive", code=code, subject=subject, reason="agreed by phone")
    said = f"'{subject}' ({code.replace('_', ' ')}) is nothing that 2026-05 waits for. {hint}"
    assert str(refused.value).startswith(said)
    assert not WaiverRow.objects.filter(plan=plan).exists()


def test_a_code_may_be_typed_in_words_and_a_waiver_is_stored_as_the_gate_has_it(
    in_demand: None, act: Act, asking: Asking, plan: Plan
) -> None:
    first = act("olga", "waive", code="Patch open", subject=" NORD", reason="agreed by phone")
    assert first.figures == {"code": "patch_open", "subject": "Nord"}
    assert passed(plan) == [("patch_open", "Nord", "olga", "agreed by phone")]
    assert [one.subject for one in cycle_bar(asking("omar")).open_points if one.code == "patch_open"] == ["South"]
    again = act("olga", "waive", code="patch_open", subject="Nord", reason="and in writing")
    assert again.figures == {"code": "patch_open", "subject": "Nord", "already_by": "Olga Novak"}


def test_a_signature_is_not_waived_under_another_spelling(in_demand: None, act: Act) -> None:
    with pytest.raises(CannotWaiveError, match="it stands for somebody's name"):
        act("olga", "waive", code=" NOT signed", subject="demand agreed", reason="she is on holiday")


def test_what_an_earlier_phase_waited_for_is_waived_no_more(agreed: None, act: Act, plan: Plan) -> None:
    act("olga", "advance")
    with pytest.raises(NothingToPassError, match=r"Open: 'supply_plan_missing proposed supply plan'\. `onenumber"):
        act("olga", "waive", code="patch_open", subject="Nord", reason="late")
    assert passed(plan) == []
