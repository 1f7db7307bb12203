"""Errors of the cycle: phases, gates, signatures."""

from onenumber.errors.base import OneNumberError


class CycleError(OneNumberError):
    """The cycle does not allow it now."""

    code = "cycle"


class GateClosedError(CycleError):
    """A phase cannot end while its gate is closed."""

    code = "gate_closed"
    template = "{phase} cannot end yet: {blockers}. {way_out}"


class WrongPhaseError(CycleError):
    """A step was asked for in a phase that does not allow it."""

    code = "wrong_phase"
    template = "One can {verb} in {wanted} only, and the cycle is in {phase}. {way_out}"


class PhaseMovedError(CycleError):
    """The phase moved between the look at a cycle and the wish to move it."""

    code = "phase_moved"
    template = "{cycle} was in {seen} when you looked, and is in {phase} now. Look again, then decide."


class CannotSignError(CycleError):
    """A signature that must not be given."""

    code = "cannot_sign"
    template = "{meaning} cannot be signed: {reason}."


class DemandSignedError(CycleError):
    """The demand side is touched while the signature on it stands."""

    code = "demand_signed"
    template = (
        "{person} signed the demand of {cycle}, and nothing moves under a signature. Ask the process owner to re-open "
        "Demand first: that strikes it, with a reason."
    )


class CannotWaiveError(CycleError):
    """A waiver of what cannot be waived, or without a reason."""

    code = "cannot_waive"
    template = "{subject} ({blocker}) cannot be waived: {reason}."


class NothingToPassError(CycleError):
    """An escalation or a waiver of what nothing in the cycle waits for: a name mistyped, or settled since."""

    code = "nothing_to_pass"
    template = (
        "{subject!r} ({blocker}) is nothing that {cycle} waits for. {hint} `onenumber status` lists what is open."
    )


class CannotReopenError(CycleError):
    """A phase cannot be re-opened from here."""

    code = "cannot_reopen"
    template = "{phase} cannot be re-opened from {now}: {why}."


class EarlierCycleError(CycleError):
    """A cycle was asked for before one that was opened already."""

    code = "earlier_cycle"
    template = "Cycle {wanted} cannot open: {cycle} is later and was opened already. Cycles go forward in time."


class CycleLeftOutError(CycleError):
    """A cycle was asked for that does not follow the last one."""

    code = "cycle_left_out"
    template = (
        "Cycle {wanted} cannot open: after {cycle} comes {following}, and no cycle opens before one that was opened. "
        "Open {following}."
    )


class NotBegunError(CycleError):
    """A cycle was asked for whose period has not begun."""

    code = "not_begun"
    template = (
        "Cycle {wanted} cannot open: it begins on {start}, and today is {today}. Its meetings are held in its own "
        "month; open it then."
    )


class CalendarTooShortError(CycleError):
    """A cycle was asked for whose horizon ends behind the calendar."""

    code = "calendar_too_short"
    template = (
        "Cycle {wanted} cannot open: it plans {horizon} periods, and the calendar ends with {last}. Missing are "
        "{first} to {until}: load the plan table with {periods} periods or more."
    )


class CycleStillOpenError(CycleError):
    """A new cycle was asked for while the last one is not published."""

    code = "cycle_still_open"
    template = "Cycle {wanted} cannot open: {cycle} is in {phase}. Publish its plan first; one cycle runs at a time."
