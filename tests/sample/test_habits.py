"""Each salesperson's known habit shows in what is typed against a baseline that knows no season and no news."""

from typing import Any

import numpy as np
import pytest

from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, cube
from onenumber.sample.company import Company
from onenumber.sample.customers import CUSTOMERS, planning_customer
from onenumber.sample.habits import (
    SAID,
    Call,
    choose,
    expected_demand,
    late_patches,
    news,
    owner,
    planner_calls,
    reply,
    sales_calls,
)

NOW = 48
CLOSED = range(36, 48)


def flat(company: Company, cycle: int) -> Cube:
    """A baseline that knows the average of the last year of every stream and no more."""
    pairs = company.world.pairs
    keys = np.array(
        [f"{i}|{planning_customer(CUSTOMERS[c])}" for i, c in zip(pairs.item, pairs.customer.tolist(), strict=True)]
    )
    names, at = np.unique(keys, return_inverse=True)
    first = np.array([int(np.flatnonzero(at == k)[0]) for k in range(len(names))])
    customers = [CUSTOMERS[c] for c in pairs.customer[first].tolist()]
    attributes = {
        "item": np.array(pairs.item)[first],
        "family": np.array(pairs.family)[first],
        "planning_customer": np.array([planning_customer(c) for c in customers]),
        "patch": np.array([c.patch for c in customers]),
    }
    values = np.zeros((len(names), 18))
    np.add.at(values, at, np.repeat(pairs.mean[:, cycle - 12 : cycle].mean(axis=1)[:, None], 18, axis=1))
    return cube(measure="L1", values=values, axis=Axis("stream", names, attributes), first=cycle, unit="pcs")


def calls_of(company: Company, person: str, cycle: int) -> list[Call]:
    return [c for c in sales_calls(company, cycle=cycle, baseline=flat(company, cycle)) if c.person == person]


def test_the_optimist_overstates_by_a_fifth_in_nine_of_twelve_cycles(company: Company) -> None:
    by_cycle = [calls_of(company, "vargas", cycle) for cycle in CLOSED]
    assert sum(bool(calls) for calls in by_cycle) == 9
    values = [call.value for calls in by_cycle for call in calls]
    assert np.mean(values) == pytest.approx(20, abs=0.5)
    assert min(values) > 15


def test_his_changes_help(company: Company) -> None:
    """Applied to a flat baseline, his calls bring it nearer to the truth in every closed cycle."""
    for cycle in CLOSED:
        baseline = flat(company, cycle)
        truth = expected_demand(company.world, baseline)
        edited = baseline.values.copy()
        mine = baseline.axis.attributes["patch"] == "P2"
        for call in calls_of(company, "mensah", cycle):
            here = np.ones(len(baseline.axis), dtype=bool)
            for name, value in call.place.items():
                here &= baseline.axis.attributes[name] == value
            edited[np.ix_(here, range(call.first - cycle, call.first - cycle + call.periods))] *= 1 + call.value / 100
        before, after = (np.abs(v - truth)[mine][:, 1:5].sum() for v in (baseline.values, edited))
        assert after < before


def test_the_tinkerer_moves_many_lines_by_little(company: Company) -> None:
    calls = [call for cycle in CLOSED for call in calls_of(company, "novak", cycle)]
    assert len(calls) == 8 * 12
    assert max(abs(call.value) for call in calls) <= 4.5


def test_a_patch_was_handed_over_and_its_new_owner_was_late_once(company: Company) -> None:
    assert [owner(company, "P6", cycle) for cycle in (41, 42)] == ["lindqvist", "haddad"]
    assert [cycle for cycle in CLOSED if late_patches(company, cycle)] == [44]
    assert calls_of(company, "haddad", 42)
    assert not calls_of(company, "haddad", 44)
    assert not calls_of(company, "haddad", 46)


def test_all_types_are_in_the_typists_own_patch(company: Company) -> None:
    for cycle in (36, 42, 47):
        for call in sales_calls(company, cycle=cycle, baseline=flat(company, cycle)):
            assert call.place["patch"] == call.patch
            assert owner(company, call.patch, cycle) == call.person
            assert call.first > cycle


def test_the_same_cycle_gives_the_same_calls(company: Company) -> None:
    first, again = (sales_calls(company, cycle=40, baseline=flat(company, 40)) for _ in range(2))
    assert first == again


def test_the_news_of_the_leaving_customer_gets_worse(company: Company) -> None:
    kinds = [(cycle, word.kind, word.person) for cycle in (47, 48) for word in news(company, cycle=cycle)]
    assert kinds == [(47, "customer_stock", "demir"), (48, "loss", "demir")]
    assert [word.likely for word in news(company, cycle=48)] == [-100.0]
    assert all(word.person for offset in SAID for word in news(company, cycle=NOW + offset))


def test_the_planner_decides_on_what_is_not_in_a_sales_figure_but_for_today(company: Company) -> None:
    said = [(cycle, word) for cycle in (*CLOSED, NOW) for word in news(company, cycle=cycle)]
    assert [cycle for cycle, word in said if not word.in_number and not word.left_out] == [NOW]
    assert not any(word.left_out for _, word in said if word.in_number)


def test_the_planner_lifts_what_had_no_stock(company: Company) -> None:
    calls = [call for cycle in CLOSED for call in planner_calls(company, cycle=cycle, baseline=flat(company, cycle))]
    assert [(c.layer, c.place, c.first) for c in calls] == [("L4", {"item": "VAL-03"}, 43)]


ANSWERED: list[tuple[dict[str, Any], str | None]] = [
    ({"figure": "production_mix", "scope": "ODE", "person": "mikkelsen", "period": 47}, None),
    ({"figure": "production_mix", "scope": "ODE", "person": "mikkelsen", "period": 46}, "SUP-LATE"),
    ({"figure": "production", "scope": "RAV", "person": "amann", "period": 47}, "SUP-LATE"),
    ({"figure": "sales", "scope": "GAR", "person": "raman", "period": 46}, "TIM-PUSH"),
    ({"figure": "sales", "scope": "IND", "person": "raman", "period": 46}, "CUS-SHARE"),
    ({"figure": "service_requested", "scope": "*", "person": "pohl", "period": 40}, "SUP-STOCKOUT"),
]


@pytest.mark.parametrize(("asked", "code"), ANSWERED)
def test_owners_answer_but_for_one(company: Company, asked: dict[str, Any], code: str | None) -> None:
    answer = reply(company, **asked)
    assert (answer.code if answer else None) == code


def test_the_timing_names_the_month_that_did_not_bring_it_back(company: Company) -> None:
    answer = reply(company, figure="sales", scope="GAR", person="raman", period=46)
    assert answer is not None
    assert answer.text == "Timing: Hagen Heimwerk moved its order, it comes in October 2026."


def test_the_executive_takes_what_leaves_most() -> None:
    assert choose({"b": {"margin": 10.0, "cost": None}, "a": {"margin": 12.0, "cost": 2.0}}) == "a"
