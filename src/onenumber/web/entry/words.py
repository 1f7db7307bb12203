"""The sentences of the entry page: what needs her and why, line by line, and what handing in says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.consensus.collect import PatchState
from onenumber.consensus.entry import FAR, WIDE, apart
from onenumber.steps.frame.news import Stand
from onenumber.steps.see.buyers import Odd, Silent, StandsOut
from onenumber.steps.see.entry import EntryMonth, EntryRow, EntrySeen, PatchStand
from onenumber.steps.see.risks import NewsShown
from onenumber.web.entry.model import Entered
from onenumber.web.entry.read import BETWEEN
from onenumber.web.month.words import day_words, silent_sentence
from onenumber.web.numbers import NARROW_SPACE, NOTHING, number, period_words, share, short
from onenumber.web.words import named

MOST = 12
"""Lines that a person works through in one go; the others are one click away."""
STANDS: Mapping[Stand, str | Promise] = {
    Stand.IN_NUMBER: _("in your number"), Stand.TWICE: _("in your number and in the plan"), Stand.IN: _("in the plan"),
    Stand.OUT: _("left out of the plan"), Stand.UNDECIDED: _("not decided yet"),
}  # fmt: skip
"""Where news stands, as its author hears it."""
NEWS: Mapping[str, str | Promise] = {
    "win": _("a win"), "loss": _("a loss"), "tender": _("a tender"), "contract": _("a contract"),
    "price": _("a price"), "promotion": _("a promotion"), "listing": _("a listing or delisting"),
    "customer_stock": _("the customer's own stock"), "competitor": _("a competitor"), "regulation": _("regulation"),
    "other": _("something else"),
}  # fmt: skip
"""What news may be of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """One month of an opened line."""

    month: EntryMonth
    baseline: str
    now: str
    booked: str
    last: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line: why it needs her, its figures in words, and its months where it is opened.

    ``outcome`` is what the plan answers to the last call, ``answer`` what it does to this cycle's, once it is out.
    """

    row: EntryRow
    key: str
    why: tuple[tuple[bool, str], ...]
    booked: str
    baseline: str
    last: str
    outcome: str
    now: str
    answer: str
    changed: str
    asks_range: bool
    undo: str
    months: tuple[MonthView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchView:
    """A patch in the bottom bar: what handing it in says, or where it stands; ``button`` is empty where she may not."""

    patch: str
    name: str
    said: str
    button: str
    returned: str


def call_head(seen: EntrySeen) -> str:
    """The head of the column of the last call: of which month it is, as this month's may be in already."""
    if not seen.called_in:
        return gettext("Last call")
    return gettext("Call of %(month)s") % {"month": period_words(seen.called_in)}


def needing(seen: EntrySeen) -> tuple[EntryRow, ...]:
    """The lines that need her, the weightiest first; those she typed in stay where they are."""
    return tuple(row for row in seen.rows if row.score > 0.0 or row.typed)


def lead(seen: EntrySeen) -> str:
    """How many of her lines need her, what they are worth, and until when."""
    rows = needing(seen)
    values = {
        "n": len(rows), "all": len(seen.rows), "months": len(seen.labels), "day": day_words(seen.until),
        "money": f"{short(sum(row.money or 0.0 for row in rows))} {seen.currency}",
    }  # fmt: skip
    if not any(one.writes for one in seen.patches):
        return gettext("What you entered for the %(months)d months ahead; it is not open for typing now.") % values
    if not rows:
        return gettext("None of your %(all)d lines stands out: the baseline is right unless you know better.") % values
    said = ngettext(
        "%(n)d of your %(all)d lines needs you, worth %(money)s in %(months)d months; hand in by %(day)s.",
        "%(n)d of your %(all)d lines need you, worth %(money)s in %(months)d months; hand in by %(day)s.",
        len(rows),
    )
    return said % values


