"""Errors of rights."""

from onenumber.errors.base import OneNumberError


class NotAllowedError(OneNumberError):
    """The person may not do it; the sentence says who may."""

    code = "not_allowed"
    template = "{person} may not {verb}{where}: {reason}."


class NotYoursError(NotAllowedError):
    """What is not among what the person may see: it is not said whether there is such a thing."""

    code = "not_yours"
    template = "You see no {place}: it is not in your part of the plan, if it is there at all."
