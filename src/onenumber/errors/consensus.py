"""Errors of layers and edits."""

from onenumber.errors.base import OneNumberError


class ConsensusError(OneNumberError):
    """An edit or a layer that cannot be."""

    code = "consensus"


class AllLockedError(ConsensusError):
    """Every leaf below the edited cell is locked."""

    code = "all_locked"
    template = "All {leaves} cells below {place} are locked. Unlock one of them, or edit those you mean one by one."


class LockedExceedError(ConsensusError):
    """The locked leaves alone are more than the total that was typed."""

    code = "locked_exceed"
    template = (
        "{typed:.12g} was typed, but {locked:.12g} of it is locked below {place}. Type at least that, or unlock cells."
    )


class NegativeDemandError(ConsensusError):
    """An edit would make demand negative."""

    code = "negative_demand"
    template = "{typed:.12g} at {place} would make demand negative. Type a figure of 0 or more; returns are kept apart."


class EmptyPlaceError(ConsensusError):
    """An edit was made where no demand stream lies."""

    code = "empty_place"
    template = (
        "No demand stream that you see lies under {place}. Pick an item and customer of your part of the plan, or add "
        "the customer first."
    )
