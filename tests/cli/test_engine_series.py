"""`onenumber engine forecast` reads its file as a load does, and says what it left out."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from onenumber.cli import main

MONTHS = [f"{2023 + k // 12}-{k % 12 + 1:02d}" for k in range(24)]
CSV = "series,month,value\n" + "".join(f"A,{month},{k % 5}.5\n" for k, month in enumerate(MONTHS))


def _forecast(source: Path, *words: object) -> Result:
    asked = [
        "engine",
        "forecast",
        str(source),
        "--horizon",
        "2",
        "-o",
        str(source.parent / "out.csv"),
        *map(str, words),
    ]
    return CliRunner().invoke(main, asked, catch_exceptions=False)


def _written(home: Path, text: str | bytes, name: str = "in.csv") -> Path:
    source = home / name
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    return source


def _made(home: Path) -> pl.DataFrame:
    return pl.read_csv(home / "out.csv")


def test_decimal_commas_and_semicolons_read_as_points_and_commas_do(tmp_path: Path) -> None:
    assert _forecast(_written(tmp_path, CSV)).exit_code == 0
    points = _made(tmp_path)
    commas = CSV.replace(",", ";").replace(".5", ",5")
    assert _forecast(_written(tmp_path, commas)).exit_code == 0
    assert _made(tmp_path).equals(points)
    assert points["month"].to_list() == ["2025-01-01", "2025-02-01"]


def test_months_may_be_days_in_any_common_form(tmp_path: Path) -> None:
    assert _forecast(_written(tmp_path, CSV)).exit_code == 0
    months = _made(tmp_path)
    days = CSV
    for month in MONTHS:
        year, number = month.split("-")
        days = days.replace(f"A,{month},", f"A,15.{number}.{year},")
    assert _forecast(_written(tmp_path, days)).exit_code == 0
    assert _made(tmp_path).equals(months)


def test_dates_of_a_parquet_file_stay_dates(tmp_path: Path) -> None:
    days = [dt.date(2026, k, 15) for k in (1, 2, 3)]
    rows = pl.DataFrame({"series": "A", "month": days, "value": [1.0, float("nan"), 3.0]})
    rows.write_parquet(tmp_path / "in.parquet")
    done = _forecast(tmp_path / "in.parquet", "-o", tmp_path / "out.parquet")
    assert done.exit_code == 0
    assert pl.read_parquet(tmp_path / "out.parquet")["month"].to_list() == [dt.date(2026, 4, 1), dt.date(2026, 5, 1)]


@pytest.mark.parametrize("word", ["", "NA", "nan", "NULL"])
def test_a_value_that_is_not_known_is_no_finding(tmp_path: Path, word: str) -> None:
    done = _forecast(_written(tmp_path, CSV.replace("A,2024-03,4.5", f"A,2024-03,{word}")))
    assert (done.exit_code, "2024" in done.output) == (0, False)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,2021-02-30,1", "in.csv, row 26, month: '2021-02-30' is a day that does not exist."),
        ("A,2021-13,1", "in.csv, row 26, month: '2021-13' is not a month. Write it as 2026-07, or as a date."),
        ("A,0000-01,1", "in.csv, row 26, month: '0000-01' is not a month."),
        ("A,2021-01,x", "in.csv, row 26, value: 'x' is not a number."),
        (",2021-01,1", "in.csv, row 26, series: The cell is empty"),
        ("A,2024-12-31,1", "in.csv, row 26, month: 'A' has 2 rows for 2024-12; none of them is used"),
    ],
)
def test_a_row_that_is_left_out_is_said_and_ends_with_1(tmp_path: Path, row: str, said: str) -> None:
    done = _forecast(_written(tmp_path, f"{CSV}{row}\n"), "--findings", tmp_path / "found.csv")
    assert done.exit_code == 1
    assert said in done.output
    assert len((tmp_path / "found.csv").read_text().splitlines()) == 2
    assert _made(tmp_path)["month"].to_list()[-1] in ("2025-01-01", "2025-02-01")


def test_rows_keep_their_number_behind_one_that_was_left_out(tmp_path: Path) -> None:
    source = _written(tmp_path, f"series,month,value\nA,never,1\n\nA,2023-01,7\nB,2023-01,2\nB,2023-01,3\n{CSV[19:]}")
    assert "row 6, month: 'B' has 2 rows for 2023-01" in _forecast(source).output


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("in.csv", "", "The table of series can't be read: in.csv: The file is empty."),
        (
            "in.csv",
            "series,month\nA,2026-01\n",
            "in.csv: The required column 'value' is missing; 1 rows were not loaded.",
        ),
        ("in.csv", "series,value\nA,1\n", "in.csv: The required column 'month' is missing; 1 rows were not loaded."),
        (
            "in.csv",
            "series,month,value\n",
            "The table of series can't be read: it has no row that can be used. Write one for each series and month.\n",
        ),
        ("in.parquet", "PAR1 not", "in.parquet: The file cannot be opened"),
    ],
)
def test_a_file_without_a_series_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    done = _forecast(_written(tmp_path, text, name))
    assert (done.exit_code, said in done.output) == (2, True), done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "{home}/no/out.csv"), "no is not a folder. Make it first, or name another."),
        (("-o", "{home}/made.csv"), "made.csv' is a directory."),
        (("-o", "{home}/out.xlsx"), ".xlsx is not known. Name the file .csv or .parquet."),
        (("-o", "{home}/out"), "No ending is not known."),
        (("-o", "{home}/in.csv"), "in.csv is also the file to write."),
        (("--levels", "abc"), "'abc' is not a list of percents. Write it as 80,95."),
        (("--levels", ""), "'' is not a list of percents."),
        (("--levels", "80,,95"), "'80,,95' is not a list of percents."),
        (("--horizon", "-3"), "A horizon of -3 can't be: use 1 to 1200 periods."),
        (("--horizon", "100000"), "A horizon of 100000 can't be: use 1 to 1200 periods."),
        (("--season", "0"), "A season of 0 can't be: use the number of periods in a year, 1 to 1200."),
        (("--season", "1000000"), "A season of 1000000 can't be: use the number of periods in a year, 1 to 1200."),
        (("--levels", "101"), "A level of 101.0 can't be: use a percent between 0 and 100, such as 80."),
        (("--findings", "{home}/no/found.csv"), "no is not a folder. Make it first, or name another."),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_read(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "made.csv").mkdir()
    done = _forecast(_written(tmp_path, CSV), *(word.format(home=tmp_path) for word in words))
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert (tmp_path / "in.csv").read_text() == CSV
    assert not (tmp_path / "out.csv").exists()


def test_what_is_odd_in_a_series_is_said_and_does_not_stop_it(tmp_path: Path) -> None:
    """A value a quarter is read as a month with two missing after it; a series of empty cells has no forecast."""
    rows = "".join(f"Q,{month},30\n" for month in MONTHS[::3]) + "E,2024-01,\n"
    done = _forecast(_written(tmp_path, f"{CSV}{rows}"), "--findings", tmp_path / "found.csv")
    assert done.exit_code == 0
    assert "attention: in.csv, Q: It has a row every 3 months only;" in done.output
    assert "attention: in.csv, E: It has no value in any month, so it has no forecast." in done.output
    assert len((tmp_path / "found.csv").read_text().splitlines()) == 1 + 2
    made = _made(tmp_path).filter(series="E")
    assert (made["mean"].to_list(), made["method"].to_list()) == ([None] * 2, ["none: no history"] * 2)
