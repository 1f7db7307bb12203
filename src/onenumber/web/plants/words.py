"""The sentences and figures of the page of plants."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.plants import AskedRow, PlantSeen, PlantsSeen, Said
from onenumber.web.act.model import Way
from onenumber.web.line_load.words import plan_said
from onenumber.web.numbers import number, period_head, period_words, signed
from onenumber.web.plants.model import PlantsPage

MONTHS = 12
"""Months that a plant is shown; the sheet holds the others."""
LEAST = 0.5
ONLY: Mapping[str, str | Promise] = {
    "open": _("%(plant)s has not answered the plan yet."),
    "taken": _("%(plant)s took the plan."),
    "deemed": _("%(plant)s did not answer, and counts as having taken the plan."),
    "cannot": _("%(plant)s says what of the plan it cannot make."),
}
"""Where the answer of the only plant that a person sees stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row of figures: its name with its unit, and for each month the figure and its change, in words."""

    name: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantView:
    """A plant in words, with its rows and the ways to answer."""

    site: str
    name: str
    state: str
    open: bool
    change: str
    families: tuple[RowView, ...]
    lines: tuple[RowView, ...]
    said: tuple[tuple[str, bool], ...]
    ways: tuple[Way, ...]


def lead(found: PlantsPage) -> str:
    """How many plants have answered, and what they cannot make."""
    seen = found.seen
    if seen is None or not seen.plants:
        return gettext("No supply plan is made yet: each plant is handed its part as soon as one is.")
    states = [one.state for one in seen.plants]
    said = sum(len(one.said) for one in seen.plants)
    if len(states) == 1:
        return str(ONLY[states[0]]) % {"plant": seen.plants[0].name}
    values = {"all": len(states), "taken": states.count("taken"), "deemed": states.count("deemed"), "said": said}
    taken = ngettext(
        "%(taken)d of %(all)d plant took the plan", "%(taken)d of %(all)d plants took the plan", len(states)
    )
    if len(states) == states.count("open"):
        return gettext("None of the %(all)d plants has answered yet.") % values
    parts = [
        gettext("No plant took the plan by its own word") if values["deemed"] and not values["taken"] else taken,
        ngettext("%(deemed)d counts as having taken it", "%(deemed)d count as having taken it", values["deemed"])
        if values["deemed"]
        else "",
        ngettext("%(said)d answer says what cannot be made", "%(said)d answers say what cannot be made", said)
        if said
        else "",
    ]
    return "; ".join(filter(None, parts)) % values + "."


def head(seen: PlantsSeen) -> str:
    """Which plan the plants are handed, and against which its change is shown."""
    text = plan_said(seen.of, seen.stage, own=seen.own)
    against = (
        gettext(", change against that of %(month)s") % {"month": period_words(seen.before)} if seen.before else ""
    )
    return text + against


def months(seen: PlantsSeen) -> tuple[str, ...]:
    """The months at the head of the tables."""
    return tuple(period_head(label) for label in seen.months[:MONTHS])


def views(found: PlantsPage) -> tuple[PlantView, ...]:
    """The plants in words."""
    seen = found.seen
    return tuple(_view(one, seen, found.ways.get(one.site, ())) for one in seen.plants) if seen is not None else ()


def _view(one: PlantSeen, seen: PlantsSeen, ways: tuple[Way, ...]) -> PlantView:
    return PlantView(
        site=one.site, name=f"{one.name} ({one.site})", state=_state(one), open=one.state in ("open", "cannot"),
        change=_largest(one, seen), families=tuple(map(_row, one.families)), lines=tuple(map(_row, one.lines)),
        said=tuple((said_words(word), word.asks > word.can) for word in one.said), ways=ways,
    )  # fmt: skip


def _state(one: PlantSeen) -> str:
    who = ", ".join(one.managers) or gettext("nobody, as no one manages it")
    values = {"who": who, "by": one.by, "day": date_format(one.at, "j F") if one.at else "", "n": len(one.said)}
    said = {
        "open": gettext("Waits for the answer of %(who)s; without one it counts as taken with the supply signature."),
        "taken": gettext("%(by)s took the plan on %(day)s."),
        "deemed": gettext(
            "No answer came from %(who)s: the plan counts as taken, with the signature of %(by)s on %(day)s."
        ),
        "cannot": gettext("%(who)s answered that it cannot make all of it."),
    }
    if one.hers and one.state == "open":
        said["open"] = gettext("Waits for your answer; without one it counts as taken with the supply signature.")
    if one.hers and one.state == "deemed":
        said["deemed"] = gettext("It counts as taken, with the signature of %(by)s on %(day)s: no answer came before.")
    late = gettext(" What you say now is an amendment: the plan itself stays as it is.")
    noted = f" “{one.note}”" if one.note else ""
    return said[one.state] % values + noted + (late if one.hers and one.amends else "")


def said_words(word: Said) -> str:
    """What a plant said it cannot make, who said it, and whether the plan still asks it."""
    values = {
        "item": word.item, "month": period_words(word.period), "can": number(word.can), "asked": number(word.asked),
        "asks": number(word.asks), "by": word.by, "day": date_format(word.at, "j F"), "note": word.note,
    }  # fmt: skip
    said = (
        gettext("%(item)s in %(month)s: %(can)s instead of the %(asked)s asked. %(by)s, %(day)s: “%(note)s”") % values
    )
    if word.amends:
        return gettext("%(said)s It is an amendment: the plan itself stays as it is.") % {"said": said}
    if word.asks <= word.can:
        return gettext("%(said)s The plan asks %(asks)s now: it is settled.") % {**values, "said": said}
    return gettext("%(said)s The plan still asks %(asks)s.") % {**values, "said": said}


def _largest(one: PlantSeen, seen: PlantsSeen) -> str:
    """The largest change against the plan before, in a sentence.

    The largest of each unit is found by its size, and of these the one that moves its month most: kilograms are never
    held against pieces.
    """
    found = [
        (row, k, change)
        for row in one.families
        for k, change in enumerate(row.change[:MONTHS])
        if change is not None and abs(change) >= LEAST
    ]
    if not seen.before:
        return gettext("There is no plan before it to compare with.")
    if not found:
        return gettext("It is asked the same as in the plan before.")
    of_units = [
        max((one for one in found if one[0].unit == unit), key=lambda one: abs(one[2]))
        for unit in dict.fromkeys(row.unit for row, _k, _change in found)
    ]
    row, k, change = max(of_units, key=lambda one: _moves(*one))
    values = {
        "change": signed(change), "unit": row.unit, "family": row.name, "month": period_words(seen.months[k]),
        "now": number(row.values[k]), "n": len(found),
    }  # fmt: skip
    return (
        ngettext(
            "One figure changed: %(family)s in %(month)s, %(change)s to %(now)s %(unit)s.",
            "%(n)d figures changed, most of all %(family)s in %(month)s: %(change)s to %(now)s %(unit)s.",
            len(found),
        )
        % values
    )


def _moves(row: AskedRow, month: int, change: float) -> float:
    """By which part of the larger of both plans a month changed."""
    now = row.values[month]
    return abs(change) / max(abs(now), abs(now - change))


def _row(row: AskedRow) -> RowView:
    def change(value: float | None) -> str:
        return "" if value is None or abs(value) < LEAST else signed(value)

    pairs = zip(row.values[:MONTHS], row.change[:MONTHS], strict=True)
    cells = tuple((number(value), change(diff)) for value, diff in pairs)
    return RowView(name=f"{row.name}, {row.unit}", cells=cells)
