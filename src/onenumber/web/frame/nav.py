"""The pages of a plan: in which section each stands, its key, and who finds it there. A new page is a line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onenumber.rights.roles import does, only_sells, plans_all, reads_class, reads_lines, sells
from onenumber.rights.table import Figure
from onenumber.web.frame.model import Frame

Sees = Callable[[Frame], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page of the navigation: the room that its view names, its address, its words, and the letter after ``g``.

    ``of_cycle`` says whether its address carries the cycle; ``seen_by`` hides a link from who has nothing there. It is
    no right: the page asks those itself.
    """

    room: str
    url: str
    says: str | Promise
    section: str
    key: str = ""
    of_cycle: bool = True
    seen_by: Sees


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page as the frame of another links to it."""

    href: str
    says: str | Promise
    section: str
    key: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A word of the first row: it leads to the first of its pages; those of the current one stand in the second."""

    says: str | Promise
    pages: tuple[Link, ...]
    current: bool


def _plan(frame: Frame) -> bool:
    return frame.sees_plan


def _answers(frame: Frame) -> bool:
    """Who may own a figure of the plan: a salesperson owns none."""
    return frame.sees_plan and not only_sells(frame.roles)


def _plans(frame: Frame) -> bool:
    """Who plans the company."""
    return plans_all(frame.roles)


def _sells(frame: Frame) -> bool:
    """Who reads what was sold in money."""
    return reads_class(frame.roles, Figure.PRICE)


def _lines(frame: Frame) -> bool:
    """Who sees what plants make and buy."""
    return reads_lines(frame.roles)


def _keeps_logins(frame: Frame) -> bool:
    """Who lets people in."""
    return does(frame.roles, "keep_logins")


def _everybody(_frame: Frame) -> bool:
    return True


def _has_a_patch(frame: Frame) -> bool:
    return sells(frame.roles)


SECTIONS: dict[str, str | Promise] = {
    "month": _("My month"), "family": _("Family page"), "demand": _("Demand"), "supply": _("Supply"),
    "money": _("Money"), "decisions": _("Decisions"), "meetings": _("Meetings"), "data": _("Data"),
}  # fmt: skip
"""Every section, in its order; one without a page that a person finds is not shown to her."""