def rest_words(rest: int, need: int) -> str:
    """How many lines are not shown, and how many of those need her.

    Example:
        >>> rest_words(16, 0), rest_words(16, 4)
        ('16 lines more', '16 lines more, 4 of them need you')
    """
    said = ngettext("%(n)d line more", "%(n)d lines more", rest) % {"n": rest}
    if not need:
        return said
    return said + ngettext(", %(n)d of them needs you", ", %(n)d of them need you", need) % {"n": need}


def out_lines(out: StandsOut) -> tuple[tuple[str, str], ...]:
    """What stands out in the orders: the customer whose page it leads to, and the sentence."""
    silent = [(one.planning_customer, silent_words(one)) for one in out.silent]
    return (*silent, *((one.planning_customer, odd_words(one)) for one in out.odd))


def silent_words(one: Silent) -> str:
    """A buyer who is silent."""
    return silent_sentence(one.name, last=one.last, days=one.days, usual=one.usual) + "."


def odd_words(one: Odd) -> str:
    """Orders that are unlike their buyer."""
    said = ngettext(
        "%(name)s ordered %(largest)s %(unit)s of %(item)s for %(day)s, usually %(usual)s.",
        "%(name)s placed %(n)d orders of %(item)s, up to %(largest)s %(unit)s, the first for %(day)s; usually "
        "%(usual)s.",
        one.orders,
    )
    return said % {
        "name": one.name, "n": one.orders, "largest": number(one.largest), "unit": one.unit, "item": one.item_name,
        "day": day_words(one.first), "usual": number(one.usual),
    }  # fmt: skip


def views(rows: Sequence[EntryRow], opened: str, seen: EntrySeen) -> tuple[LineView, ...]:
    """Lines in words; the months of the opened one."""
    open_ = {one.patch for one in seen.patches if one.writes}
    return tuple(_view(row, opened, writes=row.patch in open_) for row in rows)


def _view(row: EntryRow, opened: str, *, writes: bool) -> LineView:
    key = f"{row.customer}{BETWEEN}{row.family}"
    told = _outcome(row)
    of_last = row.answered_in == row.called_in
    return LineView(
        row=row, key=key, why=why(row, writes=writes), booked=_sum(row, row.booked), baseline=_sum(row, row.baseline),
        last=_sum(row, row.last), outcome=told if of_last else "", now=_sum(row, row.now),
        answer="" if of_last else told, changed=_changed(row),
        asks_range=bool(row.unit) and (_wide(row) or bool(row.news)), undo=",".join(map(str, row.mine)),
        months=tuple(_month(row, one) for one in row.months) if key == opened else (),
    )  # fmt: skip


def why(row: EntryRow, *, writes: bool = True) -> tuple[tuple[bool, str], ...]:
    """Why a line needs her, in a few words each, and whether it is loud; where it does not, none.

    ``writes``: she may still type in it.
    """
    found = [(True, gettext("silent buyer"))] if row.silent else []
    found += [(True, gettext("an order unlike the others"))] if row.odd else []
    found += [(True, _heard(one)) for one in row.news]
    if row.unit and row.booked > row.now:
        found.append((True, gettext("%(n)s are booked, more than stands") % {"n": number(row.booked)}))
    gap = _gap(row)
    found += [(True, gap)] if gap else []
    if row.promised is not None and row.promised.short > 0.5 and row.unit:  # noqa: PLR2004 - half a unit shows as 0
        short = gettext("%(n)s of your call of %(month)s are refused or late")
        found.append((True, short % {"n": number(row.promised.short), "month": period_words(row.answered_in)}))
    if row.carried and not row.typed:
        waits = gettext("carries what you typed before, to confirm or type over")
        found.append((False, waits if writes else gettext("carries what you typed before")))
    if row.back:
        found.append((False, gettext("put back to the baseline")))
    return tuple(found)


