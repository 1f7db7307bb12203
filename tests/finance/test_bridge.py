"""Price, volume, mix: vector T5 and the law that the parts add up to the gap."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.finance.bridge import Side, bridge, in_minor

ONE = np.zeros(4, dtype=np.int64)
QUANTITIES = hnp.arrays(np.float64, 8, elements=st.integers(0, 50).map(float))
PRICES = hnp.arrays(np.float64, 8, elements=st.floats(0.5, 100))


def test_t5_revenue() -> None:
    base = Side(price=np.array([10.0, 20, 5, 0]), quantity=np.array([100.0, 50, 200, 0]))
    actual = Side(price=np.array([11.0, 19, 0, 8]), quantity=np.array([120.0, 40, 0, 60]))
    found = bridge(base=base, actual=actual, codes=ONE, groups=1)
    parts = {name: round(float(part[0]), 2) for name, part in found.parts.items()}
    assert parts == {"price": 80, "volume": 133.33, "mix": -133.33, "new": 480, "lost": -1000}
    assert found.gap.tolist() == [2560.0 - 3000.0]


def test_t5_margin() -> None:
    base = Side(price=np.array([10.0, 20]), quantity=np.array([100.0, 50]), cost=np.array([6.0, 13]))
    actual = Side(price=np.array([11.0, 19]), quantity=np.array([120.0, 40]), cost=np.array([6.5, 12]))
    found = bridge(base=base, actual=actual, codes=ONE[:2], groups=1)
    parts = {name: round(float(part[0]), 9) for name, part in found.parts.items()}
    assert parts == {"price": 80, "cost": -20, "volume": 50, "mix": -40, "new": 0, "lost": 0}
    assert found.gap.round(9).tolist() == [70.0]


@given(q0=QUANTITIES, q1=QUANTITIES, p0=PRICES, p1=PRICES, c0=PRICES, c1=PRICES)
def test_parts_add_up_to_the_gap_in_every_group(**a: np.ndarray) -> None:
    base = Side(price=a["p0"], quantity=a["q0"], cost=a["c0"])
    actual = Side(price=a["p1"], quantity=a["q1"], cost=a["c1"])
    found = bridge(base=base, actual=actual, codes=np.arange(8) % 3, groups=3)
    np.testing.assert_allclose(np.sum(list(found.parts.values()), axis=0), found.gap, atol=1e-6)
    gap = int(np.rint(a["q1"] * (a["p1"] - a["c1"]) * 100).sum() - np.rint(a["q0"] * (a["p0"] - a["c0"]) * 100).sum())
    shown = in_minor({name: float(part.sum()) for name, part in found.parts.items()}, gap=gap, decimals=2)
    assert sum(shown.values()) == gap  # to the cent


def test_returns_that_cancel_sales_still_add_up() -> None:
    base = Side(price=np.array([10.0, 10]), quantity=np.array([5.0, -5.0]))
    actual = Side(price=np.array([12.0, 10]), quantity=np.array([7.0, -5.0]))
    found = bridge(base=base, actual=actual, codes=ONE[:2], groups=1)
    assert sum(part[0] for part in found.parts.values()) == found.gap[0] == 34.0
