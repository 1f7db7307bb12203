"""Errors of steps."""

from onenumber.errors.base import OneNumberError


class StepError(OneNumberError):
    """A step cannot be done as asked."""

    code = "step"


class WrongStateError(StepError):
    """A thing does not stand where this verb may follow."""

    code = "wrong_state"
    template = "{what} is {state} and cannot become {wanted} from there."
