"""Heavy maps: the same results in the same order whatever the workers; a lost worker is an error with a way out."""

import os
import signal
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pytest

from onenumber.errors import BadDifferenceError, WorkerLostError
from onenumber.jobs.executor import LocalProcesses
from onenumber.model.sheet import content_hash
from onenumber.supply.differences import Precedence
from onenumber.supply.plan import make_plan
from tests.supply.world import JUNE, inputs

SLOW_FIRST = (3, 1, 2)


def shares(count: int) -> Mapping[str, float]:
    """A sum whose last bits depend on the order in which it is added."""
    return MappingProxyType({str(count): float((1.0 / np.arange(1, 1000 * count)).sum())})


def refuse(what: str) -> str:
    raise BadDifferenceError(what=what)


def divide(by: int) -> float:
    return 1 / by


def end_itself(code: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return code


def test_results_come_in_the_order_of_the_items_whatever_the_workers() -> None:
    here = list(LocalProcesses(1).map_each(shares, SLOW_FIRST))
    with LocalProcesses(2) as processes:
        assert list(processes.map_each(shares, SLOW_FIRST)) == here
        assert list(processes.map_each(shares, SLOW_FIRST)) == here  # the same workers once more


def test_an_error_comes_out_as_it_was_raised() -> None:
    with LocalProcesses(2) as processes, pytest.raises(BadDifferenceError) as told:
        list(processes.map_each(refuse, ("one", "two")))
    assert str(told.value) == "The difference cannot be applied: one."
    assert told.value.values == {"what": "one"}


def test_a_fault_of_ours_ends_the_worker_with_its_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    with LocalProcesses(2) as processes, pytest.raises(WorkerLostError) as told:
        list(processes.map_each(divide, (0, 0)))
    assert told.value.values == {"code": 1}
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_lost_worker_is_an_error_with_a_way_out_and_the_next_map_starts_another() -> None:
    with LocalProcesses(2) as processes:
        with pytest.raises(WorkerLostError) as told:
            list(processes.map_each(end_itself, (1, 2)))
        assert str(told.value) == (
            "A worker process ended before it was done (exit code -9); nothing of the step was kept. Start the step "
            "again; if it happens again and the log shows no error of the worker, the machine has too little memory "
            "for so many workers: give it more memory or fewer cores."
        )
        assert len(list(processes.map_each(shares, SLOW_FIRST))) == len(SLOW_FIRST)


def test_one_item_needs_no_process() -> None:
    with LocalProcesses(8) as processes:
        assert list(processes.map_each(own_process, (0,))) == [os.getpid()]
        assert len(set(processes.map_each(own_process, (0, 0))) - {os.getpid()}) > 0


def test_a_plan_has_the_same_bits_here_and_in_a_worker() -> None:
    demand = {"A|x": [0.0, 90.0, 0.0], "B|x": [0.0, 60.0, 0.1]}
    orders = [Precedence(resource="L", first=JUNE, periods=1, order=order) for order in (("D1", "D2"), ("D2", "D1"))]
    each = [inputs(demand, differences=(order,)) for order in orders]
    with LocalProcesses(2) as processes:
        there = [content_hash(sheet) for sheet, _ in processes.map_each(make_plan, each)]
    assert there == [content_hash(make_plan(one)[0]) for one in each]
    assert there[0] != there[1]


def own_process(_: int) -> int:
    return os.getpid()
