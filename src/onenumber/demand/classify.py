"""How a series behaves: how often demand comes and how much its size varies."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from onenumber.demand.panel import Bools, Floats, Panel, divide, total

ADI_LIMIT = 1.32
CV2_LIMIT = 0.49
SHORT = 3
"""Fewer observations than this say nothing about behaviour."""


class DemandClass(StrEnum):
    """Classes of demand; the last three are those that no method can be fitted to."""

    SMOOTH = "smooth"
    ERRATIC = "erratic"
    INTERMITTENT = "intermittent"
    LUMPY = "lumpy"
    NO_DEMAND = "no demand"  # nothing but true zeros
    SHORT = "short"  # fewer than three observations
    NO_HISTORY = "no history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Class, average demand interval and squared coefficient of variation, each per series."""

    label: npt.NDArray[np.str_]
    adi: Floats
    cv2: Floats

    def among(self, *classes: DemandClass) -> Bools:
        """True where a series is of one of the classes."""
        return np.isin(self.label, [c.value for c in classes])


def classify(panel: Panel) -> Classes:
    """The class of each series.

    ``ADI = observations / non-zero observations``; ``CV2 = variance / mean**2`` of the non-zero sizes (population
    variance). Cut-offs 1.32 and 0.49. ADI is infinite without demand, CV2 where the sizes cancel out.

    Source: Syntetos, Boylan and Croston (2005).

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> c = classify(panel_of(np.array([[5.0, 0.0, 5.0, 0.0], [5.0, 5.0, 6.0, 5.0], [0.0, 0.0, 0.0, 0.0]])))
        >>> c.label.tolist(), c.adi.tolist()
        (['intermittent', 'smooth', 'no demand'], [2.0, 1.0, inf])
    """
    demand = panel.seen & (panel.values != 0.0)
    times = total(demand)
    mean = divide(total(panel.values), times)
    variance = divide(total(np.where(demand, (panel.values - mean) ** 2, 0.0)), times)
    adi = divide(panel.observed, times, np.inf)
    cv2 = divide(variance, mean**2, np.inf)
    rare, uneven = adi >= ADI_LIMIT, cv2 >= CV2_LIMIT
    label = np.select(
        [panel.observed == 0, times == 0, panel.observed < SHORT, rare & uneven, rare, uneven],
        [
            DemandClass.NO_HISTORY.value,
            DemandClass.NO_DEMAND.value,
            DemandClass.SHORT.value,
            DemandClass.LUMPY.value,
            DemandClass.INTERMITTENT.value,
            DemandClass.ERRATIC.value,
        ],
        DemandClass.SMOOTH.value,
    )
    return Classes(label=label, adi=adi, cv2=cv2)
