"""The sentences of the pages of the sales team."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.consensus.collect import PatchState
from onenumber.consensus.skill import FAR, FEWEST, Month
from onenumber.steps.see.skill import SkillShown
from onenumber.steps.see.team import Move, PatchLine, Reason, TeamSeen
from onenumber.web.act.model import Way
from onenumber.web.month.figures import PATCH
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NOTHING, bias_words, deviation, number, period_head, plus, share, short, signed

RARE = 0.01
DONE = (PatchState.SUBMITTED, PatchState.ACCEPTED, PatchState.DEFAULTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchView:
    """A patch in words, with what may be done about it."""

    line: PatchLine
    state: str
    since: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveView:
    """A move in words: what it comes to, and who told us why."""

    place: str
    key: str
    was: str
    now: str
    units: str
    money: str
    why: tuple[str, ...]
    offered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A month of a person's calls as shown."""

    month: str
    baseline: str
    sales: str
    actual: str
    raised: str
    over: str
    nearer: str


def lead(seen: TeamSeen) -> str:
    """How many patches are in, and by when the others are."""
    count, whole = sum(one.state in DONE for one in seen.patches), len(seen.patches)
    if not whole:
        return gettext("No patch is yours: the tables people and patch_owners say who leads whom.")
    waits = sum(one.state is PatchState.SUBMITTED for one in seen.patches)
    values = {"n": count, "all": whole, "day": day_words(seen.cut_off), "waits": waits}
    said = ngettext("%(n)d of %(all)d patches is in", "%(n)d of %(all)d patches are in", count)
    said = said if count else gettext("None of %(all)d patches is in")
    left = ngettext("; the other is due by %(day)s.", "; the others are due by %(day)s.", whole - count)
    rest = left if 0 < count < whole else gettext("; all are due by %(day)s.") if count < whole else "."
    mine = ngettext(" %(waits)d waits to be accepted.", " %(waits)d wait to be accepted.", waits) if waits else ""
    return (said + rest + mine) % values


def moves_sentence(seen: TeamSeen) -> str:
    """How far the team is from the baseline, and in how many places."""
    if seen.moves is None:
        return gettext("There is no baseline yet, so nothing can differ from it.")
    if not seen.moves:
        return gettext("Nobody says anything else than the baseline so far.")
    said = ngettext(
        "In %(n)d place the team says something else than the baseline",
        "In %(n)d places the team says something else than the baseline",
        seen.whole,
    ) % {"n": seen.whole}
    if seen.sums is None:
        return f"{said}."
    now, was = seen.sums
    values = {"by": deviation(now - was, was), "money": short(abs(now - was)), "currency": seen.currency}
    return said + gettext("; over the horizon it is %(by)s it in all, %(money)s %(currency)s.") % values


def patch_views(seen: TeamSeen, ways: Mapping[str, tuple[Way, ...]]) -> tuple[PatchView, ...]:
    """The patches in words."""
    return tuple(_patch(one, ways.get(one.patch, ())) for one in seen.patches)


def move_views(seen: TeamSeen) -> tuple[MoveView, ...]:
    """The moves in words."""
    return tuple(_move(one, seen.currency) for one in seen.moves or ())


def _patch(one: PatchLine, ways: tuple[Way, ...]) -> PatchView:
    said = gettext("%(person)s, %(day)s") if one.on is not None else ""
    values = {"person": one.by, "day": date_format(one.on, "j F") if one.on is not None else ""}
    return PatchView(line=one, state=str(PATCH[one.state.value]), since=said % values, ways=ways)


def _move(one: Move, currency: str) -> MoveView:
    moved = None if one.was is None or one.now is None else round(one.now) - round(one.was)
    return MoveView(
        place=f"{one.customer}, {one.family}", key=one.place,
        was=f"{number(one.was)} {one.unit}" if one.was is not None else NOTHING,
        now=f"{number(one.now)} {one.unit}" if one.now is not None else NOTHING,
        units=NOTHING if moved is None else signed(moved),
        money=f"{plus(one.money)} {currency}" if one.money is not None else NOTHING,
        why=tuple(_why(reason) for reason in one.why), offered=one.offered,
    )  # fmt: skip


