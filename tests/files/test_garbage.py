"""Whatever a file holds, the load goes on: every row of it is loaded or listed."""

import io

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars._typing import TimeUnit

from onenumber.files.read import Loaded, read_files
from onenumber.model.finding import Severity
from onenumber.model.sentences import say
from tests.files.company import csv_file, sound

KNOWN = {"items": pl.DataFrame({"item": ["B-100"], "unit": ["piece"]})}
COSTS = csv_file(sound()["costs"] * 3)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(
        ["B-100", "EUR", "=1+1", "#N/A", "1,5", "1.234", "3/4/2026", "31.12.2026", "0000-01-01", "1.1.0000"]
    ),
)


GOOD = [
    "item,name,kind,role,unit,decimals",
    *(f"D{k}{'äöü'[k % 3]}x,Größe {k},made,product,piece,{k % 4}" for k in range(1, 9)),
]
BEFORE = read_files({"items.csv": "\n".join(GOOD).encode()}).tables["items"].rows()


def _listed(loaded: Loaded) -> set[int]:
    rows = {f.place.row for f in loaded.findings if f.severity is Severity.BLOCKED and f.place.row}
    for found in loaded.findings:
        say(found)  # every finding has a sentence, and all that its sentence needs
    return rows


@given(st.binary(max_size=300), st.sampled_from(["csv", "tsv", "xlsx", "parquet"]))
def test_any_bytes_at_all(data: bytes, suffix: str) -> None:
    _listed(read_files({f"costs.{suffix}": data}, known=KNOWN))


@given(st.integers(0, len(COSTS)), st.integers(0, 8), st.binary(max_size=6))
def test_a_sound_file_with_a_wound(at: int, length: int, patch: bytes) -> None:
    loaded = read_files({"costs.csv": COSTS[:at] + patch + COSTS[at + length :]}, known=KNOWN)
    if "costs" in loaded.tables:
        assert loaded.rows_read["costs"] - loaded.rows_loaded["costs"] == len(_listed(loaded))


WOUNDS = st.lists(st.tuples(st.integers(1, len(GOOD) - 1), st.integers(0, 50), st.binary(max_size=6)), max_size=5)


@settings(deadline=None)
@given(wounds=WOUNDS, quotes=st.booleans())
def test_rows_that_were_not_touched_load_whatever_bytes_stand_in_the_others(
    *, wounds: list[tuple[int, int, bytes]], quotes: bool
) -> None:
    if quotes:  # two could be the ends of one cell of several lines
        wounds = wounds[:1]
    lines = [line.encode() for line in GOOD]
    for row, at, patch in wounds:
        put = patch if quotes else patch.replace(b'"', b"")
        lines[row] = lines[row][:at] + put + lines[row][at:]
    whole = [k for k, line in enumerate(lines) if k and line == GOOD[k].encode()]
    loaded = read_files({"items.csv": b"\n".join(lines)})
    _listed(loaded)
    there = loaded.tables["items"].rows()
    assert [BEFORE[k - 1] for k in whole if BEFORE[k - 1] not in there] == []
    assert {"\0", "\x1b", "\ufffd"}.isdisjoint("".join(str(cell) for row in there for cell in row))


@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize("typed", [False, True])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS, CELLS), max_size=6))
def test_any_cells_at_all(*, typed: bool, rows: list[tuple[object, ...]]) -> None:
    header = ("item", "standard_cost", "variable_cost", "currency", "valid_from", "valid_to")
    files = {"costs.xlsx": _book([header, *rows])} if typed else {"costs.csv": _text([header, *rows])}
    loaded = read_files(files, known=KNOWN)
    assert loaded.rows_read["costs"] - loaded.rows_loaded["costs"] == len(_listed(loaded))
    assert loaded.tables["costs"].select("item", "standard_cost", "currency").null_count().row(0) == (0, 0, 0)
    loaded.tables["costs"].rows()  # every value can be said


@given(
    days=st.lists(st.one_of(st.integers(-(2**31), 2**31 - 1), st.none()), max_size=4),
    ticks=st.lists(st.one_of(st.integers(-(2**63) + 1, 2**63 - 1), st.none()), max_size=4),
    unit=st.sampled_from(["ms", "us", "ns"]),
)
def test_any_typed_dates_at_all(days: list[int | None], ticks: list[int | None], unit: TimeUnit) -> None:
    rows = max(len(days), len(ticks))
    begins = pl.Series("valid_from", days + [None] * (rows - len(days)), dtype=pl.Int32).cast(pl.Date)
    ends = pl.Series("valid_to", ticks + [None] * (rows - len(ticks)), dtype=pl.Int64).cast(pl.Datetime(unit))
    same = {"item": "B-100", "standard_cost": 1.0, "currency": "EUR"}
    table = pl.DataFrame([begins, ends]).with_columns(pl.lit(value).alias(name) for name, value in same.items())
    out = io.BytesIO()
    table.write_parquet(out)
    loaded = read_files({"costs.parquet": out.getvalue()}, known=KNOWN)
    if rows:
        assert loaded.rows_read["costs"] - loaded.rows_loaded["costs"] == len(_listed(loaded))
        loaded.tables["costs"].rows()


def _book(rows: list[tuple[object, ...]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(rows: list[tuple[object, ...]]) -> bytes:
    quoted = (",".join('"' + str("" if c is None else c).replace('"', '""') + '"' for c in row) for row in rows)
    return "\n".join(quoted).encode()
