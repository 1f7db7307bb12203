"""Errors of the review and its papers."""

from onenumber.errors.base import OneNumberError


class ReviewError(OneNumberError):
    """The review cannot be made from what was given."""

    code = "review"


class DecisionsClashError(ReviewError):
    """Two decisions say different things about one resource in one period."""

    code = "decisions_clash"
    template = (
        "Two decisions say who goes first on {resource} in the same period ({period}). Withdraw one of them: "
        "`onenumber decide PAPER --how withdrawn`."
    )


class NoSuchConflictError(ReviewError):
    """A conflict that the review of a cycle does not have."""

    code = "no_such_conflict"
    template = "The review of {cycle} has no conflict {conflict!r}. Its page lists those that it has."
