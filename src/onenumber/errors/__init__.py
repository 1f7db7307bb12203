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
      FilesError
        NoFolderError
        TooManyRowsError
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
from onenumber.errors.files import FilesError, NoFolderError, TooManyRowsError
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
    "CannotReopenError",
    "CannotSignError",
    "ConsensusError",
    "CycleError",
    "EmptyPlaceError",
    "FilesError",
    "GateClosedError",
    "LabelMismatchError",
    "LockedExceedError",
    "ModelError",
    "NegativeDemandError",
    "NoFolderError",
    "NotAllowedError",
    "OneNumberError",
    "OutsideCalendarError",
    "SheetError",
    "TooManyRowsError",
    "UnknownLabelError",
    "UnlikeUnitsError",
    "WrongPhaseError",
]
