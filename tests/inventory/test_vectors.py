"""Vectors T4 (safety stock), T6 (promise) and T9 (cover) to the printed digits, and their laws."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.inventory import cover, promise
from onenumber.inventory import safety_stock as ss

MEAN, SIGMA, LEAD, LEAD_SIGMA = np.array(100.0), np.array(30.0), np.array(4.0), np.array(1.0)
ORDERS = np.array([[20.0, 15, 30, 25, 10, 5]])
RECEIPTS = np.array([[0.0, 50, 0, 0, 50, 0]])
QUANTITIES = hnp.arrays(np.float64, (4, 7), elements=st.integers(0, 100).map(float))


def test_t4_safety_stock() -> None:
    z = ss.service_factor(alpha=np.array(0.95))
    of_both = {"mean": MEAN, "sigma": SIGMA, "lead": LEAD, "lead_sigma": LEAD_SIGMA}
    assert float(z.round(5)) == 1.64485
    assert float(ss.for_demand(z=z, sigma=SIGMA, lead=LEAD).round(2)) == 98.69
    assert float(ss.for_lead_time(z=z, **of_both).round(2)) == 191.82
    assert float(ss.for_periodic_review(z=z, review=np.array(1.0), **of_both).round(2)) == 198.07
    assert float(ss.for_dependent(z=z, **of_both).round(2)) == 263.18


def test_t4e_fill_rate() -> None:
    spread = ss.lead_time_sigma(mean=MEAN, sigma=SIGMA, lead=LEAD, lead_sigma=LEAD_SIGMA)
    assert float(spread.round(3)) == 116.619
    lot, beta = np.array([400.0, 400, 100, 2000]), np.array([0.98, 0.95, 0.98, 0.95])
    assert (lot * (1 - beta) / spread).round(5).tolist()[0] == 0.06860
    assert ss.factor_of_loss(allowed=lot * (1 - beta) / spread).round(4).tolist() == [1.1001, 0.5898, 1.7263, 0.0]
    stock = ss.for_fill_rate(beta=beta, lot=lot, spread=np.full(4, spread))
    assert stock.round(2).tolist() == [128.30, 68.78, 201.31, 0.0]
    assert ss.implied_cycle_service(stock=stock[:1], spread=spread).round(3).tolist() == [0.864]


def test_t4f_the_reorder_point_uses_the_lead_time_that_is() -> None:
    z, lead = ss.service_factor(alpha=np.array(0.95)), np.array([4.0, 4.5])
    stock = ss.for_lead_time(z=z, mean=MEAN, sigma=SIGMA, lead=lead, lead_sigma=LEAD_SIGMA)
    assert ss.reorder_point(mean=MEAN, actual_lead=lead, safety_stock=stock).round(2).tolist() == [591.82, 644.97]


def test_lost_sales_need_a_little_less_stock() -> None:
    spread, beta, lot = np.array([100.0]), np.array([0.95]), np.array([300.0])
    kept = ss.for_fill_rate(beta=beta, lot=lot, spread=spread)
    assert (ss.for_fill_rate(beta=beta, lot=lot, spread=spread, lost_sales=True) < kept).all()


def test_mad_and_cover() -> None:
    assert ss.sigma_from_mad(mad=np.array([8.0])).tolist() == [10.0]
    assert ss.for_cover(cover=np.array([0.5]), mean=MEAN).tolist() == [50.0]


@given(st.floats(0.0001, 0.39))
def test_the_loss_function_and_its_inverse_undo_each_other(allowed: float) -> None:
    back = ss.loss(factor=ss.factor_of_loss(allowed=np.array([allowed])))
    np.testing.assert_allclose(back, allowed, rtol=1e-9)


def test_t6_available_to_promise() -> None:
    raw = promise.discrete_atp(on_hand=np.array([30.0]), receipts=RECEIPTS, orders=ORDERS)
    assert raw.tolist() == [[10, -20, 0, 0, 35, 0]]  # 30-20; 50-15-30-25; 50-10-5
    adjusted = promise.look_back(atp=raw)
    assert adjusted.tolist() == [[-10, 0, 0, 0, 35, 0]]  # over-promised by 10
    assert promise.cumulative_atp(atp=adjusted).tolist() == [[-10, -10, -10, -10, 25, 25]]


def test_t6_projected_balance() -> None:
    found = promise.projected_balance(on_hand=np.array([30.0]), receipts=RECEIPTS, orders=ORDERS,
                                      forecast=np.full((1, 6), 25.0), fence=np.array([2]))  # fmt: skip
    assert found.tolist() == [[10, 45, 15, -10, 15, -10]]


@given(receipts=QUANTITIES, orders=QUANTITIES)
def test_look_back_keeps_the_sum_and_only_the_first_may_be_negative(receipts: np.ndarray, orders: np.ndarray) -> None:
    raw = promise.discrete_atp(on_hand=np.zeros(4), receipts=receipts, orders=orders)
    adjusted = promise.look_back(atp=raw)
    assert raw.sum(axis=1).tolist() == (receipts - orders).sum(axis=1).tolist()
    assert adjusted.sum(axis=1).tolist() == raw.sum(axis=1).tolist()
    assert (adjusted[:, 1:] >= 0).all()


@given(orders=QUANTITIES, forecast=QUANTITIES, back=st.integers(0, 2), ahead=st.integers(0, 2))
def test_consumption_takes_as_much_forecast_as_orders_found(
    orders: np.ndarray, forecast: np.ndarray, back: int, ahead: int
) -> None:
    used = promise.consume_forecast(orders=orders, forecast=forecast, backward=back, forward=ahead)
    assert ((used.remaining >= 0) & (used.extra >= 0)).all()
    assert (orders - used.extra).sum(axis=1).tolist() == (forecast - used.remaining).sum(axis=1).tolist()
    if not back and not ahead:
        assert used.demand(orders).tolist() == np.maximum(orders, forecast).tolist()


def test_t9_cover_and_cash() -> None:
    found = cover.forward_cover(stock=np.array([250.0, 0.0, 400.0, 100.0]), demand=np.array([[100.0, 120, 90]] * 4))
    assert found.periods.round(3).tolist() == [2.333, 0.0, 3.0, 1.0]
    assert found.beyond.tolist() == [False, False, True, False]
    cash = cover.cash_to_cash(cost_of_sales=60, revenue=100, purchases=40, inventory=12, receivables=10, payables=6)
    assert (cash.turns, cash.days_of_supply, cash.days_of_sales, cash.days_of_payables) == (5, 73.0, 36.5, 54.75)
    assert cash.cash_to_cash == 54.75


def test_no_consumption_is_not_zero_days() -> None:
    cash = cover.cash_to_cash(cost_of_sales=0, revenue=100, purchases=40, inventory=12, receivables=10, payables=6)
    assert (cash.days_of_supply, cash.cash_to_cash, cash.reason) == (None, None, "no_consumption")