def _heard(one: NewsShown) -> str:
    sure = "" if one.probability is None else f", {share(one.probability)}"
    said = gettext("news of %(kind)s%(sure)s: %(stand)s")
    return said % {"kind": NEWS[one.kind], "sure": sure, "stand": STANDS[one.stand]}


def news_words(one: NewsShown) -> str:
    """News beside a line: what kind, how sure, and where it stands."""
    sure = "" if one.probability is None else f" ({share(one.probability)})"
    said = gettext("news of %(kind)s%(sure)s, %(stand)s: “%(text)s”")
    return said % {"kind": NEWS[one.kind], "sure": sure, "stand": STANDS[one.stand], "text": one.text}


def _gap(row: EntryRow) -> str:
    known = [one for one in row.months if one.last is not None]
    if row.last is None or apart(sum(one.baseline for one in known), row.last) < FAR:
        return ""
    by = _percent(sum(one.baseline for one in known), row.last)
    return gettext("the baseline is %(by)s your call of %(month)s") % {"by": by, "month": period_words(row.called_in)}


def _percent(value: float, base: float) -> str:
    if base == 0.0:
        return gettext("over")
    ratio = value / base - 1.0
    word = gettext("over") if ratio > 0 else gettext("under")
    return f"{share(abs(ratio), 0 if abs(ratio) >= 0.1 else 1)} {word}"  # noqa: PLR2004 - two digits that matter


def _wide(row: EntryRow) -> bool:
    return row.baseline > 0.0 and (row.high - row.baseline) / row.baseline >= WIDE


def _sum(row: EntryRow, value: float | None) -> str:
    return NOTHING if value is None or not row.unit else number(value)


def _outcome(row: EntryRow) -> str:
    if row.promised is None or not row.unit:
        return ""
    values = {"asked": number(row.promised.asked), "promised": number(row.promised.promised)}
    if values["asked"] == values["promised"]:
        return gettext("all promised")
    return gettext("asked %(asked)s, promised %(promised)s") % values


def _changed(row: EntryRow) -> str:
    """By how much what stands differs from the baseline."""
    if not row.baseline or abs(row.now - row.baseline) < 0.005 * row.baseline:
        return ""
    sign = "+" if row.now > row.baseline else ""
    by = f"{sign}{number(100 * (row.now / row.baseline - 1))}{NARROW_SPACE}%"
    return gettext("%(by)s on baseline") % {"by": by}


def _month(row: EntryRow, one: EntryMonth) -> MonthView:
    mark = gettext("typed") if one.typed else gettext("carried") if one.carried else ""
    mark = mark or (gettext("put back") if one.back else "")
    return MonthView(
        month=one, baseline=_sum(row, one.baseline), now=_sum(row, one.now), booked=_sum(row, one.booked),
        last=_sum(row, one.last), mark=mark,
    )  # fmt: skip


def patch_views(seen: EntrySeen) -> tuple[PatchView, ...]:
    """Her patches in the bottom bar."""
    return tuple(_patch(one, [row for row in seen.rows if row.patch == one.patch]) for one in seen.patches)


def _patch(one: PatchStand, rows: Sequence[EntryRow]) -> PatchView:
    typed = sum(row.typed for row in rows)
    carried = sum(row.carried and not row.typed for row in rows)
    left = sum(row.score > 0.0 and not row.carried and not row.typed and not row.back for row in rows)
    back = sum(row.back for row in rows)
    counts = _Counts(typed=typed, carried=carried, rest=len(rows) - typed - carried, left=left, back=back)
    sent_back = gettext("%(person)s returned it: “%(note)s”")
    returned = sent_back % {"person": one.person, "note": one.note} if one.state is PatchState.RETURNED else ""
    button = gettext("Hand in %(patch)s") % {"patch": one.name} if one.writes else ""
    said = _will(one, counts) if one.writes else f"{_stood(one)} {_did(one, counts)}"
    return PatchView(patch=one.patch, name=one.name, said=said, button=button, returned=returned)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """Lines of a patch: typed in, carried, and the rest at the baseline, of which some are ``left`` to need her.

    Others of them were put ``back`` to it in this cycle.
    """

    typed: int
    carried: int
    rest: int
    left: int
    back: int


