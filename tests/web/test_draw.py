import pytest
from hypothesis import given
from hypothesis import strategies as st

from onenumber.web.charts.draw import Chart, Drawing, Line, draw, round_step

COLUMNS = ("a", "b", "c", "d")


def drawn(values: tuple[float | None, ...], **more: object) -> Drawing:
    line = Line(name="new", look="plan", values=values)
    return draw(Chart(title="t", unit="pcs", columns=COLUMNS, now=1, lines=(line,), **more))


def test_the_axis_starts_at_zero_and_its_ticks_are_round() -> None:
    assert [tick.text for tick in drawn((90.0, 120.0, 100.0, 95.0)).ticks_y] == ["0", "50", "100", "150"]


def test_a_missing_value_breaks_the_line() -> None:
    assert drawn((1.0, None, 1.0, 2.0)).paths[0].d.count("M") == 2


def test_values_below_zero_are_inside_the_plot() -> None:
    chart = drawn((-10.0, 20.0, 5.0, 5.0))
    bottom = chart.frame.plot_bottom
    heights = [float(point.split(" ")[1]) for point in chart.paths[0].d[1:].split("L")]
    assert max(heights) <= bottom


def test_bars_tell_what_is_past() -> None:
    assert [bar.past for bar in drawn((1.0,) * 4, bars=(1.0, 2.0, None, 3.0)).bars] == [True, False, False]


def test_a_band_needs_both_sides() -> None:
    assert drawn((1.0,) * 4, low=(None, 1.0, 1.0, None), high=(3.0, 3.0, 3.0, 3.0)).band.count("L") == 3


@given(st.floats(min_value=1e-3, max_value=1e12))
def test_a_step_is_never_smaller_than_asked_and_at_most_ten_times(rough: float) -> None:
    assert rough <= round_step(rough)
    assert rough < 0.1 or round_step(rough) <= 10 * rough


def test_nothing_to_draw_is_still_a_chart() -> None:
    assert drawn((None,) * 4).paths == ()


@pytest.mark.parametrize("bad", [(1.0,), (1.0,) * 5])
def test_a_band_of_another_length_is_refused(bad: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        drawn((1.0,) * 4, low=bad, high=(1.0,) * 4)
