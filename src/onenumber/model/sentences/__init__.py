"""The catalogue: one template per finding code, turned into words at the edge.

A subject has a module with a ``SENTENCES`` mapping; a code stands in exactly one. A test renders every code.
"""

from types import MappingProxyType

from onenumber.model.finding import Finding, Place
from onenumber.model.sentences import (
    accuracy,
    adherence,
    cycle,
    duties,
    history,
    layers,
    load,
    review,
    series,
    supply,
    vendors,
)
from onenumber.model.sentences.catalogue import Sentence

CATALOGUE = MappingProxyType(
    {
        **load.SENTENCES, **history.SENTENCES, **series.SENTENCES, **layers.SENTENCES, **supply.SENTENCES,
        **review.SENTENCES, **vendors.SENTENCES, **cycle.SENTENCES, **accuracy.SENTENCES, **adherence.SENTENCES,
        **duties.SENTENCES,
    }
)  # fmt: skip
"""Every finding code with its sentence."""


def say(finding: Finding) -> str:
    """The finding in words: where, what, and what to do.

    Raises:
        KeyError: if the code is not in the catalogue, or a value its sentence needs is missing.
    """
    text = f"{say_what(finding)} {say_remedy(finding)}".strip()
    where = say_place(finding.place)
    return f"{where}: {text}" if where else text


def say_what(finding: Finding) -> str:
    """What happened, in words, without place or remedy."""
    return CATALOGUE[finding.code].what.format(**finding.values)


def say_remedy(finding: Finding) -> str:
    """What to do about it, in words."""
    sentence = CATALOGUE[finding.code]
    remedy = sentence.near if sentence.near and finding.values.get("near") else sentence.remedy
    return remedy.format(**finding.values)


def say_place(place: Place) -> str:
    """The place in words; empty where there is none.

    Example:
        >>> say_place(Place(series="B-100 x Nord", period="2026-07"))
        'B-100 x Nord, 2026-07'
    """
    row = "" if place.row is None else f"row {place.row}"
    return ", ".join(part for part in (place.file, row, place.column, place.series, place.period) if part)


__all__ = ["CATALOGUE", "Sentence", "say", "say_place", "say_remedy", "say_what"]
