"""History to Forecast: benchmark, mean and range of every stream and level, adding up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.demand.backtest import backtest, error_scale
from onenumber.demand.intervals import coverage, ranges
from onenumber.demand.levels import STREAM, Level, levels_of, with_totals
from onenumber.demand.methods.naive import naive
from onenumber.demand.panel import Floats, Panel, every, panel_of
from onenumber.demand.pool import Pooled, pool
from onenumber.demand.reconcile import reconcile, sums
from onenumber.demand.scores import score_levels
from onenumber.demand.series import check_request
from onenumber.model.cube import Cube, State, alike
from onenumber.model.period import Calendar
from onenumber.model.sheet import Sheet, SheetKind

PERCENT = 80.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The forecast of one cycle.

    ``naive`` (L0), ``mean`` (L1), ``lower`` and ``upper`` (80 %) are cubes (streams x horizon). ``bands`` holds
    mean and range of every group of every level, ``methods`` what was used per stream, ``backtest`` how it did per
    level.
    """

    naive: Cube
    mean: Cube
    lower: Cube
    upper: Cube
    methods: pl.DataFrame
    bands: pl.DataFrame
    backtest: pl.DataFrame


def forecast_sheet(forecast: Forecast) -> Sheet:
    """The Forecast sheet: four cubes, three tables, and its key figures in the notes.

    WAPE and bias (+ is over) are of streams at lag 1, the second period of the horizon; coverage is the share of
    actuals inside the 80 % range of their stream. None where the backtest can't tell.
    """
    cubes = (forecast.naive, forecast.mean, forecast.lower, forecast.upper)
    figures = {row["method"]: row for row in forecast.backtest.filter(pl.col("level") == STREAM).iter_rows(named=True)}
    return Sheet(
        kind=SheetKind.FORECAST,
        cubes={cube.measure: cube for cube in cubes},
        tables={"methods": forecast.methods, "bands": forecast.bands, "backtest": forecast.backtest},
        notes={
            "series": len(forecast.mean.axis),
            "horizon": forecast.mean.periods,
            "units": alike(forecast.mean.values.sum(), forecast.mean.units),
            "wape_lag1": figures["pool"]["wape"],
            "bias_lag1": figures["pool"]["bias"],
            "naive_wape_lag1": figures["naive"]["wape"],
            "coverage80": figures["pool"]["coverage80"],
        },
    )


def make_forecast(*, history: Cube, calendar: Calendar, horizon: int) -> Forecast:
    """Forecast every stream of ``history`` (cleaned demand, streams x periods before the cycle).

    Streams and every group above them are forecast by the pool, each from its own history, then reconciled
    (:func:`onenumber.demand.reconcile.reconcile`), so that groups are the sums of their streams at every level. The
    same is done from three earlier origins; the errors of the reconciled forecasts give the ranges, apart for
    streams and for groups. A period marked *none* before the first order is not there, one marked *missing* is a
    gap, a present zero is a true zero. A stream without any history is 0 and says so in ``methods``.

    Raises:
        BadForecastRequestError: if the horizon is shorter than one period.
    """
    season = calendar.periods_a_year
    check_request(horizon=horizon, season=season, levels=[PERCENT])
    levels = levels_of(history.axis, history.units)
    streams = panel_of(np.where(history.state == State.PRESENT, history.values, np.nan))
    mean, made = _coherent(streams, levels, horizon=horizon, season=season)
    mean = np.nan_to_num(mean)
    half_width, scores = _tested(streams, levels, history, horizon=horizon, season=season)
    lower, upper = np.maximum(mean - half_width, 0.0), mean + half_width
    return Forecast(
        naive=_cube("L0", np.nan_to_num(naive(streams, horizon=horizon, season=season)), history),
        mean=_cube("L1", mean, history),
        lower=_cube("lo80", lower, history),
        upper=_cube("hi80", upper, history),
        methods=_methods(history, streams, made),
        bands=_bands(levels, mean, lower, upper, history),
        backtest=scores,
    )


