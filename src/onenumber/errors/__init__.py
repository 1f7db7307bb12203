"""Every error raised on purpose, a file per room.

The tree (a test holds it against the classes)::

    OneNumberError
      ConsensusError
        AllLockedError
        LockedExceedError
        NegativeDemandError
        EmptyPlaceError
      CycleError
        GateClosedError
        WrongPhaseError
        CannotSignError
        CannotReopenError
      DemandError
        BadForecastRequestError
        BadSeriesTableError
      NotAllowedError
      ModelError
        OutsideCalendarError
        BadCalendarError
        LabelMismatchError
        UnknownLabelError
        BadAxisError
        BadCubeError
        UnlikeUnitsError
        SheetError
"""

from onenumber.errors.base import OneNumberError
from onenumber.errors.consensus import (
    AllLockedError,
    ConsensusError,
    EmptyPlaceError,
    LockedExceedError,
    NegativeDemandError,
)
from onenumber.errors.cycle import (
    CannotReopenError,
    CannotSignError,
    CycleError,
    GateClosedError,
    WrongPhaseError,
)
from onenumber.errors.demand import BadForecastRequestError, BadSeriesTableError, DemandError
from onenumber.errors.model import (
    BadAxisError,
    BadCalendarError,
    BadCubeError,
    LabelMismatchError,
    ModelError,
    OutsideCalendarError,
    SheetError,
    UnknownLabelError,
    UnlikeUnitsError,
)
from onenumber.errors.rights import NotAllowedError

__all__ = [
    "AllLockedError",
    "BadAxisError",
    "BadCalendarError",
    "BadCubeError",
    "BadForecastRequestError",
    "BadSeriesTableError",
    "CannotReopenError",
    "CannotSignError",
    "ConsensusError",
    "CycleError",
    "DemandError",
    "EmptyPlaceError",
    "GateClosedError",
    "LabelMismatchError",
    "LockedExceedError",
    "ModelError",
    "NegativeDemandError",
    "NotAllowedError",
    "OneNumberError",
    "OutsideCalendarError",
    "SheetError",
    "UnknownLabelError",
    "UnlikeUnitsError",
    "WrongPhaseError",
]
