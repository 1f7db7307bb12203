"""Every error raised on purpose, a file per room.

The tree (a test holds it against the classes)::

    OneNumberError
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

__all__ = [
    "BadAxisError",
    "BadCalendarError",
    "BadCubeError",
    "LabelMismatchError",
    "ModelError",
    "OneNumberError",
    "OutsideCalendarError",
    "SheetError",
    "UnknownLabelError",
    "UnlikeUnitsError",
]
