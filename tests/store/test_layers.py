"""Layers under two writers: the sequence has no gap, commit order is sequence order, and nothing is lost."""

import datetime as dt
import io
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from django.db import connection, transaction

from onenumber.consensus.edits import Change
from onenumber.errors import StaleEditError
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State, cube
from onenumber.store.layers import Entry, append, append_all, edits_of, layer_of, pack, taken_back, unpack
from onenumber.store.models import Cycle, EditRow, Layer, Plan

NOW = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
AXIS = Axis("stream", np.array(["a", "b", "c"]), {})
BASE = cube(measure="L1", values=np.zeros((3, 2)), axis=AXIS, first=0, unit="u")
SECONDS = 20.0


@pytest.fixture
def cycle(transactional_db: None) -> Cycle:
    plan = Plan.objects.create(key="tiny", name="Tiny", made_at=NOW)
    return Cycle.objects.create(plan=plan, index=28, label="2026-05", phase="DEMAND", opened_at=NOW)


def _change(row: int, after: float, before: float = np.nan) -> Change:
    one = np.array([0])
    return Change(rows=np.array([row]), columns=one, before=np.array([before]), after=np.array([after]))


def _entry(author: str, seen: int | None = None) -> Entry:
    fields = {
        "place": {"stream": "a"}, "place_name": "a", "first": 0, "periods": 1, "mode": "set", "value": 1.0,
        "author": author, "role": "DP", "phase": "DEMAND", "reason": "", "at": NOW,
    }  # fmt: skip
    return Entry(fields=fields, seen=seen)


def _values(layer: Layer) -> Cube:
    return edits_of([Layer.objects.get(pk=layer.pk)])[layer.code].cube(BASE)


def test_edits_are_numbered_without_a_gap_and_replayed_in_order(cycle: Cycle) -> None:
    layer = layer_of(cycle, code="L4", base="h")
    for k, value in enumerate((5.0, 7.0, 9.0)):
        append(layer, _change(k % 2, value), _entry("dora"))
    assert list(layer.edits.order_by("pk").values_list("sequence", flat=True)) == [1, 2, 3]
    assert _values(layer).values[:2, 0].tolist() == [9.0, 7.0]
    assert _values(layer).state[2, 0] == State.NONE


def test_only_the_same_cells_clash(cycle: Cycle) -> None:
    layer = layer_of(cycle, code="L4", base="h")
    append(layer, _change(0, 5.0), _entry("dora", seen=0))
    append(layer, _change(1, 6.0), _entry("dirk", seen=0))
    with pytest.raises(StaleEditError, match="1 of these cells moved since you looked: dora changed a"):
        append(layer, _change(0, 8.0), _entry("dirk", seen=0))
    append(layer, _change(0, 8.0), _entry("dirk", seen=2))
    assert _values(layer).values[:2, 0].tolist() == [8.0, 6.0]


def test_what_an_undo_took_back_is_there_again_once_the_undo_was_undone(cycle: Cycle) -> None:
    layer = layer_of(cycle, code="L4", base="h")
    typed = append(layer, _change(0, 5.0), _entry("dora"))
    undo = append(layer, _change(0, 0.0), Entry(fields=_entry("dora").fields, undoes=typed))
    assert taken_back([typed, undo]) == {typed.pk}
    again = append(layer, _change(0, 5.0), Entry(fields=_entry("dora").fields, undoes=undo))
    assert taken_back([typed, undo, again]) == {undo.pk}


def test_an_edit_kept_as_a_file_of_arrays_reads_as_one_kept_today() -> None:
    change = Change(
        rows=np.array([2, 0]), columns=np.array([1, 1]), before=np.array([np.nan, 4.0]), after=np.array([3.5, np.nan])
    )
    first = io.BytesIO()
    np.savez_compressed(first, rows=change.rows, columns=change.columns, before=change.before, after=change.after)
    for kept in (first.getvalue(), pack(change)):
        found = unpack(kept)
        for name in ("rows", "columns", "before", "after"):
            np.testing.assert_array_equal(getattr(found, name), getattr(change, name))
        assert not found.after.flags.writeable
    assert len(pack(change)) < len(first.getvalue()) / 4


