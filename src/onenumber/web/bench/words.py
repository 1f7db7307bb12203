"""The workbench in words: its queue, the chart, the months, and why the forecast is what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.bench import Bench, Line
from onenumber.steps.see.bench_series import Amounts, Kept, Reason, Series
from onenumber.web.bench.odd import KINDS
from onenumber.web.charts.draw import Chart
from onenumber.web.charts.draw import Line as Drawn
from onenumber.web.numbers import NOTHING, bias_words, number, period_head, share, short
from onenumber.web.plan_grid.words import LAYERS
from onenumber.web.what_if.model import Tried

SEASONAL = 0.3
"""Share of the raw season that is kept from which on one says that there is a season."""
RARE = ("intermittent", "lumpy")
NEAR = 6
METHODS: Mapping[str, str | Promise] = {
    "holt + theta + dynamic theta": _("the mean of three methods (Holt, theta, dynamic theta)"),
    "smoothing + tsb": _("the mean of two methods (seasonal smoothing, TSB)"),
    "mean of what was seen": _("the mean of what was seen"),
    "zero: no demand yet": _("zero, as there is no demand yet"),
}
"""What made a series, as the forecast names it."""
SEASONS: Mapping[str, str | Promise] = {
    "seasonal factors": _("with seasonal factors"), "seasonal amounts": _("with seasonal amounts"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """A family of the queue: money at risk as shown, what is open there, whether it is the one that is shown."""

    key: str
    name: str
    risk: str
    open: str
    looked: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A row of the months: its name and a text for each month ahead."""

    name: str
    look: str
    cells: tuple[str, ...]


def lead(shown: Bench) -> str:
    """What to decide first: how many families wait, and what is at risk in the one shown."""
    if shown.series is None:
        return gettext("The data of this month are not frozen yet; the queue comes with History.")
    left = sum(not one.looked for one in shown.queue)
    said = _not_looked(left) if shown.agreed else _left(left, hers=shown.looks)
    line = next((one for one in shown.queue if one.key in (shown.place.key, shown.place.above)), None)
    if line is not None:
        values = {"name": line.name, "risk": short(line.risk), "unit": shown.currency}
        said += " " + gettext("%(name)s has %(risk)s %(unit)s at risk in the next six months.") % values
    open_ = sum(not one.verdict for one in shown.odds)
    if open_:
        more = ngettext("%(n)d thing is unlike the past.", "%(n)d things are unlike the past.", open_)
        said += " " + more % {"n": open_}
    return said


def _left(left: int, *, hers: bool) -> str:
    """How many families wait to be looked at: of who does that, and of anybody else."""
    if not left:
        return gettext("You have looked at every family.") if hers else gettext("Every family was looked at.")
    said = ngettext("%(n)d family waits for your look.", "%(n)d families wait for your look.", left)
    if not hers:
        said = ngettext("%(n)d family is not looked at yet.", "%(n)d families are not looked at yet.", left)
    return said % {"n": left}


def _not_looked(left: int) -> str:
    """How many families nobody looked at, once the demand is agreed: nothing of it waits any more."""
    if not left:
        return gettext("Demand is agreed; every family was looked at.")
    said = ngettext(
        "Demand is agreed; %(n)d family was not looked at this month.",
        "Demand is agreed; %(n)d families were not looked at this month.",
        left,
    )
    return said % {"n": left}


def queue_lines(shown: Bench) -> list[QueueLine]:
    """The queue as shown."""
    return [
        QueueLine(
            key=one.key, name=one.name, risk=short(one.risk), open=_open(one), looked=one.looked,
            current=one.key in (shown.place.key, shown.place.above),
        )
        for one in shown.queue
    ]  # fmt: skip


def _open(one: Line) -> str:
    odd = ngettext("%(n)d odd", "%(n)d odd", one.odds) % {"n": one.odds} if one.odds else ""
    asked = gettext("%(n)d asked") % {"n": one.asked} if one.asked else ""
    news = gettext("%(n)d news") % {"n": one.news} if one.news else ""
    return " · ".join(filter(None, (odd, asked, news)))


def chart_of(shown: Bench) -> Chart | None:
    """History raw and cleaned, the baseline with its range, what stands now and the last cycle; flags for events."""
    series = shown.series
    if series is None:
        return None
    cleaned = series.cleaned != series.raw
    wanted: Sequence[tuple[str, str, Amounts]] = (
        (gettext("cleaned"), "budget", series.cleaned if cleaned else ()),
        (gettext("as ordered"), "actual", series.raw),
        (gettext("last cycle"), "last", series.last),
        (gettext("baseline"), "forecast", series.baseline),
        (gettext("with all that was typed"), "plan", series.total if series.layers else ()),
    )
    drawn = tuple(
        Drawn(name=name, look=look, values=values)
        for name, look, values in wanted
        if any(v is not None for v in values)
    )
    at = {label: column for column, label in enumerate(series.labels)}
    flags = tuple(
        (at[one.label], f"{KINDS.get(one.kind, one.kind)}: {one.text}") for one in shown.flags if one.label in at
    )
    return Chart(
        title=shown.place.name, unit=series.unit, columns=tuple(map(period_head, series.labels)), now=series.now,
        lines=drawn,
        low=series.low, high=series.high, flags=flags,
    )  # fmt: skip


def chart_words(shown: Bench) -> str:
    """What the chart shows, for who cannot see it."""
    values = {"name": shown.place.name}
    return (
        gettext("%(name)s: two years of demand and the forecast with its range; the months stand in the table.")
        % values
    )


