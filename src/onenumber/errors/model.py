"""Errors of the nouns: calendar, axis, cube, sheet, units."""

from onenumber.errors.base import OneNumberError


class ModelError(OneNumberError):
    """A noun was asked for something it does not hold."""

    code = "model"


class OutsideCalendarError(ModelError):
    """A day or label lies outside the plan's calendar."""

    code = "outside_calendar"
    template = "{day} lies outside the calendar, which runs from {first} until before {last}. Extend the calendar."


class NoSuchPeriodError(OutsideCalendarError):
    """A label that no period of the calendar has: mistyped, or beyond its ends."""

    code = "no_such_period"
    template = (
        "There is no period {label!r} in the calendar, which runs from {first} to {last}. Write it as it is written "
        "there, or extend the calendar."
    )


class BadCalendarError(ModelError):
    """A calendar cannot be made from what was given."""

    code = "bad_calendar"
    template = "The calendar cannot be made: {what}."


class LabelMismatchError(ModelError):
    """Two things with different labels were put together."""

    code = "label_mismatch"
    template = (
        "{left} and {right} carry different labels ({example}). Carry one to the other's axis first: "
        "labels match or nothing is computed."
    )


class UnknownLabelError(ModelError):
    """A label is not on the axis."""

    code = "unknown_label"
    template = "{label!r} is not on the {kind} axis. Use one of its {count} labels, for example {example!r}."


class BadAxisError(ModelError):
    """An axis cannot be made from what was given."""

    code = "bad_axis"
    template = "The {kind} axis cannot be made: {what}."


class BadCubeError(ModelError):
    """A cube cannot be made from what was given."""

    code = "bad_cube"
    template = "The cube {measure!r} cannot be made: {what}."


class UnlikeUnitsError(ModelError):
    """A sum over unlike units was asked for without a target unit."""

    code = "unlike_units"
    template = "The sum mixes {units}. Name a target: one unit with conversions, the equivalent unit, or money."


class SheetError(ModelError):
    """A sheet lacks something a reader asked for."""

    code = "sheet"
    template = "The {kind} sheet has no {what}. Make it again from its parents."
