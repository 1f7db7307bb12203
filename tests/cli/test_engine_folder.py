"""`onenumber engine plan` holds its folder to the data contract, as a load does."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onenumber.cli import main

FOLDER = {
    "demand.csv": "item,period,quantity\nA,2026-05,0\nA,2026-06,10\nB,2026-06,5\n",
    "items.csv": "item,kind,unit\nA,made,pcs\nB,made,pcs\n",
    "resources.csv": "resource,site,hours_per_period\nL,P,100\n",
    "rates.csv": "item,site,route,resource,hours_per_unit\nA,P,R,L,1\nB,P,R,L,1\n",
}
"""A and B on one line; a load would ask for names as well, which no plan reads."""
MAINTENANCE = "window,resource,start,end,hours,movable\n"


def _plan(home: Path, changes: dict[str, str | None], *words: object) -> Result:
    folder = home / "in"
    folder.mkdir()
    for name, text in {**FOLDER, **changes}.items():
        if text is not None:
            (folder / name).write_text(text)
    asked = ["engine", "plan", str(folder), "-o", str(home / "out"), *map(str, words)]
    return CliRunner().invoke(main, asked, catch_exceptions=False)


def _served(home: Path) -> float:
    return sum(row["served"] for row in json.loads((home / "out" / "summary.json").read_text())["divisions"].values())


def test_a_sound_folder_ends_with_0(tmp_path: Path) -> None:
    done = _plan(tmp_path, {})
    assert (done.exit_code, done.output[:8], _served(tmp_path)) == (0, "optimal:", 15.0)


def test_a_semicolon_file_with_decimal_commas_is_read(tmp_path: Path) -> None:
    done = _plan(tmp_path, {"demand.csv": "item;period;quantity\nA;2026-05;0\nA;2026-06;1,5\nB;2026-06;2,25\n"})
    assert (done.exit_code, _served(tmp_path)) == (0, 3.75)


@pytest.mark.parametrize(
    ("name", "text", "said", "served"),
    [
        ("demand.csv", "item,period,quantity\nA,2026-05,0\nA,2026-06,-4\nB,2026-06,5\n",
         "demand.csv, row 3, quantity: '-4' is below the least allowed, 0.", 5.0),
        ("demand.csv", "item,period,quantity\nA,2026-05,0\nA,2026-06,many\nB,2026-06,5\n",
         "demand.csv, row 3, quantity: 'many' is not a number.", 5.0),
        ("demand.csv", "item,period,quantity\nA,2026-05,0\nZ,2026-06,4\nB,2026-06,5\n",
         "demand.csv, row 3, item: 'Z' is not in items.item.", 5.0),
        ("rates.csv", "item,site,route,resource,hours_per_unit\nA,P,R,L,-1\nB,P,R,L,1\n",
         "rates.csv, row 2, hours_per_unit: '-1' is below the least allowed, 0.", 5.0),
        ("items.csv", "item,kind,unit\nA,magic,pcs\nB,made,pcs\n", "items.csv, row 2, kind: 'magic' is none of", None),
        ("items.csv", "item,kind,unit\nA,made,pcs\nB,made,pcs\nA,made,pcs\n",
         "items.csv, row 4, item: A is there already in row 2", 15.0),
        ("stock.csv", "item,site,date,status,quantity\nA,P,2026-04-30,free,5\nA,P,2026-04-30,free,5\n",
         "stock.csv, row 3, status: A, P, 2026-04-30, free is there already in row 2", 15.0),
        ("bill_of_materials.csv", "parent,component,quantity\nA,A,1\n", "goes round in a circle: A > A.", 15.0),
        ("bill_of_materials.csv", "parent,component,quantity\nA,B,1\nB,A,1\n",
         "bill_of_materials.csv, row 3, component: The bill of materials goes round in a circle: A > B > A.", 15.0),
        ("demand.csv", "item,period,quantity\nA,2026-05,0\nA,2026-06,4\nB,2026-06,5\nA,2026-06,4\n",
         "demand.csv, row 5, period: A, 2026-06 is there already in row 3 of demand.csv; the first row counts.", 9.0),
        ("settings.csv", "firm_periods\nsome\n", "settings.csv, row 2, firm_periods: 'some' is not a number.", 15.0),
    ],
)  # fmt: skip
def test_a_row_against_the_contract_is_left_out_and_said(
    tmp_path: Path, name: str, text: str, said: str, served: float | None
) -> None:
    done = _plan(tmp_path, {name: text})
    assert done.exit_code == 1
    assert said in done.output
    if served is not None:
        assert _served(tmp_path) == pytest.approx(served)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("bill_of_materials.csv", "foo,bar\n1,2\n", "bill_of_materials.csv: The required column 'parent' is missing;"),
        ("bill_of_materials.csv", "parent,component\nA,B\n", "The required column 'quantity' is missing;"),
        ("plan.csv", "plan,name\np,P\n", "plan.csv: The required column 'currency' is missing;"),
        ("maintenance.csv", "window,resource\nW,L\n", "maintenance.csv: The required column 'start' is missing;"),
        ("demand.csv", "", "demand.csv: The file is empty."),
        ("demand.csv", "item,period,quantity\n", "table 'demand' has no row that could be read."),
        ("demand.csv", "item,period,quantity\nZ,2026-06,1\n", "table 'demand' has no row that could be read."),
        ("rates.csv", None, "The required table rates is missing."),
        ("settings.csv", "firm_periods\n9\n", "firm_periods is 9, and demand runs over 2 periods."),
        ("settings.csv", "firm_periods\n0\n1\n", "table 'settings' has 2 rows instead of one."),
        ("demand.csv", "item,period,quantity\nA,2926-05,1\nA,2026-06,4\n",
         "demand runs over 10800 periods, more than 600, as if a year were mistyped."),
    ],
)  # fmt: skip
def test_without_a_table_that_was_brought_or_is_needed_there_is_no_plan(
    tmp_path: Path, name: str, text: str | None, said: str
) -> None:
    done = _plan(tmp_path, {name: text})
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "out").exists()


def test_references_to_a_table_that_is_there_are_checked(tmp_path: Path) -> None:
    sites = "site,workdays\nQ,12345\n"
    assert "resources.csv, row 2, site: 'P' is not in sites.site." in _plan(tmp_path, {"sites.csv": sites}).output


def test_a_window_of_maintenance_takes_its_hours(tmp_path: Path) -> None:
    done = _plan(tmp_path, {"maintenance.csv": f"{MAINTENANCE}W,L,2026-06-01,2026-06-08,90,no\n"})
    assert (done.exit_code, _served(tmp_path)) == (0, 10.0)


def test_every_finding_is_written_to_a_file(tmp_path: Path) -> None:
    rows = "".join(f"Z{k},2026-06,1\n" for k in range(12))
    done = _plan(tmp_path, {"demand.csv": f"{FOLDER['demand.csv']}{rows}"}, "--findings", tmp_path / "found.csv")
    assert done.exit_code == 1
    assert len((tmp_path / "found.csv").read_text().splitlines()) == 1 + 12


def test_the_folder_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    done = _plan(tmp_path, {}, "-o", tmp_path / "in")
    assert done.exit_code == 2
    assert "its tables would be written over; name another folder to write." in done.output
    assert (tmp_path / "in" / "resources.csv").read_text() == FOLDER["resources.csv"]
