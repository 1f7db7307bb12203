"""Vectors T11 and T12, and what a small sample cannot tell."""

import numpy as np
import pytest

from onenumber.measure.capacity import load_share, oee
from onenumber.measure.lead_time import lead_times


def test_t11_lead_time() -> None:
    found = lead_times(days=np.array([28.0, 30, 27, 45, 29, 31, 33, 28, 52, 30]))
    assert (found.mean, round(found.sigma or 0, 3), round(found.cv or 0, 3)) == (33.3, 8.354, 0.251)


def test_no_receipts_and_one_receipt_say_so() -> None:
    assert lead_times(days=np.array([])).reason == "no_receipts"
    one = lead_times(days=np.array([30.0]))
    assert (one.mean, one.sigma, one.cv, one.reason) == (30.0, None, None, "one_receipt")


def test_t12_oee_is_the_product_of_its_three_parts() -> None:
    found = oee(planned=np.array([100.0]), run=np.array([90.0]), ideal_cycle=np.array([0.1]), total=np.array([855.0]),
                good=np.array([837.9]))  # fmt: skip
    assert found.at(0)[0] == pytest.approx(0.90 * 0.95 * 0.98)
    assert round(found.at(0)[0] or 0, 4) == 0.8379


def test_performance_above_one_means_a_wrong_cycle() -> None:
    found = oee(planned=np.array([100.0]), run=np.array([50.0]), ideal_cycle=np.array([0.1]), total=np.array([600.0]),
                good=np.array([600.0]))  # fmt: skip
    assert found.at(0) == (None, "ideal_cycle_too_long")  # 60 ideal hours in 50


def test_a_closed_resource_with_load_is_not_zero_percent() -> None:
    assert load_share(load=np.array([5.0]), capacity=np.array([0.0])).at(0) == (None, "resource_closed")
