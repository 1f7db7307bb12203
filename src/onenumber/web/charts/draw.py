"""Where the lines, bars and bands of a chart go: pure geometry, in the units of the chart's view box."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from onenumber.web.numbers import short

Series = Sequence[float | None]
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: what it is called, its look (plan, actual, forecast, last, budget), and a value per column."""

    name: str
    look: str
    values: Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What to draw: lines over columns, a band under them, bars behind them; ``now`` is the first column ahead.

    ``flags`` mark columns in which something happened, each with what it was.
    """

    title: str
    unit: str
    columns: tuple[str, ...]
    now: int
    lines: tuple[Line, ...]
    low: Series = ()
    high: Series = ()
    bars: Series = ()
    flags: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The view box and the room around the plot."""

    width: float = 460.0
    height: float = 190.0
    left: float = 44.0
    right: float = 16.0
    top: float = 10.0
    bottom: float = 22.0

    @property
    def plot_right(self) -> float:
        """Where the plot ends."""
        return self.width - self.right

    @property
    def plot_bottom(self) -> float:
        """Where the plot stands."""
        return self.height - self.bottom


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Path:
    """A drawn line, its look, and its name in the legend."""

    d: str
    look: str
    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn bar."""

    x: float
    y: float
    width: float
    height: float
    past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart, ready for its template."""

    title: str
    unit: str
    frame: Frame
    ticks_y: tuple[Tick, ...]
    ticks_x: tuple[Tick, ...]
    now_x: float
    paths: tuple[Path, ...]
    band: str
    bars: tuple[Bar, ...]
    flags: tuple[Tick, ...] = ()


def draw(chart: Chart, frame: Frame | None = None) -> Drawing:
    """Place everything: zero is on the axis, and ticks are round numbers."""
    room = frame or Frame()
    low, high, step = _limits(chart)
    across = _Across(room, len(chart.columns))
    up = _Up(room, low, high)
    return Drawing(
        title=chart.title,
        unit=chart.unit,
        frame=room,
        ticks_y=tuple(Tick(up(v), short(v)) for v in _steps(low, high, step)),
        ticks_x=_ticks_x(chart.columns, across),
        now_x=across(chart.now) - across.step / 2,
        paths=_paths(chart.lines, across, up),
        band=_band(chart.low, chart.high, across, up),
        bars=_bars(chart, across, up),
        flags=tuple(Tick(across(column), text) for column, text in chart.flags),
    )


def spark(values: Series, width: float = 96.0, height: float = 18.0) -> str:
    """The path of a spark: one line from 0 to its largest value, broken where a value is missing.

    Example:
        >>> spark([0.0, 5.0, None, 10.0], width=30.0, height=10.0)
        'M0.0 9.0L10.0 5.0M30.0 1.0'
    """
    room = Frame(width=width, height=height, left=0.0, right=0.0, top=1.0, bottom=1.0)
    present = [v for v in values if v is not None]
    across = _Across(room, len(values), edge=True)
    return _line(values, across, _Up(room, min(0.0, *present, 0.0), max(0.0, *present, 1e-9)))


class _Across:
    """Column -> x: the middle of its slot, or (``edge``) from edge to edge."""

    def __init__(self, room: Frame, columns: int, *, edge: bool = False) -> None:
        inner = room.width - room.left - room.right
        self.step = inner / max(columns - 1 if edge else columns, 1)
        self._start = room.left + (0.0 if edge else self.step / 2)

    def __call__(self, column: int) -> float:
        return self._start + self.step * column


class _Up:
    """Value -> y."""

    def __init__(self, room: Frame, low: float, high: float) -> None:
        self._bottom = room.height - room.bottom
        self._scale = (self._bottom - room.top) / (high - low)
        self._low = low

    def __call__(self, value: float) -> float:
        return self._bottom - (value - self._low) * self._scale


def _limits(chart: Chart) -> tuple[float, float, float]:
    everything: list[float | None] = [*chart.low, *chart.high, *chart.bars]
    for line in chart.lines:
        everything.extend(line.values)
    present = [v for v in everything if v is not None]
    low, high = min([0.0, *present]), max([0.0, *present])
    step = round_step((high - low) / 4 or 1.0)
    return step * -(-low // step) - (step if low < 0 else 0.0), step * -(-high // step) or step, step


def round_step(rough: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not under ``rough`` (which is over 0).

    Example:
        >>> round_step(130.0), round_step(0.7), round_step(2600.0)
        (200.0, 1.0, 5000.0)
    """
    power = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else 0.1
    return next(m * power for m in (*STEPS, 100.0) if m * power >= rough)


def _steps(low: float, high: float, step: float) -> list[float]:
    return [low + step * k for k in range(round((high - low) / step) + 1)]


def _ticks_x(columns: Sequence[str], across: _Across) -> tuple[Tick, ...]:
    every = max(1, round(len(columns) / 5))
    return tuple(Tick(across(k), name) for k, name in enumerate(columns) if k % every == 0)


def _line(values: Series, across: _Across, up: _Up) -> str:
    return "".join(
        f"{'M' if k == 0 else 'L'}{across(column):.1f} {up(value):.1f}"
        for run in _runs(values)
        for k, (column, value) in enumerate(run)
    )


def _runs(values: Series) -> list[list[tuple[int, float]]]:
    """The unbroken runs of (column, value)."""
    grouped: Iterable[tuple[bool, Iterable[tuple[int, float | None]]]] = groupby(
        enumerate(values), key=lambda pair: pair[1] is not None
    )
    return [[(k, v) for k, v in run if v is not None] for present, run in grouped if present]


def _paths(lines: Sequence[Line], across: _Across, up: _Up) -> tuple[Path, ...]:
    drawn = [line for line in lines if any(v is not None for v in line.values)]
    return tuple(Path(_line(line.values, across, up), line.look, line.name) for line in drawn)


def _band(low: Series, high: Series, across: _Across, up: _Up) -> str:
    both = [(k, a, b) for k, (a, b) in enumerate(zip(low, high, strict=True)) if a is not None and b is not None]
    if not both:
        return ""
    there = "L".join(f"{across(k):.1f} {up(b):.1f}" for k, _, b in both)
    back = "L".join(f"{across(k):.1f} {up(a):.1f}" for k, a, _ in reversed(both))
    return f"M{there}L{back}Z"


def _bars(chart: Chart, across: _Across, up: _Up) -> tuple[Bar, ...]:
    width = across.step * 0.7
    return tuple(
        Bar(across(k) - width / 2, min(up(v), up(0.0)), width, abs(up(v) - up(0.0)), k < chart.now)
        for k, v in enumerate(chart.bars)
        if v is not None
    )
