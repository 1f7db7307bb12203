"""Thread 3, demand that never was and demand that was hidden, and three decoys that must not be cleaned.

Never was: a line of a usual customer entered as pieces times twelve, credited three weeks later; a promotion that
sold nothing more. Hidden: six weeks without stock, in which customers went elsewhere. Decoys: the contract of thread
1, a season that came a month early, and a burst of an intermittent item that chance explains.
"""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.clock import Clock
from onenumber.sample.demand import Pairs
from onenumber.sample.rows import rows
from onenumber.sample.threads import peak
from onenumber.sample.threads.lines import own_line, usual_line

UNIT_ITEM, UNIT_CUSTOMER, UNIT_MONTH, UNIT_FACTOR = "HOS-03", "C08", -4, 12.0
OUT_ITEM, OUT_MONTH, OUT_DAYS = "VAL-03", -8, 42
WAITED = 7
"""While there is no stock one line in seven waits; the others are never recorded."""
PROMOTION, PROMOTED_FAMILY, PROMOTED_CUSTOMER, PROMOTED_MONTH, PROMISED_UPLIFT = "PR-POOL", "POF", "C24", -3, 25.0
EARLY_FAMILY, EARLY_FROM, EARLY_UNTIL = "SEA", -3, 8
BURST_ITEM, BURST_MONTH, BURST_LINES = "PRO-10", -5, 4
BURST_RATE = 1.5
"""Lines a month of the intermittent item, all customers together."""
BURST_SIZE = 2.0


def with_signals(pairs: Pairs, clock: Clock) -> Pairs:
    """The early season and the intermittent item in what is to be expected."""
    mean, rate = pairs.mean.copy(), pairs.rate.copy()
    months = np.arange(clock.now + EARLY_FROM, clock.now + EARLY_UNTIL)
    early = np.flatnonzero(np.array([family == EARLY_FAMILY for family in pairs.family]))
    full = clock.fullness
    mean[np.ix_(early, months)] = mean[np.ix_(early, months + 1)] / full[months + 1] * full[months]
    rare = np.flatnonzero(pairs.rows(items=(BURST_ITEM,)))
    rate[rare] = BURST_RATE / len(rare)
    mean[rare] = rate[rare][:, None] * BURST_SIZE
    return replace(pairs, mean=mean, rate=rate)


def with_marks(lines: pl.DataFrame, pairs: Pairs, clock: Clock) -> pl.DataFrame:
    """The orders with the wrong unit, the hidden weeks, the flat promotion and the burst in them."""
    lines = pl.concat([lines, _wrong_unit(pairs, clock)])
    lines = _hidden(lines, clock)[0]
    lines = _flat_promotion(lines, pairs, clock)
    return _burst(lines, pairs, clock)


def _usual(pairs: Pairs, clock: Clock) -> float:
    return usual_line(pairs, item=UNIT_ITEM, customer=UNIT_CUSTOMER, month=clock.now + UNIT_MONTH)


def _wrong_unit(pairs: Pairs, clock: Clock) -> pl.DataFrame:
    ordered, requested = (_workday(clock, UNIT_MONTH, day) for day in (8, 16))
    quantity = _usual(pairs, clock) * UNIT_FACTOR
    return own_line(
        pairs, item=UNIT_ITEM, customer=UNIT_CUSTOMER, quantity=quantity, ordered=ordered, requested=requested
    )  # fmt: skip


def credit(pairs: Pairs, clock: Clock) -> pl.DataFrame:
    """What came back of the line with the wrong unit: eleven twelfths, three weeks later."""
    day = _workday(clock, UNIT_MONTH + 1, 6)
    quantity = -_usual(pairs, clock) * (UNIT_FACTOR - 1)
    return own_line(pairs, item=UNIT_ITEM, customer=UNIT_CUSTOMER, quantity=quantity, ordered=day, requested=day)


def _workday(clock: Clock, month: int, day: int) -> dt.date:
    moved = clock.on_workday(np.array([clock.day(month, day)], dtype="datetime64[D]"), forward=True)
    return moved[0].item()  # type: ignore[no-any-return] # a date: the unit is days


def out_from(clock: Clock) -> dt.date:
    """First day without stock."""
    return clock.day(OUT_MONTH)


def out_until(clock: Clock) -> dt.date:
    """The day on which stock is there again, six weeks later."""
    return out_from(clock) + dt.timedelta(days=OUT_DAYS)


def _hidden(lines: pl.DataFrame, clock: Clock) -> tuple[pl.DataFrame, float]:
    """The lines less those that customers did not place while there was no stock, and their quantity."""
    inside = pl.col("requested").is_between(out_from(clock), out_until(clock), closed="left")
    touched = lines.with_row_index("at").filter((pl.col("item") == OUT_ITEM) & inside)
    gone = touched.filter(pl.int_range(pl.len()) % WAITED != 0)
    kept = lines.with_row_index("at").filter(~pl.col("at").is_in(gone["at"].implode())).drop("at")
    return kept, float(gone["quantity"].sum())


def _flat_promotion(lines: pl.DataFrame, pairs: Pairs, clock: Clock) -> pl.DataFrame:
    """The promoted lines scaled so that the month brought exactly the usual quantity, give or take the rounding."""
    month = clock.calendar[clock.now + PROMOTED_MONTH]
    promoted = (
        (pl.col("customer") == PROMOTED_CUSTOMER)
        & pl.col("item").str.starts_with(PROMOTED_FAMILY)
        & pl.col("requested").is_between(month.start, month.end, closed="left")
    )
    sold = float(lines.filter(promoted & pl.col("cancelled").is_null())["quantity"].sum())
    factor = _promoted_mean(pairs, month.index) / sold if sold else 1.0
    scaled = pl.when(promoted).then((pl.col("quantity") * factor).round().clip(lower_bound=1.0))
    return lines.with_columns(scaled.otherwise(pl.col("quantity")).alias("quantity"))


