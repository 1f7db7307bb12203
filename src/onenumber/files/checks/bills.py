"""Bills of material that go round in a circle."""

import datetime as dt
from collections.abc import Iterator, Mapping

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import Fault

BILLS = "bill_of_materials"
Edge = tuple[str, int]
Edges = Mapping[str, list[Edge]]


def check_bills(batch: Batch) -> Batch:
    """Refuse each row that closes a circle of items, on any day on which all its rows hold; name the circle.

    Where the row that closes it is known from an earlier load, the last loaded row on the way round is refused.
    """
    if BILLS not in batch.good:
        return batch
    own = len(batch.good[BILLS])
    core = _circular(_rows(batch))
    cycles: dict[int, str] = {}
    for day in _days(core):
        begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
        held = core.filter(begun & (pl.col("valid_to").is_null() | (pl.col("valid_to") > day)))
        while found := _refused(held.filter(~pl.col("_at").is_in(list(cycles))), own):
            cycles |= found
    names = pl.Series("", [cycles.get(at) for at in range(own)], dtype=pl.String)
    fault = Fault(code="bill_cycle", where=names.is_not_null(), column="component", values={"cycle": names})
    return batch.judged(BILLS, [fault])


def _refused(rows: pl.DataFrame, own: int) -> dict[int, str]:
    """A loaded row of each circle found, with the circle in words; only rows below ``own`` were loaded now."""
    circles = [(circle, [at for at in ats if at < own]) for circle, ats in _circles(rows)]
    return {loaded[-1]: circle for circle, loaded in circles if loaded}


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


def _circles(rows: pl.DataFrame) -> Iterator[tuple[str, list[int]]]:
    """Circles of items, each with its rows on the way down; the row that leads back stands last."""
    edges: dict[str, list[Edge]] = {}
    for at, parent, component in rows.select("_at", "parent", "component").iter_rows():
        edges.setdefault(parent, []).append((component, at))
    done: set[str] = set()
    for start in edges:
        if start not in done:
            yield from _walk(start, edges, done)


def _walk(start: str, edges: Edges, done: set[str]) -> Iterator[tuple[str, list[int]]]:
    way: list[Edge] = [(start, -1)]
    left = {start: iter(edges[start])}
    while way:
        item = way[-1][0]
        component, at = next(left[item], ("", -1))
        if at < 0:
            done.add(item)
            del left[item]
            way.pop()
        elif component in left:
            names = [name for name, _ in way]
            circle = way[names.index(component) :]
            yield " > ".join([*(name for name, _ in circle), component]), [*(row for _, row in circle[1:]), at]
        elif component not in done:
            way.append((component, at))
            left[component] = iter(edges.get(component, []))
