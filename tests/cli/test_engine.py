"""The engine commands, in a process of their own: no database, no Django."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests import tiny

TOP = Path(__file__).resolve().parents[2]
PROBE = "import sys; from onenumber.cli import main; main(standalone_mode=False); assert 'django' not in sys.modules"


def _run(*words: object) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP / "src"), "HOME": os.devnull}
    script = PROBE.replace("import sys;", f"import sys; sys.argv = ['onenumber', *{[str(w) for w in words]!r}];")
    return subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False)


def test_a_file_of_series_is_forecast_without_a_database(tmp_path: Path) -> None:
    months = [f"{2023 + k // 12}-{k % 12 + 1:02d}" for k in range(36)]
    series = pl.DataFrame({"series": ["A"] * 36, "month": months, "value": [100.0 + k for k in range(36)]})
    series.write_csv(tmp_path / "in.csv")
    done = _run("engine", "forecast", tmp_path / "in.csv", "--horizon", 3, "-o", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    out = pl.read_csv(tmp_path / "out.csv")
    assert out.columns == ["series", "month", "mean", "lo80", "hi80", "lo95", "hi95", "method"]
    assert len(out) == 3
    assert (out["lo95"] <= out["lo80"]).all()
    assert (out["hi80"] <= out["hi95"]).all()


def test_a_folder_of_supply_tables_is_planned_without_a_database(tmp_path: Path) -> None:
    tables = tiny.tables()
    wanted = ("plan", "items", "families", "divisions", "item_sites", "sites", "resources", "rates", "sourcing_rules",
              "stock", "prices", "costs", "overtime")  # fmt: skip
    folder = tiny.write(tmp_path / "in", {name: tables[name] for name in wanted})
    rows = [(item, division, period, quantity)
            for item, division in (("A1", "DA"), ("B1", "DB"))
            for period, quantity in (("2026-06", 10.0), ("2026-07", 200.0))]  # fmt: skip
    demand = pl.DataFrame(rows, schema=["item", "division", "period", "quantity"], orient="row")
    demand.write_csv(folder / "demand.csv")
    done = _run("engine", "plan", folder, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["status"] == "optimal"
    assert summary["worst_violation"] < 1e-6
    assert summary["bound"] == pytest.approx(summary["objective"])
    # 60 on hand of each and 300 hours in July, an hour a unit: 10 + 200 of each can be served
    assert {name: row["served"] for name, row in summary["divisions"].items()} == {"DA": 210.0, "DB": 210.0}
