"""Phases, gates and signatures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onenumber.cycle.phases import Blocker, Phase, Waived, next_phase, reopened
from onenumber.cycle.signatures import RULES, Signed, ToSign, check_signature, last_signature, rule_of
from onenumber.errors import CannotReopenError, CannotSignError, GateClosedError
from onenumber.model.sheet import SheetKind

LATE = Blocker(code="patch_open", subject="Nord", role="SM")
GOOD = ToSign(sheet="h1", stale_because="", repeatable=True, authors=frozenset({"dora"}))


def test_a_closed_gate_names_each_blocker_and_who_settles_it() -> None:
    with pytest.raises(GateClosedError) as refused:
        next_phase(Phase.DEMAND, blockers=[LATE], waivers=[])
    assert str(refused.value) == (
        "Demand cannot end yet: patch Nord is neither accepted nor defaulted (the sales leader). "
        "Settle each, or waive it with a reason."
    )


@pytest.mark.parametrize(
    ("blockers", "way_out"),
    [
        ([Blocker(code="not_signed", subject="achievable", role="OP")],
         "Nobody can waive a signature or a decision: each is given by whom it names."),
        ([LATE, Blocker(code="paper_undecided", subject="2026-05-L1", role="EX")],
         "Settle each, or waive it with a reason; a signature or a decision cannot be waived."),
    ],
)  # fmt: skip
def test_a_closed_gate_offers_no_waiver_of_what_stands_for_a_name(blockers: list[Blocker], way_out: str) -> None:
    with pytest.raises(GateClosedError) as refused:
        next_phase(Phase.DEMAND, blockers=blockers, waivers=[])
    assert str(refused.value).endswith(f". {way_out}")


def test_a_waiver_passes_only_its_own_blocker() -> None:
    other = Blocker(code="patch_open", subject="South", role="SM")
    waived = [Waived(code="patch_open", subject="Nord", person="olga", reason="ill")]
    assert next_phase(Phase.DEMAND, blockers=[LATE], waivers=waived) is Phase.SUPPLY
    with pytest.raises(GateClosedError, match="South"):
        next_phase(Phase.DEMAND, blockers=[LATE, other], waivers=waived)


@given(now=st.sampled_from(Phase), to=st.sampled_from(Phase), signed=st.booleans())
def test_only_an_earlier_phase_or_a_signed_one_re_opens_and_never_after_publishing(
    now: Phase, to: Phase, signed: bool
) -> None:
    if (to.place < now.place or (to is now and signed)) and now.place <= Phase.EXEC.place:
        struck = reopened(now, to, signed=signed)
        assert struck[0] is to
        assert struck[-1] is now
    else:
        approved = now.place > Phase.EXEC.place
        why = "its plan was approved, and no phase" if approved else "only an earlier phase of a running cycle can"
        with pytest.raises(CannotReopenError, match=why):
            reopened(now, to, signed=signed)


@pytest.mark.parametrize(
    ("sheet", "given_", "blockers", "reason"),
    [
        (ToSign(sheet="h1", stale_because="a rate changed", repeatable=True, authors=frozenset({"x"})), [], [],
         "the sheet is stale, because a rate changed; make it again first"),
        (ToSign(sheet="h1", stale_because="", repeatable=False, authors=frozenset({"x"})), [], [],
         "the sheet was cut by a time limit and cannot be repeated"),
        (ToSign(sheet="h1", stale_because="", repeatable=True, authors=frozenset({"ines"})), [], [],
         "ines made it; another signs it"),
        (GOOD, [Signed(verb="sign_demand", sheet="h1", person="ines")], [], "it is signed already"),
        (GOOD, [], [LATE], r"patch Nord is neither accepted nor defaulted \(the sales leader\)"),
    ],
)  # fmt: skip
def test_what_must_not_be_signed(sheet: ToSign, given_: list[Signed], blockers: list[Blocker], reason: str) -> None:
    with pytest.raises(CannotSignError, match=reason):
        check_signature(rule_of("sign_demand"), sheet=sheet, names={"ines"}, given=given_, blockers=blockers)


def test_a_struck_signature_may_be_given_again() -> None:
    struck = [Signed(verb="sign_demand", sheet="h1", person="ines", struck=True)]
    check_signature(rule_of("sign_demand"), sheet=GOOD, names={"ines"}, given=struck, blockers=[])


def test_the_executive_signs_after_operations_confirmed_the_same_sheet() -> None:
    other = [Signed(verb="confirm_final", sheet="h0", person="omar")]
    with pytest.raises(CannotSignError, match="operations has not confirmed it as achievable"):
        check_signature(rule_of("approve_final"), sheet=GOOD, names={"eva"}, given=other, blockers=[])
    same = [Signed(verb="confirm_final", sheet="h1", person="omar")]
    check_signature(rule_of("approve_final"), sheet=GOOD, names={"eva"}, given=same, blockers=[])


def test_every_signing_verb_is_once_in_the_rules() -> None:
    assert len({rule.verb for rule in RULES}) == len(RULES)
    assert last_signature(SheetKind.CONSENSUS, "") == "sign_demand"