def _will(one: PatchStand, counts: _Counts) -> str:
    """What handing in makes of the lines of a patch: before it nothing is confirmed."""
    parts = []
    if counts.typed:
        said = ngettext("keeps %(n)d line as typed", "keeps %(n)d lines as typed", counts.typed)
        parts.append(said % {"n": counts.typed})
    if counts.carried:
        said = ngettext("confirms %(n)d carried line", "confirms %(n)d carried lines", counts.carried)
        parts.append(said % {"n": counts.carried})
    if counts.rest:
        said = ngettext("leaves %(n)d line at the baseline", "leaves %(n)d lines at the baseline", counts.rest)
        need = ngettext(", %(n)d of which needs you", ", %(n)d of which need you", counts.left)
        parts.append(said % {"n": counts.rest} + (need % {"n": counts.left} if counts.left else ""))
    does = named(parts, gettext("changes nothing"))
    return gettext("Handing in %(patch)s %(does)s.") % {"patch": one.name, "does": does}


def _did(one: PatchStand, counts: _Counts) -> str:
    """What stands in the lines of a patch that is not open to her."""
    parts = []
    if counts.typed:
        parts.append(ngettext("%(n)d line as typed", "%(n)d lines as typed", counts.typed) % {"n": counts.typed})
    if counts.carried:
        parts.append(ngettext("%(n)d line carried", "%(n)d lines carried", counts.carried) % {"n": counts.carried})
    if counts.rest:
        said = ngettext("%(n)d line at the baseline", "%(n)d lines at the baseline", counts.rest)
        put = ngettext(", %(n)d of them put back to it", ", %(n)d of them put back to it", counts.back)
        parts.append(said % {"n": counts.rest} + (put % {"n": counts.back} if counts.back else ""))
    return gettext("%(patch)s: %(counts)s.") % {"patch": one.name, "counts": ", ".join(parts)}


def _stood(one: PatchStand) -> str:
    """What became of a patch that is not open to her."""
    if one.at is None:
        return gettext("It can be entered while the cycle is in Demand.")
    values = {"person": one.person, "day": day_words(one.at.date())}
    match one.state:
        case PatchState.SUBMITTED:
            said = gettext(
                "Handed in by %(person)s on %(day)s; it waits for the sales leader, who can return it to you."
            )
        case PatchState.ACCEPTED:
            said = gettext("Accepted by %(person)s on %(day)s.")
        case PatchState.DEFAULTED:
            said = gettext("Filled by its default on %(day)s, as nothing was handed in; ask for it to be returned.")
        case _:
            said = gettext("It can be entered while the cycle is in Demand.")
    return said % values


def typed_words(entered: Entered, *, undone: bool) -> str:
    """What became of what was typed.

    Example:
        >>> typed_words(Entered(count=1), undone=False), typed_words(Entered(count=3), undone=True)
        ('1 line is saved. Hand in when you are through.', '3 edits are taken back.')
        >>> typed_words(Entered(count=2, handed_in="Nord"), undone=False)
        '2 lines are saved. Nord is handed in.'
    """
    count = entered.count
    if undone:
        return ngettext("%(n)d edit is taken back.", "%(n)d edits are taken back.", count) % {"n": count}
    saved = ngettext("%(n)d line is saved.", "%(n)d lines are saved.", count) % {"n": count} if count else ""
    handed = gettext("%(patch)s is handed in.") % {"patch": entered.handed_in} if entered.handed_in else ""
    return " ".join(filter(None, (saved, handed or gettext("Hand in when you are through."))))


def first_months(seen: EntrySeen) -> tuple[tuple[str, str], ...]:
    """From which month on a percentage may hold."""
    return tuple((label, period_words(label)) for label in seen.horizon)
