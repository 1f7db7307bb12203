"""Laws of forecast consumption: what a pool asks for, and what each of its streams keeps."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onenumber.supply.demand import asked

SHAPE = (6, 4)
AMOUNTS = arrays(np.float64, SHAPE, elements=st.floats(0, 1e6))
POOLS = arrays(np.int64, SHAPE[0], elements=st.integers(0, 3))


@given(forecast=AMOUNTS, booked=AMOUNTS, pool=POOLS)
def test_a_pool_asks_for_the_greater_of_its_orders_and_its_forecast(forecast, booked, pool):
    found = asked(forecast=forecast, booked=booked, pool=pool, pooled=2)
    for k in set(pool.tolist()):
        mine = pool == k
        expected = np.maximum(forecast[mine].sum(axis=0), booked[mine].sum(axis=0))
        np.testing.assert_allclose(found[mine].sum(axis=0)[:2], expected[:2], rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(found[:, 2:], np.maximum(forecast, booked)[:, 2:], rtol=1e-12)


@given(forecast=AMOUNTS, booked=AMOUNTS, pool=POOLS)
def test_nobody_asks_for_less_than_is_ordered_or_more_than_is_known_of_her(forecast, booked, pool):
    found = asked(forecast=forecast, booked=booked, pool=pool)
    assert (found >= booked).all()
    assert (found <= np.maximum(forecast, booked) * (1 + 1e-12) + 1e-9).all()
