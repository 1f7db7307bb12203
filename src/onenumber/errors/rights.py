"""Errors of rights."""

from onenumber.errors.base import OneNumberError


class NotAllowedError(OneNumberError):
    """The person may not do it; the sentence says who may."""

    code = "not_allowed"
    template = "{person} may not {verb}{where}: {reason}."