class Writer(threading.Thread):
    """Appends in a connection of its own and commits (or not) when it is told."""

    def __init__(self, layer: Layer, change: Change, *, rolls_back: bool = False) -> None:
        super().__init__(daemon=True)
        self._work = (layer, change)
        self._rolls_back = rolls_back
        self.appended, self.may_end = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            with transaction.atomic():
                append(*self._work, _entry(self.name))
                self.appended.set()
                assert self.may_end.wait(SECONDS)
                if self._rolls_back:
                    transaction.set_rollback(True)
        finally:
            connection.close()

    def end(self) -> None:
        self.may_end.set()
        self.join(SECONDS)
        assert not self.is_alive()


@pytest.fixture
def start() -> Iterator[Callable[[Writer], Writer]]:
    begun: list[Writer] = []

    def start_one(writer: Writer) -> Writer:
        writer.start()
        begun.append(writer)
        return writer

    yield start_one
    for writer in begun:
        writer.may_end.set()
        writer.join(SECONDS)


@pytest.mark.postgres
def test_a_second_writer_waits_and_a_reader_never_sees_a_gap(cycle: Cycle, start: Callable[[Writer], Writer]) -> None:
    layer = layer_of(cycle, code="L4", base="h")
    first = start(Writer(layer, _change(0, 5.0)))
    assert first.appended.wait(SECONDS)
    second = start(Writer(layer, _change(1, 6.0)))
    assert not second.appended.wait(0.5)  # the layer's row is held
    assert _values(layer).values.sum() == 0.0  # the reader sees neither
    first.end()
    assert second.appended.wait(SECONDS)
    assert _values(layer).values[:, 0].tolist() == [5.0, 0.0, 0.0]  # and now the first only
    second.end()
    assert _values(layer).values[:, 0].tolist() == [5.0, 6.0, 0.0]
    assert list(EditRow.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2]


@pytest.mark.postgres
def test_a_writer_that_rolls_back_leaves_no_gap(cycle: Cycle, start: Callable[[Writer], Writer]) -> None:
    layer = layer_of(cycle, code="L4", base="h")
    first = start(Writer(layer, _change(0, 5.0), rolls_back=True))
    assert first.appended.wait(SECONDS)
    second = start(Writer(layer, _change(1, 6.0)))
    first.end()
    assert second.appended.wait(SECONDS)
    second.end()
    assert [(row.sequence, row.author) for row in EditRow.objects.all()] == [(1, second.name)]


@pytest.mark.postgres
def test_writers_of_two_layers_commit_in_reverse_order_and_lose_nothing(
    cycle: Cycle, start: Callable[[Writer], Writer]
) -> None:
    sales, planner = layer_of(cycle, code="L2", base="h"), layer_of(cycle, code="L4", base="h")
    first = start(Writer(sales, _change(0, 5.0)))
    assert first.appended.wait(SECONDS)
    second = start(Writer(planner, _change(0, 6.0)))
    assert second.appended.wait(SECONDS)
    assert EditRow.objects.count() == 0
    second.end()  # inserted later, committed first
    assert (_values(sales).values.sum(), _values(planner).values.sum()) == (0.0, 6.0)
    first.end()
    assert (_values(sales).values.sum(), _values(planner).values.sum()) == (5.0, 6.0)


def test_a_batch_is_numbered_layer_by_layer_in_its_order_and_taken_whole_or_not_at_all(cycle: Cycle) -> None:
    one, two = (layer_of(cycle, code=code, base="h") for code in ("L4", "L5"))
    append(one, _change(0, 5.0), _entry("dora"))
    rows = append_all([(one, _change(1, 6.0), _entry("dora")), (two, _change(0, 1.0), _entry("ines")),
                       (one, _change(2, 7.0), _entry("dora"))])  # fmt: skip
    assert [(row.layer_id, row.sequence) for row in rows] == [(one.pk, 2), (two.pk, 1), (one.pk, 3)]
    with pytest.raises(StaleEditError, match="dora changed a"):
        append_all([(two, _change(1, 2.0), _entry("dirk")), (one, _change(2, 8.0), _entry("dirk", seen=2))])
    assert EditRow.objects.count() == 4
    assert {layer.last_sequence for layer in Layer.objects.all()} == {3, 1}
