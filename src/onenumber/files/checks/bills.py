"""Bills of material that go round in a circle."""

import datetime as dt
from collections.abc import Iterator, Mapping

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import Fault

BILLS = "bill_of_materials"
Edges = Mapping[str, list[tuple[str, int]]]


def check_bills(batch: Batch) -> Batch:
    """Refuse each row that closes a circle of items, on any day on which all its rows hold; name the circle."""
    if BILLS not in batch.good:
        return batch
    rows = _rows(batch)
    cycles: dict[int, str] = {}
    core = _circular(rows)
    for day in _days(core):
        begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
        held = core.filter(begun & (pl.col("valid_to").is_null() | (pl.col("valid_to") > day)))
        cycles |= dict(_closing(held.filter(~pl.col("_at").is_in(list(cycles)))))
    own = len(batch.good[BILLS])
    names = pl.Series("", [cycles.get(at) for at in range(own)], dtype=pl.String)
    fault = Fault(code="bill_cycle", where=names.is_not_null(), column="component", values={"cycle": names})
    return batch.judged(BILLS, [fault])


def _rows(batch: Batch) -> pl.DataFrame:
    """The loaded rows, then the known ones that they do not replace; ``_at`` numbers them in that order."""
    columns = ["parent", "component", "valid_from", "valid_to"]
    held = [source[BILLS].select(columns) for source in (batch.good, batch.known) if BILLS in source]
    rows = pl.concat(held).unique(subset=columns[:3], keep="first", maintain_order=True)
    return rows.with_row_index("_at")


def _circular(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows left when items that nothing goes into, or that go into nothing, are taken away again and again."""
    while True:
        inner = pl.col("parent").is_in(rows["component"].implode()) & pl.col("component").is_in(
            rows["parent"].implode()
        )
        left = rows.filter(inner)
        if len(left) == len(rows):
            return left
        rows = left


def _days(rows: pl.DataFrame) -> list[dt.date]:
    """Days on which another set of rows begins to hold, the first day of all before them."""
    begun = rows["valid_from"].drop_nulls().unique().sort().to_list()
    return [dt.date.min, *begun] if len(rows) else []


def _closing(rows: pl.DataFrame) -> Iterator[tuple[int, str]]:
    """The rows that lead back to an item on the way down to it, with the circle each closes."""
    edges: dict[str, list[tuple[str, int]]] = {}
    for at, parent, component in rows.select("_at", "parent", "component").iter_rows():
        edges.setdefault(parent, []).append((component, at))
    done: set[str] = set()
    for start in edges:
        if start not in done:
            yield from _walk(start, edges, done)


def _walk(start: str, edges: Edges, done: set[str]) -> Iterator[tuple[int, str]]:
    path = {start: iter(edges[start])}
    while path:
        item = next(reversed(path))
        component, at = next(path[item], ("", -1))
        if at < 0:
            done.add(item)
            del path[item]
        elif component in path:
            way = list(path)
            circle = [*way[way.index(component) :], component]
            yield at, " > ".join(circle)
        elif component not in done:
            path[component] = iter(edges.get(component, []))
