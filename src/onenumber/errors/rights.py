"""Errors of rights."""

from onenumber.errors.base import OneNumberError


class UnknownPersonError(OneNumberError):
    """Nobody is named, or somebody who is not one of the company's people."""

    code = "unknown_person"
    template = "{who} Say who you are by your key in the table people: --as KEY."


class NotAllowedError(OneNumberError):
    """The person may not do it; the sentence says who may."""

    code = "not_allowed"
    template = "{person} may not {verb}{where}: {reason}."
