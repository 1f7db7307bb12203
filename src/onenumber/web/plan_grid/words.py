"""The planning grid in words, and as the JSON that its element draws."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.measure.rounding import round_within
from onenumber.model.sheet import SheetKind
from onenumber.steps.see.plan_cell import MADE, WHOLE, ZERO, CellEdit, CellStory
from onenumber.steps.see.plan_grid import CARRIED, LEVELS, TYPED, GridSeen
from onenumber.web.numbers import number, period_head, period_words, signed
from onenumber.web.sheets.model import SheetRef
from onenumber.web.words import Words

LAYERS: Words = {
    "L2": _("Sales"),
    "L2M": _("Sales leader"),
    "L3": _("News"),
    "L4": _("Planner"),
    "L5": _("Meeting"),
}
"""Layers by who or what stands in them."""
ABOUT: Words = {
    "L2": _("Shown is the sales figure: what the salesperson gave, else the baseline."),
    "L2M": _("Shown is the sum of all layers; what is typed here is the sales leader's change to it."),
    "L3": _("Shown is the sum of all layers; what is typed here is what accepted news changes."),
    "L4": _("Shown is the sum of all layers; what is typed here is the planner's change to it."),
    "L5": _("Shown is the sum of all layers; what is typed here is what the demand meeting agreed."),
}
AGREED: Words = {
    "L2": _(
        "Shown is the sales figure, not rounded. The agreed demand, in whole units, stands in the other layers and on "
        "the family page."
    ),
    "": _(
        "Shown is the agreed demand, in whole units as on the family page; what was typed in the layers is not rounded."
    ),
}
"""What is shown once the demand is agreed: in L2, and in every layer that shows the sum of all."""
PARTS: Words = {**LAYERS, "L1": _("Baseline"), ZERO: _("Held at 0, not below"), WHOLE: _("Rounded to whole units")}
MODES: Mapping[str, str | Promise] = {
    "set": _("set to %(value)s"),
    "add": _("%(value)s"),
    "percent": _("%(value)s %%"),
    "back": _("back to the baseline"),
    "lock": _("locked"),
    "unlock": _("unlocked"),
    "undo": _("taken back"),
    "news": _("news, %(value)s %%"),
}
WORDS: Words = {
    "place": _("Place"), "sum": _("Sum"), "mean": _("Mean"), "count": _("Cells"), "rows": _("rows"),
    "typed": _("typed in this layer"), "carried": _("carried from an earlier cycle"), "held": _("locked"),
    "someHeld": _("some below are locked"), "notHers": _("not yours to type in now"),
    "unlike": _("unlike units below: no sum"), "percent": _("type a percent"), "reading": _("Reading the plan …"),
    "saving": _("Saving …"),
    "gone": _("The server did not answer. Nothing was changed. Try again."),
    "signedOut": _("You were signed out. Nothing was changed. Sign in again and repeat it."),
    "notNumber": _("“%s” is no figure. Type 120, +10, -10 or +5%."), "copied": _("Copied."),
    "tooWide": _("What was copied reaches beyond the grid. Nothing was pasted."),
    "notTyped": _("Nothing was typed: none of these cells is yours to type in now."),
    "movedBy": _("%s changed %s"), "rest": _("Apply to the rest"), "onNew": _("Apply on the new values"),
    "leave": _("Leave it"), "undoNothing": _("Nothing of yours to take back since this page was opened."),
    "open": _("open"), "closed": _("closed"), "edit": _("Type a figure"),
}  # fmt: skip
"""What the element says; it knows no words itself."""
PLACES = 2
"""Decimals that a browser is told of a figure; it shows fewer."""


def as_json(grid: GridSeen) -> dict[str, object]:
    """The grid as its element reads it: flat arrays, and of marks and changes only the cells that have one."""
    added, marks = np.round(grid.added.ravel(), PLACES), grid.marks.ravel()
    changed, marked = np.flatnonzero(~np.isnan(added)), np.flatnonzero(marks)
    shown = np.round(grid.shown.ravel(), PLACES).astype(object)
    shown[np.isnan(grid.shown.ravel())] = None
    return {
        "layer": grid.layer,
        "sequence": grid.sequence,
        "lead": lead(grid),
        "months": [{"label": label, "text": period_head(label)} for label in grid.labels],
        "levels": LEVELS,
        "depths": grid.depths.tolist(),
        "keys": grid.keys,
        "names": grid.names,
        "units": grid.units,
        "writes": grid.writes.astype(int).tolist(),
        "shown": shown.tolist(),
        "added": [changed.tolist(), added[changed].tolist()],
        "marks": [marked.tolist(), marks[marked].tolist()],
    }


def about(grid: GridSeen) -> str:
    """What the figures of a layer are: its sum as it stands, or once the demand is agreed the consensus."""
    return str(AGREED.get(grid.layer, AGREED[""]) if grid.agreed else ABOUT[grid.layer])


def lead(grid: GridSeen) -> str:
    """The sentence above the grid, with its figures: how many cells were typed here, and how many are carried."""
    leaves = grid.depths == len(LEVELS) - 1
    typed, carried = (int(np.count_nonzero(grid.marks[leaves] & mark)) for mark in (TYPED, CARRIED))
    return gettext("%(streams)s series of item and customer, %(first)s to %(last)s; %(rest)s.") % {
        "streams": number(int(leaves.sum())), "first": period_words(grid.labels[0]),
        "last": period_words(grid.labels[-1]), "rest": "; ".join(_typed_words(grid, typed, carried)),
    }  # fmt: skip


def reads(layer: str, hers: str) -> str:
    """That a layer is not typed in by who looks now, and which is, where that is another one.

    Example:
        >>> reads("L4", "L2"), reads("L4", "")
        ('You read this layer; yours is Sales.', 'You read this layer: nothing in it is yours to type in now.')
    """
    if hers in ("", layer):
        return gettext("You read this layer: nothing in it is yours to type in now.")
    return gettext("You read this layer; yours is %(name)s.") % {"name": LAYERS[hers]}


def _typed_words(grid: GridSeen, typed: int, carried: int) -> Iterator[str]:
    """What of the cells of a layer was typed in this cycle, and what comes from an earlier one."""
    if typed:
        said = ngettext("%(n)s of their months is typed here", "%(n)s of their months are typed here", typed)
        yield said % {"n": number(typed)}
    if grid.back:
        said = ngettext(
            "%(n)s of their months was put back to %(base)s",
            "%(n)s of their months were put back to %(base)s",
            grid.back,
        )
        base = gettext("the baseline") if grid.layer == "L2" else gettext("what lies below")
        yield said % {"n": number(grid.back), "base": base}
    if carried:
        said = ngettext(
            "%(n)s of their months carries what was typed in an earlier cycle%(until)s",
            "%(n)s of their months carry what was typed in an earlier cycle%(until)s",
            carried,
        )
        until = gettext(", until it is confirmed or typed over") if grid.waits else ""
        yield said % {"n": number(carried), "until": until}
    if not typed and not carried and not grid.back:
        yield gettext("no change stands in this layer")


def said_of(edits: int, *, undone: bool) -> str:
    """What became of a batch.

    Example:
        >>> said_of(1, undone=False), said_of(3, undone=True)
        ('Saved.', '3 edits taken back.')
    """
    if undone:
        return ngettext("Taken back.", "%(count)s edits taken back.", edits) % {"count": edits}
    return ngettext("Saved.", "%(count)s edits saved.", edits) % {"count": edits}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLine:
    """One edit of a cell in words."""

    edit: CellEdit
    when: str
    layer: str | Promise
    typed: str
    came_to: str


def panel(story: CellStory) -> dict[str, object]:
    """What the panel shows of a cell."""
    decimals = _decimals([story.shown])
    fine = max(decimals, _decimals([value for code, value in story.parts if code in MADE]))  # whole, of what is not
    lines = [
        (PARTS[code], number(value, fine) if code == "L1" else signed(value, fine))
        for code, value in _parts(story, fine)
        if code not in MADE or value
    ]
    return {
        "story": story,
        "title": f"{story.place}, {period_words(story.label)}",
        "sentence": _sentence(story, decimals),
        "lines": lines if story.unit else (),
        "sum": number(story.shown, decimals),
        "base": SheetRef(
            id=str(story.base.pk), kind=SheetKind(story.base.kind), stage=story.base.stage, number=story.base.sequence,
            hash=story.base.content,
        ),
        "edits": [_line(edit) for edit in story.edits],
    }  # fmt: skip


def _decimals(values: Sequence[float]) -> int:
    return 0 if all(float(one).is_integer() for one in values) else 1


def _parts(story: CellStory, decimals: int) -> list[tuple[str, float]]:
    """The parts of a figure as they are shown: rounded so that they still add up to it."""
    amounts = np.array([[value] for _, value in story.parts]).reshape(-1, 1)
    together, to = np.zeros(len(amounts), dtype=np.int64), np.full(len(amounts), decimals, dtype=np.int64)
    whole = round_within(amounts, groups=together, decimals=to).ravel().tolist()
    return [(code, value) for (code, _), value in zip(story.parts, whole, strict=True)]


def _sentence(story: CellStory, decimals: int) -> str:
    if not story.unit:
        return gettext("What lies below is counted in unlike units, which do not add up.")
    values = {"shown": number(story.shown, decimals), "unit": story.unit}
    if all(code in ("L1", *MADE) for code, _ in story.parts):
        return _unmoved(story, values)
    return gettext("%(shown)s %(unit)s: the baseline and what was typed on it.") % values


def _unmoved(story: CellStory, values: Mapping[str, str]) -> str:
    """Of a figure that is the baseline: that nobody changed it, or that what was typed does not stand any more."""
    typed = [one for one in story.edits if one.figure]
    moved = [one for one in typed if one.came_to != 0.0 and (story.layer != "L2" or one.layer == "L2")]
    if not typed and not story.hidden:
        return gettext("%(shown)s %(unit)s: the baseline, which nobody changed.") % values
    if not moved:
        return gettext("%(shown)s %(unit)s: the baseline; no change to it stands.") % values
    if not story.as_baseline:
        return gettext("%(shown)s %(unit)s: the baseline; what was typed below it comes to nothing in all.") % values
    days = [one.at for one in moved if not one.undone and not one.carried_from]
    if not days:
        return gettext("%(shown)s %(unit)s: the baseline; what was typed was put back.") % values
    back = gettext("%(shown)s %(unit)s: the baseline; what was typed was put back on %(day)s.")
    return back % {**values, "day": date_format(max(days), "j F")}


def _line(edit: CellEdit) -> EditLine:
    value = number(edit.value, 0 if float(edit.value).is_integer() else 1)
    value = f"+{value}" if edit.mode in ("add", "percent", "news") and edit.value > 0 else value
    mode = "back" if edit.mode == "percent" and not edit.value and edit.came_to else edit.mode
    typed = str(MODES.get(mode, MODES["set"])) % {"value": value}
    came = "" if edit.came_to is None else signed(edit.came_to, 0 if float(edit.came_to).is_integer() else 1)
    return EditLine(edit=edit, when=_when(edit), layer=PARTS[edit.layer], typed=typed, came_to=came)


def _when(edit: CellEdit) -> str:
    """When it was typed; of what is carried only from which month, for on the day of its edit nobody typed."""
    over = gettext(", typed over on %(day)s") % {"day": date_format(edit.over, "j F")} if edit.over else ""
    if not edit.carried_from:
        return date_format(edit.at, "j F H:i") + over
    waits = edit.waits and not over
    said = gettext("carried from %(month)s, not confirmed yet") if waits else gettext("carried from %(month)s")
    return said % {"month": period_words(edit.carried_from)} + over