def months(shown: Bench) -> tuple[tuple[str, ...], tuple[MonthRow, ...]]:
    """Heads and rows of the months ahead: last year, baseline, range, layers and what stands now."""
    series = shown.series
    if series is None or not series.baseline:
        return (), ()
    ahead = slice(series.now, None)
    rows = [
        _row(gettext("A year before"), "past", _year_before(series)),
        _row(gettext("Baseline"), "", series.baseline[ahead]),
        _row(gettext("80 % low"), "quiet", series.low[ahead]), _row(gettext("80 % high"), "quiet", series.high[ahead]),
        *(_row(str(LAYERS[code]), "", amounts[ahead], signed=True) for code, amounts in series.layers),
        _row(stands(shown), "total", series.total[ahead]),
        _row(gettext("Last cycle"), "quiet", series.last[ahead]),
    ]  # fmt: skip
    return tuple(map(period_head, series.labels[ahead])), tuple(
        row for row in rows if any(c != NOTHING for c in row.cells)
    )


def stands(shown: Bench) -> str:
    """What the figure with all layers is called: it is open until the demand is agreed."""
    return gettext("Agreed") if shown.agreed else gettext("Stands now")


def _year_before(series: Series) -> Amounts:
    """The same months of the year before, where they are past."""
    every = [*series.raw[: series.now]]
    before = range(series.now - series.a_year, len(series.labels) - series.a_year)
    return tuple(every[k] if 0 <= k < len(every) else None for k in before)


def _row(name: str, look: str, amounts: Amounts, *, signed: bool = False) -> MonthRow:
    cells = tuple(NOTHING if v is None else f"+{number(v)}" if signed and round(v) > 0 else number(v) for v in amounts)
    return MonthRow(name=name, look=look, cells=cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonShown:
    """Why the forecast is what it is: a sentence, how it is made, how it did over all and here."""

    sentence: str
    method: str
    trial: str
    earlier: tuple[tuple[str, str, str, str], ...]


def reason(shown: Bench) -> ReasonShown | None:
    """Why the baseline is what it is, in words that a salesperson accepts."""
    series = shown.series
    if series is None or series.reason is None:
        return None
    return ReasonShown(
        sentence=_sentence(series, series.reason), method=_method(series.reason), trial=_trial(series.reason),
        earlier=tuple(_kept(one) for one in series.earlier),
    )  # fmt: skip


def _sentence(series: Series, found: Reason) -> str:
    ahead = [v or 0.0 for v in series.baseline[series.now : series.now + NEAR]]
    values = {"amount": short(sum(ahead)), "unit": series.unit, "months": len(ahead)}
    said = gettext("%(amount)s %(unit)s in the next %(months)d months") % values
    if found.growth is not None and abs(found.growth) >= 0.01:  # noqa: PLR2004 - a percent
        way = gettext("more") if found.growth > 0 else gettext("less")
        said += gettext(", and %(share)s %(way)s over the next year than over the last") % {
            "share": share(abs(found.growth)),
            "way": way,
        }
    if found.demand_class in RARE:
        return said + gettext(": orders come seldom, so it is what to expect on average, not in one month.")
    if found.season >= SEASONAL:
        return said + gettext(": the level of the last months, with the season that shows every year.")
    return said + gettext(": the level of the last months; hardly any season shows.")


def _method(found: Reason) -> str:
    base, _comma, season = found.method.partition(", ")
    how = f"{METHODS.get(base, base)} {SEASONS[season]}" if season in SEASONS else str(METHODS.get(base, found.method))
    values = {"method": how, "season": share(found.season), "kind": found.demand_class}
    return gettext("Most of it is %(method)s; demand is %(kind)s, and %(season)s of the season is kept.") % values


def _trial(found: Reason) -> str:
    """The backtest of the level; which of the two wins, in words."""
    if found.wape is None:
        covered = share(found.coverage) if found.coverage is not None else NOTHING
        said = gettext(
            "In trials %(covered)s of the months lay inside the range; units are unlike, so errors do not add up."
        )
        return said % {"covered": covered}
    values = {
        "wape": share(found.wape, 1), "naive": share(found.naive_wape, 1) if found.naive_wape is not None else NOTHING,
        "bias": bias_words(found.bias) if found.bias is not None else NOTHING, "n": found.cells,
    }  # fmt: skip
    if found.naive_wape is not None and found.naive_wape < found.wape:
        return (
            gettext(
                "In %(n)d trials a month ahead it was %(wape)s wrong, the naive forecast only "
                "%(naive)s: the naive wins. Bias %(bias)s."
            )
            % values
        )
    return (
        gettext("In %(n)d trials a month ahead it was %(wape)s wrong, the naive forecast %(naive)s. Bias %(bias)s.")
        % values
    )


def _kept(one: Kept) -> tuple[str, str, str, str]:
    apart = bias_words((one.said - one.came) / one.came) if one.came else NOTHING
    return period_head(one.label), number(one.said), number(one.came), apart


def grid_place(shown: Bench) -> str:
    """The query by which the planning grid opens at the place; empty where it has no such place."""
    series = shown.series
    if shown.place.level not in ("family", "item") or series is None or series.now >= len(series.labels):
        return ""
    return f"level={shown.place.level}&key={shown.place.label}&month={series.labels[series.now]}"


def tries(shown: Bench) -> Tried | None:
    """The form that tries a planner's change at the place; None for who may not type, or where the grid has none."""
    series = shown.series
    if not grid_place(shown) or not shown.looks or series is None:
        return None
    return Tried(layer="L4", level=shown.place.level, key=shown.place.label, month=series.labels[series.now])