def _promoted_mean(pairs: Pairs, month: int) -> float:
    family = np.array([name == PROMOTED_FAMILY for name in pairs.family])
    return float(pairs.mean[pairs.rows(customers=(PROMOTED_CUSTOMER,)) & family, month].sum())


def _burst(lines: pl.DataFrame, pairs: Pairs, clock: Clock) -> pl.DataFrame:
    """Four orders of the rare item in one month, from four customers, each of an ordinary size."""
    month = clock.calendar[clock.now + BURST_MONTH]
    mine = (pl.col("item") == BURST_ITEM) & pl.col("requested").is_between(month.start, month.end, closed="left")
    buyers = np.flatnonzero(pairs.rows(items=(BURST_ITEM,))).tolist()[:BURST_LINES]
    own = [
        own_line(
            pairs, item=BURST_ITEM, customer=_customer_of(pairs, pair), quantity=BURST_SIZE,
            ordered=_workday(clock, BURST_MONTH - 2, 5 + 3 * k), requested=_workday(clock, BURST_MONTH, 6 + 5 * k),
        )
        for k, pair in enumerate(buyers)
    ]  # fmt: skip
    return pl.concat([lines.filter(~mine), *own])


def _customer_of(pairs: Pairs, pair: int) -> str:
    return f"C{int(pairs.customer[pair]) + 1:02d}"


def promotions(pairs: Pairs, clock: Clock, day: dt.date) -> pl.DataFrame:
    """The promotion that sold nothing, and the same planned again in two months, as known on a day."""
    family = [k for k, name in enumerate(pairs.family) if name == PROMOTED_FAMILY]
    mine = pairs.rows(customers=(PROMOTED_CUSTOMER,))
    items = sorted({pairs.item[k] for k in family if mine[k]})
    plans = [(PROMOTION, PROMOTED_MONTH, -6, "pool opening"), (f"{PROMOTION}-2", 2, -1, "pool opening again")]
    return rows(
        "promotions",
        [
            (key, item, PROMOTED_CUSTOMER, clock.day(month), clock.day(month + 1), PROMISED_UPLIFT, note)
            for key, month, known, note in plans
            for item in items
            if clock.day(known) < day
        ],
    )


def truth(lines: pl.DataFrame, drawn: pl.DataFrame, pairs: Pairs, clock: Clock) -> dict[str, object]:
    """What was wrong and by how much; ``lines`` are numbered, ``drawn`` are the orders before any mark."""
    wrong = lines.filter(
        (pl.col("item") == UNIT_ITEM)
        & (pl.col("customer") == UNIT_CUSTOMER)
        & (pl.col("quantity") == _usual(pairs, clock) * UNIT_FACTOR)
    )
    chance = 1.0 - math.exp(-BURST_RATE) * sum(BURST_RATE**k / math.factorial(k) for k in range(BURST_LINES))
    return {
        "unit_error": {
            "order": wrong["order"][0], "line": wrong["line"][0], "item": UNIT_ITEM, "customer": UNIT_CUSTOMER,
            "period": clock.calendar[clock.now + UNIT_MONTH].label, "factor": UNIT_FACTOR,
            "quantity": wrong["quantity"][0], "meant": _usual(pairs, clock),
        },
        "stock_out": {
            "item": OUT_ITEM, "from": out_from(clock).isoformat(), "until": out_until(clock).isoformat(),
            "days": OUT_DAYS, "hidden_units": _hidden(drawn, clock)[1],
        },
        "promotion": {
            "promotion": PROMOTION, "family": PROMOTED_FAMILY, "customer": PROMOTED_CUSTOMER,
            "period": clock.calendar[clock.now + PROMOTED_MONTH].label, "promised_percent": PROMISED_UPLIFT,
            "true_percent": 0.0, "usual_units": round(_promoted_mean(pairs, clock.now + PROMOTED_MONTH), 1),
        },
        "decoys": {
            "won_contract": {"customer": peak.CUSTOMER, "items": list(peak.ITEMS),
                             "since": clock.calendar[clock.now + peak.WON].label},
            "early_season": {"family": EARLY_FAMILY, "since": clock.calendar[clock.now + EARLY_FROM].label,
                             "months_early": 1},
            "intermittent_burst": {"item": BURST_ITEM, "period": clock.calendar[clock.now + BURST_MONTH].label,
                                   "lines": BURST_LINES, "lines_a_month": BURST_RATE,
                                   "chance_of_as_many": round(chance, 3)},
        },
    }  # fmt: skip


def empty_at(network_row: int, shape: tuple[int, int], clock: Clock) -> Values:
    """Which product must end which month without stock (1.0): the two before the six weeks begin.

    One would do where the plants go by their own rule; a published plan can leave more than a month sells.
    """
    empty = np.zeros(shape)
    empty[network_row, clock.now + OUT_MONTH - 2 : clock.now + OUT_MONTH] = 1.0
    return empty


def stopped_at(network_row: int, shape: tuple[int, int], clock: Clock) -> Values:
    """What of a release is made (1.0: as usual): nothing while the item's tool is broken."""
    share = np.ones(shape)
    share[network_row, clock.now + OUT_MONTH] = 0.0
    return share


def after_the_gap(posted: pl.DataFrame, network_row: int, clock: Clock) -> pl.DataFrame:
    """The item's batches that fall into the six weeks moved to the day they end."""
    inside = (pl.col("row") == network_row) & pl.col("date").is_between(
        out_from(clock), out_until(clock), closed="left"
    )
    return posted.with_columns(pl.when(inside).then(pl.lit(out_until(clock))).otherwise(pl.col("date")).alias("date"))
