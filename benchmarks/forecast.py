"""Accuracy, ranges and cost of the forecast engine on public monthly series, beside published methods.

    PYTHONPATH=src python benchmarks/forecast.py [FOLDER]

FOLDER (default: the data beside the project) holds ``m3_monthly``,
``hospital_monthly`` and ``carparts_monthly``. The last months of each series are held out; nothing is tuned here.
OWA is the mean of MASE and sMAPE, each against the benchmark that is named.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.demand.methods.naive import naive
from onenumber.demand.panel import panel_of
from onenumber.demand.pool import pool
from onenumber.demand.series import forecast_series

Floats = npt.NDArray[np.float64]
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
SEASON = 12
SHORT = 36
HELD_OUT_PARTS = 12
PUBLISHED = ("THETA", "ForecastPro", "AutoBox2", "NAIVE2")
HOSPITAL = ("seasonal_naive", "auto_ets", "auto_theta", "auto_arima", "chronos_bolt_base")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Series ids, history (series x periods, NaN before the first) and the actuals held out (series x horizon)."""

    ids: list[str]
    history: Floats
    actual: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Mean over series of MASE (season 12) and of sMAPE (0 to 200)."""

    mase: float
    smape: float

    def against(self, other: "Accuracy") -> float:
        """OWA against another forecast."""
        return (self.mase / other.mase + self.smape / other.smape) / 2.0


def read(folder: Path, name: str) -> Held:
    """A set whose rows say which are ``train``."""
    rows = pl.read_parquet(folder / name / "series.parquet")
    train = (
        rows.filter(pl.col("split") == "train").group_by("unique_id", maintain_order=True).agg("y").sort("unique_id")
    )
    test = rows.filter(pl.col("split") != "train").group_by("unique_id", maintain_order=True).agg("y").sort("unique_id")
    longest = int(train["y"].list.len().max() or 0)
    history = np.array([[np.nan] * (longest - len(y)) + y for y in train["y"].to_list()], dtype=np.float64)
    return Held(
        ids=train["unique_id"].to_list(), history=history, actual=np.array(test["y"].to_list(), dtype=np.float64)
    )


def accuracy(held: Held, forecast: Floats) -> Accuracy:
    """Score forecasts (series x horizon); the scale of MASE is the seasonal naive error inside the history given."""
    error = np.abs(forecast - held.actual)
    scale = np.nanmean(np.abs(held.history[:, SEASON:] - held.history[:, :-SEASON]), axis=1)
    size = np.abs(forecast) + np.abs(held.actual)
    smape = 200.0 * error / np.where(size > 0.0, size, 1.0)
    return Accuracy(mase=float((error.mean(axis=1) / scale)[scale > 0.0].mean()), smape=float(smape.mean()))


def engine(name: str, held: Held) -> Accuracy:
    """Run the engine, print its accuracy, coverage and cost, and hand the accuracy back."""
    horizon = held.actual.shape[1]
    benchmark = accuracy(held, naive(panel_of(held.history), horizon=horizon, season=SEASON).T)
    start = time.process_time()
    pool(panel_of(held.history), horizon=horizon, season=SEASON)
    alone = time.process_time() - start
    made = forecast_series(values=held.history, horizon=horizon, season=SEASON, levels=(80, 95))
    whole = time.process_time() - start - alone
    own = accuracy(held, made.mean)
    inside = [float(((held.actual >= low) & (held.actual <= high)).mean()) for low, high in made.bands.values()]
    count = len(held.ids)
    print(
        f"{name:22} {count:5} series  MASE {own.mase:.3f}  sMAPE {own.smape:6.2f}  OWA to seasonal naive "
        f"{own.against(benchmark):.3f}  cover 80: {inside[0]:.3f}  95: {inside[1]:.3f}  "
        f"ms a series: means {1e3 * alone / count:.2f}, with ranges {1e3 * whole / count:.2f}"
    )
    return own


def m3(folder: Path) -> None:
    """M3 monthly, whole and cut to 36 months, and published methods scored from their own forecasts."""
    held = read(folder, "m3_monthly")
    own = engine("M3 monthly", held)
    engine("M3, 36 months only", Held(ids=held.ids, history=held.history[:, -SHORT:], actual=held.actual))
    rows = pl.read_parquet(folder / "m3_monthly" / "forecasts_24_methods.parquet").sort("method", "unique_id", "h")
    scores = {
        str(key[0]): accuracy(held, part["yhat"].to_numpy().reshape(held.actual.shape))
        for key, part in rows.filter(pl.col("method").is_in(PUBLISHED)).group_by("method", maintain_order=True)
    }
    naive2 = scores["NAIVE2"]
    print(f"    OWA to Naive2: ours {own.against(naive2):.3f}")
    for method, score in sorted(scores.items(), key=lambda item: item[1].mase):
        owa = score.against(naive2)
        print(f"    {method:14} MASE {score.mase:.3f}  sMAPE {score.smape:6.2f}  OWA to Naive2 {owa:.3f}")


def hospital(folder: Path) -> None:
    """Hospital monthly, whole and cut to 36 months, and what others published."""
    held = read(folder, "hospital_monthly")
    engine("hospital", held)
    engine("hospital, 36 months", Held(ids=held.ids, history=held.history[:, -SHORT:], actual=held.actual))
    rows = pl.read_csv(folder / "published_benchmarks" / "monthly_sets_mase_wql_times.csv", infer_schema_length=None)
    rows = rows.filter((pl.col("dataset_config") == "monash_hospital") & pl.col("model_name").is_in(HOSPITAL))
    for method, mase in rows.select("model_name", "MASE").unique().sort("MASE", "model_name").iter_rows():
        print(f"    {method:22} MASE {mase:.3f} (published)")


def car_parts(folder: Path) -> None:
    """Intermittent demand: RMSSE and bias, beside the mean of history."""
    rows = pl.read_parquet(folder / "carparts_monthly" / "series.parquet").sort("unique_id", "ds")
    values = rows["y"].to_numpy().reshape(rows["unique_id"].n_unique(), -1)
    history, actual = values[:, :-HELD_OUT_PARTS], values[:, -HELD_OUT_PARTS:]
    scale = np.nanmean(np.diff(history, axis=1) ** 2, axis=1)
    used = np.isfinite(actual).all(axis=1) & (scale > 0.0)
    means = np.tile(np.nanmean(history, axis=1)[:, None], HELD_OUT_PARTS)
    made = pool(panel_of(history), horizon=HELD_OUT_PARTS, season=SEASON).mean.T
    for name, forecast in (("car parts", made), ("    mean of history", means)):
        error = (forecast - actual)[used]
        rmsse = np.sqrt((error**2).mean(axis=1) / scale[used]).mean()
        print(f"{name:22} {used.sum():5} series  RMSSE {rmsse:.3f}  bias {error.sum() / actual[used].sum():+.3f}")


def main() -> None:
    """Run all three sets."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE
    if not (folder / "m3_monthly").is_dir():
        sys.exit(f"No data sets in {folder}: name their folder as the argument.")
    for run in (m3, hospital, car_parts):
        run(folder)


if __name__ == "__main__":
    main()