def _why(one: Reason) -> str:
    said = gettext("%(person)s: news, “%(text)s”") if one.news else gettext("%(person)s: “%(text)s”")
    return said % {"person": one.person, "text": one.text}


def skill_sentences(shown: SkillShown) -> tuple[str, ...]:
    """What her figures were worth, with how much evidence; that there is too little."""
    skill, count = shown.skill, len(shown.skill.months)
    if skill.added is None or skill.added.added is None or count < FEWEST:
        said = gettext("%(n)d months can be held against what came: fewer than %(least)d say nothing of a person.")
        return (said % {"n": count, "least": FEWEST},)
    added = skill.added.added
    return (
        _worth(added, count),
        *_same(shown),
        _hits(shown),
        *(one for one in (_habit(shown, 1), _habit(shown, -1)) if one),
        gettext("All months together they are %(bias)s what came.") % {"bias": bias_words(skill.bias or 0.0)},
    )


def _worth(added: float, count: int) -> str:
    """How much nearer to what came the figures are than the baseline; what rounds to nothing is said to be equal.

    Item by item: the totals of its months, which the table holds, may be nearer or farther than their items.
    """
    if not round(abs(added) * 100, 1):
        said = gettext("Item by item, over %(n)d months these figures were as near to what came as the baseline.")
        return said % {"n": count}
    worth = gettext(
        "Item by item, over %(n)d months these figures made the error %(by)s points %(way)s than the baseline's."
    )
    way = gettext("smaller") if added > 0 else gettext("larger")
    return worth % {"n": count, "by": number(abs(added) * 100, 1), "way": way}


def _same(shown: SkillShown) -> tuple[str, ...]:
    """In how many months nothing was said beside the baseline: of these, nearer or farther says nothing."""
    months = shown.skill.months
    same = sum(one.raised is not None and not round(one.raised, 3) for one in months)
    if not same:
        return ()
    said = gettext("In %(n)d of them the figures are the baseline itself.")
    return (said % {"n": same},)


def _hits(shown: SkillShown) -> str:
    added = shown.skill.added
    if added is None or added.hits is None:
        return gettext("No figure of the baseline was changed.")
    said = gettext("Of %(n)s figures that were changed, item by item, %(hits)s came nearer")
    known = added.chance is not None
    luck = gettext("; luck alone would be as far from a half in %(chance)s of cases.") if known else "."
    values = {"n": number(added.touched), "hits": share(added.hits)}
    return (said + luck) % {**values, "chance": _chance(added.chance)}


def _chance(value: float | None) -> str:
    if value is None:
        return ""
    return share(value) if value >= RARE else gettext("less than %(share)s") % {"share": share(RARE)}


def _habit(shown: SkillShown, sign: int) -> str:
    moved = shown.skill.moved(sign)
    if not moved:
        return ""
    up = gettext("In %(n)d of %(all)d months the baseline was put up by more than %(far)s")
    down = gettext("In %(n)d of %(all)d months the baseline was put down by more than %(far)s")
    said = (up if sign > 0 else down) + gettext("; what came was nearer to the baseline in %(worse)d of them.")
    worse = sum(not one.nearer for one in moved)
    return said % {"n": len(moved), "all": len(shown.skill.months), "far": share(FAR), "worse": worse}


def month_views(shown: SkillShown) -> tuple[MonthView, ...]:
    """Her months, the newest first."""
    return tuple(_month(label, one) for label, one in reversed([*zip(shown.labels, shown.skill.months, strict=True)]))


def _month(label: str, one: Month) -> MonthView:
    return MonthView(
        month=period_head(label), baseline=short(one.baseline), sales=short(one.sales), actual=short(one.actual),
        raised=_percent(one.raised), over=NOTHING if one.over is None else bias_words(one.over), nearer=_nearer(one),
    )  # fmt: skip


def _nearer(one: Month) -> str:
    if one.raised is not None and not round(one.raised, 3):
        return gettext("the same figure")
    return gettext("sales") if one.nearer else gettext("the baseline")


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{'+' if round(value, 3) > 0 else ''}{share(value, 1)}"
