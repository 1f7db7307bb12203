"""The bridge from consensus to actual: every group and their sum add up to the last cent."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onenumber.review.deviations import PARTS, Sold, deviations, total, unpriced

QUANTITY = st.floats(min_value=0.0, max_value=1e5, allow_nan=False).map(lambda value: round(value, 2))


@st.composite
def months(draw: st.DrawFn) -> tuple[Sold, np.ndarray]:
    size = draw(st.integers(min_value=1, max_value=12))
    lists = [draw(st.lists(QUANTITY, min_size=size, max_size=size)) for _ in range(5)]
    consensus, asked, delivered, price, amount = (np.array(one) for one in lists)
    unknown = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    labels = [np.array(draw(st.lists(st.sampled_from("AB"), min_size=size, max_size=size))) for _ in range(3)]
    sold = Sold(
        consensus=consensus, asked=asked, delivered=delivered, price=np.where(unknown, np.nan, price),
        amount=np.where(delivered > 0, amount, 0.0), returned=-draw(QUANTITY) * np.ones(size), unit=labels[0],
        buyer=labels[1],
    )  # fmt: skip
    return sold, labels[2]


@given(months())
def test_the_bars_of_every_group_and_of_all_add_up(month: tuple[Sold, np.ndarray]) -> None:
    sold, groups = month
    found = deviations(sold, groups, decimals=2)
    for one in (*found, total(found)):
        assert one.consensus + sum(one.parts[name] for name in PARTS) == one.actual


def month(**columns: list[object]) -> Sold:
    size = len(columns["consensus"])
    every: dict[str, list[object]] = {
        "price": [2.0] * size, "amount": [0.0] * size, "returned": [0.0] * size, "unit": ["pcs"] * size,
        "buyer": ["x"] * size, **columns,
    }  # fmt: skip
    return Sold(**{name: np.array(values) for name, values in every.items()})


def parts(sold: Sold) -> dict[str, int]:
    one = deviations(sold, np.array(["A"] * len(sold.unit)), decimals=0)[0]
    return {name: value for name, value in one.parts.items() if value}


def test_what_was_asked_and_not_delivered_is_supplys_and_not_the_customers() -> None:
    assert parts(month(consensus=[10.0], asked=[10.0], delivered=[4.0], amount=[8.0])) == {"undelivered": -12}
    assert parts(month(consensus=[10.0], asked=[10.0], delivered=[15.0], amount=[30.0])) == {"caught_up": 10}


def test_a_customer_who_asks_for_nothing_is_lost_and_an_item_that_rests_is_not() -> None:
    gone = month(consensus=[10.0, 5.0], asked=[0.0, 5.0], delivered=[0.0, 5.0], amount=[0.0, 10.0], buyer=["x", "y"])
    assert parts(gone) == {"lost": -20}
    rests = month(consensus=[10.0, 5.0], asked=[0.0, 15.0], delivered=[0.0, 15.0], amount=[0.0, 30.0])
    assert parts(rests) == {}
    came = month(consensus=[0.0, 5.0], asked=[3.0, 5.0], delivered=[3.0, 5.0], amount=[6.0, 10.0], buyer=["x", "y"])
    assert parts(came) == {"new": 6}


def test_another_price_is_price_and_a_stream_without_any_is_counted() -> None:
    assert parts(month(consensus=[10.0], asked=[10.0], delivered=[10.0], amount=[25.0])) == {"price": 5}
    bare = month(consensus=[10.0], asked=[10.0], delivered=[0.0], price=[float("nan")])
    assert unpriced(bare).tolist() == [True]
    assert parts(bare) == {}