PAGES: tuple[PageLink, ...] = (
    PageLink(room="month", url="month", says=_("My month"), section="month", key="m", seen_by=_everybody),
    PageLink(room="messages", url="messages", says=_("Messages"), section="month", key="n", seen_by=_plan),
    PageLink(room="family", url="family", says=_("Family page"), section="family", key="f", seen_by=_plan),
    PageLink(room="entry", url="entry", says=_("My customers"), section="demand", key="c", seen_by=_has_a_patch),
    PageLink(
        room="orders_to_confirm", url="orders_to_confirm", says=_("Orders to confirm"), section="demand",
        seen_by=_has_a_patch,
    ),
    PageLink(room="team", url="team", says=_("Team"), section="demand", key="t", seen_by=_plans),
    PageLink(
        room="accounts", url="accounts", says=_("Key accounts"), section="demand", key="k",
        seen_by=lambda frame: frame.reads_briefs,
    ),
    PageLink(room="bench", url="bench", says=_("Workbench"), section="demand", key="b", seen_by=_plans),
    PageLink(room="plan", url="plan_home", says=_("Planning grid"), section="demand", key="p", seen_by=_plan),
    PageLink(room="flow", url="flow", says=_("Forecast to schedule"), section="demand", seen_by=_plans),
    PageLink(room="deviations", url="deviations", says=_("Deviations"), section="demand", key="v", seen_by=_sells),
    PageLink(room="line_load", url="line_load", says=_("Load"), section="supply", key="l", seen_by=_lines),
    PageLink(room="plants", url="plants", says=_("Plants"), section="supply", seen_by=_lines),
    PageLink(room="materials", url="materials", says=_("Materials"), section="supply", seen_by=_lines),
    PageLink(room="maintenance", url="maintenance", says=_("Maintenance"), section="supply", seen_by=_lines),
    PageLink(room="orders", url="orders", says=_("Orders"), section="supply", key="u", seen_by=_plan),
    PageLink(
        room="conflicts", url="conflicts", says=_("Conflicts"), section="supply", key="q",
        seen_by=lambda frame: frame.reads_papers,
    ),
    PageLink(room="parameters", url="parameters", says=_("Parameters"), section="supply", seen_by=_lines),
    PageLink(room="pack", url="pack", says=_("Meeting pages"), section="supply", seen_by=_plans),
    PageLink(room="running", url="running", says=_("Running month"), section="supply", key="r", seen_by=_plan),
    PageLink(
        room="executive", url="executive", says=_("Executive page"), section="money", key="x",
        seen_by=lambda frame: frame.reads_papers,
    ),
    PageLink(
        room="budget", url="budget", says=_("Budget"), section="money", key="y",
        seen_by=lambda frame: reads_class(frame.roles, Figure.COST),
    ),
    PageLink(
        room="decisions", url="decisions", says=_("Decisions"), section="decisions", key="e",
        seen_by=lambda frame: frame.reads_papers,
    ),
    PageLink(room="adherence", url="adherence", says=_("Adherence"), section="decisions", key="a", seen_by=_answers),
    PageLink(room="meetings", url="meetings", says=_("Meetings"), section="meetings", key="i", seen_by=_plans),
    PageLink(
        room="loads", url="loads", says=_("Data and its findings"), section="data", key="d", of_cycle=False,
        seen_by=lambda frame: frame.may_load or not frame.cycle,
    ),
    PageLink(room="calendar", url="calendar", says=_("Calendar"), section="data", key="h", seen_by=_plan),
    PageLink(room="sheets", url="sheets", says=_("Sheets of the cycle"), section="data", key="s", seen_by=_plan),
    PageLink(
        room="logins", url="logins", says=_("Sign-ins"), section="data", key="j", of_cycle=False,
        seen_by=_keeps_logins,
    ),
    PageLink(room="who", url="who", says=_("Who does what"), section="data", key="w", seen_by=_everybody),
)  # fmt: skip
"""Every page that the navigation leads to, in the order of its section."""


def pages_for(frame: Frame) -> tuple[PageLink, ...]:
    """The pages that the person who looks finds; before the first cycle only those that need none."""
    return tuple(page for page in PAGES if page.seen_by(frame) and (frame.cycle or not page.of_cycle))


def stays(frame: Frame, room: str) -> bool:
    """Whether a room has a page of every month that the person who looks finds: choosing another month stays in it."""
    return any(page.room == page.url == room and page.of_cycle for page in pages_for(frame))


def finds(frame: Frame, room: str) -> bool:
    """Whether the navigation of the person who looks leads to a room: a page links there only then."""
    return any(page.room == room for page in pages_for(frame))


def first_of(frame: Frame, rooms: Sequence[str]) -> Link:
    """The first of some rooms that the person who looks finds: the way back from a page that stands behind them."""
    found = {page.room: page for page in pages_for(frame)}
    return _link(next(found[room] for room in rooms if room in found), frame, "")


def address_of(page: PageLink, *, plan: str, cycle: str) -> str:
    """Where a page is, in a plan and a cycle."""
    return reverse(page.url, args=[plan, cycle] if page.of_cycle else [plan])


def sections_for(frame: Frame, room: str) -> tuple[Section, ...]:
    """The sections that have a page for the person who looks; those that hold ``room`` are current."""
    links = [_link(page, frame, room) for page in pages_for(frame)]
    made = ((says, tuple(link for link in links if link.section == key)) for key, says in SECTIONS.items())
    return tuple(
        Section(says=says, pages=pages, current=any(link.current for link in pages)) for says, pages in made if pages
    )


def _link(page: PageLink, frame: Frame, room: str) -> Link:
    return Link(
        href=address_of(page, plan=frame.plan, cycle=frame.cycle),
        says=page.says,
        section=page.section,
        key=page.key,
        current=page.room == room,
    )
