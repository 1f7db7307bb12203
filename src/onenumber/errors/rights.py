"""Errors of rights."""

from onenumber.errors.base import OneNumberError


class UnknownPersonError(OneNumberError):
    """Somebody is named who is not one of the company's people."""

    code = "unknown_person"
    template = (
        "{person!r} is none of the company's people{hint} Say who you are by your key in the table people: --as KEY."
    )


class NotAllowedError(OneNumberError):
    """The person may not do it; the sentence says who may."""

    code = "not_allowed"
    template = "{person} may not {verb}{where}: {reason}."


class NobodyNamedError(NotAllowedError):
    """Something is asked for and nobody says who asks; the sentence says who may."""

    code = "nobody_named"
    template = "Say who you are to {verb}{where}: --as PERSON. {who}"


class NobodyMayLoadError(NotAllowedError):
    """Nobody holds the right to load; only whoever sits at the machine brings the company out of it."""

    code = "nobody_may_load"
    template = (
        "Nobody may load data into {plan} on {day}: no one is {roles}. At the machine's own command line, "
        "`onenumber load FOLDER` without --as brings a table roles that says who may."
    )


class NotYoursError(NotAllowedError):
    """What is not among what the person may see: it is not said whether there is such a thing."""

    code = "not_yours"
    template = "You see no {place}: it is not in your part of the plan, if it is there at all."