def _tested(
    streams: Panel, levels: Sequence[Level], history: Cube, *, horizon: int, season: int
) -> tuple[Floats, pl.DataFrame]:
    """Half width of the range of every node, (horizon x nodes), and the table of backtest scores."""
    nodes, own = with_totals(streams, levels), slice(0, streams.series)

    def predict(past: Panel, steps: int) -> Floats:
        return _coherent(past.take(own), levels, horizon=steps, season=season)[0]

    tested = backtest(nodes, horizon=horizon, season=season, predict=predict)
    pools = np.where(np.arange(nodes.series) < streams.series, 0, 1)
    made = ranges(tested, scale=error_scale(nodes, season=season), pools=pools, horizon=horizon, percents=[PERCENT])
    inside = coverage(tested, pools=pools, percent=PERCENT)
    return made.half_width(PERCENT), score_levels(tested, levels=levels, units=history.units, inside=inside)


def _coherent(streams: Panel, levels: Sequence[Level], *, horizon: int, season: int) -> tuple[Floats, Pooled]:
    """Reconciled means of streams and groups, (horizon x nodes), NaN for a node without history; and the pool."""
    made = pool(with_totals(streams, levels), horizon=horizon, season=season)
    groupings = [level.grouping for level in levels]
    known = every(np.isfinite(made.mean))
    split = streams.series
    bottom = reconcile(
        bottom=np.nan_to_num(made.mean[:, :split]),
        top=made.mean[:, split:],
        bottom_error=np.where(known[:split], made.error[:split], 0.0),
        top_error=made.error[split:],
        levels=groupings,
    )
    begun = sums(streams.live[-1:].astype(np.float64), groupings)[0] > 0.0
    mean = np.concatenate([bottom, sums(bottom, groupings)], axis=1)
    return np.where(np.concatenate([known[:split], begun]), mean, np.nan), made


def _cube(measure: str, values: Floats, history: Cube) -> Cube:
    of_streams = np.ascontiguousarray(values[:, : len(history.axis)].T)
    state = np.full(of_streams.shape, State.PRESENT, dtype=np.uint8)
    return Cube(measure, of_streams, state, history.axis, history.first + history.periods, history.units)


def _methods(history: Cube, streams: Panel, made: Pooled) -> pl.DataFrame:
    """What was used per stream: class, method, how much season was kept, and on how many observations."""
    count = streams.series
    return pl.DataFrame(
        {
            "stream": history.axis.keys.tolist(),
            "demand_class": made.classes.label[:count].tolist(),
            "method": made.method[:count].tolist(),
            "observed": streams.observed.astype(np.int64),
            "adi": _finite(made.classes.adi[:count]),
            "cv2": _finite(made.classes.cv2[:count]),
            "season_strength": made.strength[:count],
        }
    )


def _finite(values: Floats) -> pl.Series:
    """Numbers with null for what has none."""
    return pl.Series([v if np.isfinite(v) else None for v in values.tolist()], dtype=pl.Float64)


def _bands(levels: Sequence[Level], mean: Floats, lower: Floats, upper: Floats, history: Cube) -> pl.DataFrame:
    """Mean and range of every group and period, (levels x labels x horizon) rows."""
    horizon, first = len(mean), len(history.axis)
    names = np.concatenate([np.full(len(level.labels), level.name) for level in levels])
    labels = np.concatenate([level.labels for level in levels])
    start = history.first + history.periods
    return pl.DataFrame(
        {
            "level": np.repeat(names, horizon).tolist(),
            "label": np.repeat(labels, horizon).tolist(),
            "period": np.tile(np.arange(start, start + horizon), len(labels)),
            "mean": mean[:, first:].T.ravel(),
            "lo80": lower[:, first:].T.ravel(),
            "hi80": upper[:, first:].T.ravel(),
        },
        schema_overrides={"level": pl.String, "label": pl.String, "period": pl.Int64},
    )
