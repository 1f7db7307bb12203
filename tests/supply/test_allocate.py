"""The allocation rules: vector T7 of domain.md §12 and the laws of §5.9."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onenumber.supply.allocate import by_priority, equal_cover, fair_share, in_lots, quotas, with_floor

amounts = st.floats(min_value=0, max_value=1e6)
claims_of = st.lists(amounts, min_size=1, max_size=8).map(np.array)
TIERS = np.array([1, 2, 2, 3, 1, 4, 2, 3])
RATIOS = np.array([2.0, 1.0, 0.0, 3.0, 1.0, 1.0, 0.0, 5.0])
RULES = {
    "fair_share": lambda s, d: fair_share(supply=s, claims=d),
    "by_priority": lambda s, d: by_priority(supply=s, claims=d, tier=TIERS[: len(d)]),
    "by_priority_floor": lambda s, d: by_priority(supply=s, claims=d, tier=TIERS[: len(d)], floor_share=0.2),
    "quotas": lambda s, d: quotas(supply=s, claims=d, ratio=RATIOS[: len(d)]),
    "with_floor": lambda s, d: with_floor(supply=s, claims=d, floor_share=0.3),
}


def test_t7_fair_share():
    assert fair_share(supply=120.0, claims=np.array([100.0, 60.0, 40.0])).tolist() == [60.0, 36.0, 24.0]


def test_t7_priority_tiers():
    given_ = by_priority(supply=120.0, claims=np.array([50.0, 100.0, 50.0]), tier=np.array([1, 2, 3]))
    assert given_.tolist() == [50.0, 70.0, 0.0]


def test_t7_equal_cover():
    given_, days = equal_cover(supply=60.0, stock=np.array([10.0, 40.0, 5.0]), use_a_day=np.array([10.0, 5.0, 5.0]))
    assert (given_.tolist(), days) == ([40.0, 0.0, 20.0], 5.0)


@pytest.mark.parametrize("rule", RULES)
@given(supply=amounts, more=amounts, claims=claims_of)
def test_every_rule_keeps_its_laws(rule, supply, more, claims):
    one, two = RULES[rule](supply, claims), RULES[rule](supply + more, claims)
    scale = 1e-9 * max(1.0, supply + more, float(claims.sum()))
    assert (one >= 0).all()
    assert (one <= claims).all()
    assert abs(one.sum() - min(supply, claims.sum())) <= scale
    assert (two >= one - scale).all()
    assert RULES[rule](supply, claims).tolist() == one.tolist()


@given(
    supply=amounts,
    stock=st.lists(amounts, min_size=3, max_size=3),
    use=st.lists(st.floats(0.1, 100), min_size=3, max_size=3),
)
def test_equal_cover_uses_all_and_covers_alike(supply, stock, use):
    given_, days = equal_cover(supply=supply, stock=np.array(stock), use_a_day=np.array(use))
    assert abs(given_.sum() - supply) <= 1e-9 * max(1.0, supply, *stock)
    got = (np.array(stock) + given_) / np.array(use)
    assert (got >= days - 1e-6 * max(1.0, days)).all()


def test_lots_never_pass_a_claim_and_go_to_the_earlier_request():
    shares, claims = np.array([2.5, 2.5, 1.0]), np.array([2.5, 9.0, 9.0])
    assert in_lots(shares=shares, claims=claims, lot=1.0, requested=np.array([1, 2, 3])).tolist() == [2.0, 3.0, 1.0]
    tie = in_lots(shares=np.array([1.5, 1.5]), claims=np.array([5.0, 5.0]), lot=1.0, requested=np.array([7, 7]))
    assert tie.tolist() == [2.0, 1.0]
