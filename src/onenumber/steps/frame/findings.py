"""What a step found, with everything in it called by its name: keys are for commands and files."""

from collections.abc import Iterable
from dataclasses import replace

from onenumber.model.finding import Finding
from onenumber.review.naming import Names, named_values, place_name
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context


def findings_called(context: Context, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as a person reads them; those about a file keep what stands in it."""
    found = tuple(findings)
    if all(one.place.file for one in found):
        return found
    names = names_at(context)
    return tuple(one if one.place.file else _called(one, names) for one in found)


def _called(one: Finding, names: Names) -> Finding:
    place = replace(one.place, series=place_name(one.place.series, names)) if one.place.series else one.place
    return replace(one, values=named_values(one.values, names), place=place)
