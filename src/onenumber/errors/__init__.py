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
        CycleStillOpenError
      DemandError
        BadForecastRequestError
        BadSeriesTableError
      FilesError
        NoFolderError
        TooManyRowsError
      JobError
        WorkerLostError
      ModelError
        OutsideCalendarError
        BadCalendarError
        LabelMismatchError
        UnknownLabelError
        BadAxisError
        BadCubeError
        UnlikeUnitsError
        SheetError
      ReviewError
        DecisionsClashError
      NotAllowedError
      StepError
        WrongStateError
        NothingLoadedError
        NoSuchOptionError
        OptionMovedError
        NothingToAnswerError
        DemoOnlyError
        PatchClosedError
      StoreError
        NoPlanError
        NoCycleError
        NoSheetError
        NoSuchSheetError
        NoSuchLoadError
        LostContentError
        StaleEditError
        NoEditError
      SupplyError
        BadDifferenceError
        NotOptimalError
        PlanCheckError
        BadEngineInputError
"""

from onenumber.errors.base import (
    OneNumberError,
)
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
    CycleStillOpenError,
    GateClosedError,
    WrongPhaseError,
)
from onenumber.errors.demand import (
    BadForecastRequestError,
    BadSeriesTableError,
    DemandError,
)
from onenumber.errors.files import (
    FilesError,
    NoFolderError,
    TooManyRowsError,
)
from onenumber.errors.jobs import (
    JobError,
    WorkerLostError,
)
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
from onenumber.errors.review import (
    DecisionsClashError,
    ReviewError,
)
from onenumber.errors.rights import (
    NotAllowedError,
)
from onenumber.errors.steps import (
    DemoOnlyError,
    NoSuchOptionError,
    NothingLoadedError,
    NothingToAnswerError,
    OptionMovedError,
    PatchClosedError,
    StepError,
    WrongStateError,
)
from onenumber.errors.store import (
    LostContentError,
    NoCycleError,
    NoEditError,
    NoPlanError,
    NoSheetError,
    NoSuchLoadError,
    NoSuchSheetError,
    StaleEditError,
    StoreError,
)
from onenumber.errors.supply import (
    BadDifferenceError,
    BadEngineInputError,
    NotOptimalError,
    PlanCheckError,
    SupplyError,
)

__all__ = [
    "AllLockedError",
    "BadAxisError",
    "BadCalendarError",
    "BadCubeError",
    "BadDifferenceError",
    "BadEngineInputError",
    "BadForecastRequestError",
    "BadSeriesTableError",
    "CannotReopenError",
    "CannotSignError",
    "ConsensusError",
    "CycleError",
    "CycleStillOpenError",
    "DecisionsClashError",
    "DemandError",
    "DemoOnlyError",
    "EmptyPlaceError",
    "FilesError",
    "GateClosedError",
    "JobError",
    "LabelMismatchError",
    "LockedExceedError",
    "LostContentError",
    "ModelError",
    "NegativeDemandError",
    "NoCycleError",
    "NoEditError",
    "NoFolderError",
    "NoPlanError",
    "NoSheetError",
    "NoSuchLoadError",
    "NoSuchOptionError",
    "NoSuchSheetError",
    "NotAllowedError",
    "NotOptimalError",
    "NothingLoadedError",
    "NothingToAnswerError",
    "OneNumberError",
    "OptionMovedError",
    "OutsideCalendarError",
    "PatchClosedError",
    "PlanCheckError",
    "ReviewError",
    "SheetError",
    "StaleEditError",
    "StepError",
    "StoreError",
    "SupplyError",
    "TooManyRowsError",
    "UnknownLabelError",
    "UnlikeUnitsError",
    "WorkerLostError",
    "WrongPhaseError",
    "WrongStateError",
]
