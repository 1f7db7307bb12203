"""The sentences of the executive page: at most a dozen numbers on it, and none of them forecast accuracy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.measure.rounding import round_within
from onenumber.steps.see.briefs import AccountShown
from onenumber.steps.see.executive import OUTSIDE, ExecutiveSeen, Landing, LandingLine
from onenumber.steps.see.executive_moved import Changed, Moved
from onenumber.steps.see.final_plan import InFinal
from onenumber.steps.see.month_figures import ACCEPTED
from onenumber.steps.see.papers import PaperShown
from onenumber.steps.see.worked import WORKED, Worked
from onenumber.web.act.model import ToSettle
from onenumber.web.executive.model import ExecutivePage
from onenumber.web.frame.words import waiting_words
from onenumber.web.month.figures import STATUS
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NARROW_SPACE, number, period_words, share, short, signed
from onenumber.web.said import say, say_change
from onenumber.web.tables.model import Cell, Row, Table, table
from onenumber.web.words import accepted_words, account_words

ASKED = 7
CHANGED: Mapping[str, str | Promise] = {
    "revenue": _("Revenue of %(of)s lands %(by)s what was said a month ago."),
    "demand": _("The demand of %(of)s for the year ahead is %(by)s last month's."),
    "baseline": _("The baseline of %(of)s for the year ahead is %(by)s last month's."),
    "news": _("Beside the plan: %(of)s, %(now)s %(currency)s over the horizon if it comes whole."),
}
BEHIND: Mapping[str, str] = {"revenue": "budget", "demand": "family", "baseline": "family", "news": "sheets"}
"""The page behind each of them."""
YEAR_AHEAD: Mapping[str, str | Promise] = {
    "demand": _("demand, the year ahead"), "baseline": _("baseline, the year ahead"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A budget line: what it is, where it lands, how far from its budget, the tolerance, and what was decided."""

    name: str
    landing: str
    budget: str
    far: str
    tolerance: str
    status: str
    is_open: bool


def worked_sentence(seen: ExecutiveSeen) -> str:
    """How many of the decisions that were to bring something last month did."""
    due = [one for one in seen.worked if one.promised is not None]
    if not due:
        return gettext("No decision was to bring anything in the measured month.")
    worked, month = sum(map(is_kept, due)), period_words(seen.measured)
    if len(due) == 1:
        kept, missed = (
            gettext("The decision that was to bring something in %(month)s worked."),
            gettext("The decision that was to bring something in %(month)s did not work."),
        )
        return (kept if worked else missed) % {"month": month}
    said = gettext("%(n)d decisions were to bring something in %(month)s: %(worked)s worked.")
    return said % {"n": len(due), "month": month, "worked": worked or gettext("none")}


def is_kept(one: Worked) -> bool:
    """Whether a decision worked."""
    return one.share is not None and one.share >= WORKED


def worked_lines(seen: ExecutiveSeen) -> tuple[tuple[str, bool], ...]:
    """Each decision with what came of it, and whether it fell short."""
    return tuple((_worked(one), one.promised is not None and not is_kept(one)) for one in seen.worked)


def _worked(one: Worked) -> str:
    head, paper = say_change(one.change), f"{one.paper}, {one.option}"
    if one.promised is None:
        return gettext("%(head)s Nothing of it was due in the month (%(paper)s).") % {"head": head, "paper": paper}
    said = gettext(
        "%(head)s Of %(promised)s units that it promised the month %(brought)s were made, %(share)s "
        "(%(who)s; %(paper)s)."
    )
    return said % {
        "head": head, "paper": paper, "promised": number(one.promised), "brought": number(one.brought or 0.0),
        "share": share(one.share or 0.0), "who": one.decided_by,
    }  # fmt: skip


def asked_sentence(page: ExecutivePage) -> str:
    """How many papers wait, and what is at stake."""
    if page.papers is None:
        said = gettext("No papers are prepared yet; they are decided by %(day)s.")
        return said % {"day": day_words(page.day)}
    if not page.papers:
        return gettext("No paper waits for a decision.")
    known = [one.money_at_risk for one in page.papers if one.money_at_risk is not None]
    said = ngettext("%(n)d decision is requested", "%(n)d decisions are requested", len(page.papers))
    money = gettext("; at risk in all: %(money)s %(currency)s.") if known else "."
    values = {"n": len(page.papers), "money": short(sum(known)), "currency": page.seen.currency}
    return (said + money) % values


def asked_lines(page: ExecutivePage) -> tuple[tuple[str, str, str], ...]:
    """The papers that wait: key, question, and the recommendation, deadline and default."""
    papers = sorted(page.papers or (), key=lambda one: (one.deadline, one.paper))
    return tuple((one.paper, say(one.question), _asked(one)) for one in papers[:ASKED])


def _asked(one: PaperShown) -> str:
    said = gettext("recommended is %(option)s (%(change)s); by %(day)s, else %(default)s takes effect")
    change = next((say_change(option.change).rstrip(".") for option in one.options if option.option == one.recommended),
                  "")  # fmt: skip
    return said % {
        "option": one.recommended, "change": change, "day": day_words(one.deadline), "default": one.default,
    }  # fmt: skip


def final_sentence(final: Sequence[InFinal] | None, currency: str) -> str:
    """What the final plan brings of what the decided papers promised, and which of them lie beside it.

    Example:
        >>> far = InFinal(paper="2026-06-L1", promised=100.0, brings=80.0, far=True)
        >>> final_sentence((far,), "EUR").partition("; ")[2]
        'the final plan brings 80 EUR. Beside its promise by over a tenth: 2026-06-L1.'
        >>> final_sentence(None, "EUR"), final_sentence((), "EUR")
        ('', '')
    """
    if not final:
        return ""
    known = [(one.promised, one.brings) for one in final if one.promised is not None and one.brings is not None]
    if len(known) < len(final):
        return gettext("What the final plan brings of the papers is not known: a price or a cost is missing.")
    values = {
        "promised": short(sum(promised for promised, _ in known)), "brings": short(sum(brings for _, brings in known)),
        "currency": currency, "papers": ", ".join(one.paper for one in final if one.far),
    }  # fmt: skip
    said = gettext(
        "The decided papers promised %(promised)s %(currency)s net; the final plan brings %(brings)s %(currency)s."
    )
    far = gettext(" Beside its promise by over a tenth: %(papers)s.") if values["papers"] else ""
    return (said + far) % values


def landing_sentence(seen: ExecutiveSeen) -> str:
    """How many lines of the year land outside, by which plan, and what stands beside it."""
    found = seen.landing
    if found is None:
        return gettext("– No plan has been valued against the budget yet: the review does it.")
    outside = [one for one in found.lines if one.status == OUTSIDE]
    plan = gettext("the final plan") if found.final else gettext("the proposed plan")
    values = {"n": len(outside), "year": found.year, "plan": plan, "month": period_words(found.of)}
    said = ngettext(
        "%(n)d budget line of %(year)s lands out of tolerance by %(plan)s of %(month)s",
        "%(n)d budget lines of %(year)s land out of tolerance by %(plan)s of %(month)s",
        len(outside),
    )
    accepted = accepted_words(sum(one.decided for one in outside), len(outside))
    return " ".join(filter(None, (f"{said % values}{_worst(outside)}", accepted, _range(found, seen.currency))))


def _worst(outside: Sequence[LandingLine]) -> str:
    """The line that is farthest from its budget."""
    if not outside:
        return "."
    one = max(outside, key=lambda line: abs(line.percent))
    said = gettext("; the farthest is %(name)s: %(far)s.") if len(outside) > 1 else gettext(": %(name)s, %(far)s.")
    view = _line(one)
    return said % {"name": view.name, "far": view.far}


def _range(found: Landing, currency: str) -> str:
    if not found.risks and not found.chances:
        return gettext("Nothing stands beside the plan.")
    said = gettext(
        "Beside the plan stand, in %(year)d and if all of it comes, %(risks)s %(currency)s of risks and +%(chances)s "
        "%(currency)s of opportunities in revenue."
    )
    values = {"risks": short(found.risks), "chances": short(found.chances), "currency": currency, "year": found.year}
    return said % values


def line_views(found: Landing | None) -> tuple[LineView, ...]:
    """The lines that are known, those outside first."""
    return tuple(_line(one) for one in found.lines) if found is not None else ()


def unknown(found: Landing | None) -> str:
    """That some lines are not known; empty where all are."""
    count = found.unknown if found is not None else 0
    said = ngettext(
        "Of %(n)d more line the actual, the plan or the budget is not known.",
        "Of %(n)d more lines the actual, the plan or the budget is not known.",
        count,
    )
    return said % {"n": count} if count else ""


def _name(one: LandingLine) -> str:
    return f"{account_words(one.account)}, {one.place}"


def _line(one: LandingLine) -> LineView:
    word = gettext("over") if one.percent > 0 else gettext("under")
    tolerance = f"±{number(one.tolerance)}{NARROW_SPACE}%" if one.tolerance is not None else gettext("none")
    outside = one.status == OUTSIDE
    status = str(STATUS[ACCEPTED if outside and one.decided else one.status])
    return LineView(
        name=_name(one), landing=short(one.landing), budget=short(one.budget),
        far=f"{number(abs(one.percent), 1)}{NARROW_SPACE}% {word}", tolerance=tolerance,
        status=status, is_open=outside and not one.decided,
    )  # fmt: skip


def changed_lines(seen: ExecutiveSeen, plan: str) -> tuple[tuple[str, str], ...]:
    """What changed since last month, in at most five sentences, each with the page behind it."""
    return tuple((_changed(one, seen.currency), _behind(one, plan, seen.cycle)) for one in seen.changed)


def _changed(one: Changed, currency: str) -> str:
    far = one.now - one.was
    over = gettext("%(amount)s %(currency)s over") if far > 0 else gettext("%(amount)s %(currency)s under")
    by = over % {"amount": short(abs(far)), "currency": currency}
    return str(CHANGED[one.kind]) % {"of": one.of, "by": by, "now": short(one.now), "currency": currency}


def _behind(one: Changed, plan: str, cycle: str) -> str:
    page = reverse(BEHIND[one.kind], args=[plan, cycle])
    return f"{page}?place=division:{quote(one.place)}&in=money" if BEHIND[one.kind] == "family" else page


def bridge_table(seen: ExecutiveSeen) -> Table:
    """All of it, from last month to this, place by place; the last row of each adds up to the last digit."""
    heads = (gettext("What"), gettext("Last month, %(currency)s") % {"currency": seen.currency}, gettext("Now"),
             gettext("Difference"))  # fmt: skip
    rows = tuple(row for one in seen.bridge for row in _bridge_rows(one))
    return table(gettext("From last month's plan to this one"), heads, rows)


def _bridge_rows(one: Moved) -> Iterator[Row]:
    amounts = np.array([(part.was, part.now) for part in one.parts])
    same = np.zeros(len(amounts), dtype=np.int64)
    whole = round_within(amounts, groups=same, decimals=same)
    word = str(YEAR_AHEAD.get(one.kind) or account_words(one.kind))
    names = [*(f"{word}, {part.of}" for part in one.parts), gettext("%(word)s, in all") % {"word": word}]
    for name, (was, now) in zip(names, [*whole, whole.sum(axis=0)], strict=True):
        cells = (Cell(text=number(was)), Cell(text=number(now)), Cell(text=signed(now - was)))
        yield Row(name=name, cells=cells, whole=name == names[-1])


def kept_sentence(seen: ExecutiveSeen) -> str:
    """Who missed the plan last month, and who has not answered."""
    cells = ((one.owner, one.cells[-1]) for one in seen.owners if one.cells)
    last = [(owner, cell) for owner, cell in cells if cell is not None and cell.known]
    missed = [(owner, cell) for owner, cell in last if cell.missed]
    if not last:
        return gettext("– No month has been measured against a published plan yet.")
    if not missed:
        return gettext("Every owner kept the plan of %(month)s.") % {"month": period_words(seen.measured)}
    open_ = [owner for owner, cell in missed if cell.missed > cell.answered]
    names = ", ".join(owner for owner, _cell in missed if owner not in open_)
    values = {"month": period_words(seen.measured), "names": names, "open": ", ".join(open_)}
    answered = gettext("Missed the plan of %(month)s and answered: %(names)s.") if names else ""
    owed = gettext("Unanswered by %(open)s.") if open_ else ""
    return " ".join(part for part in (owed, answered) if part) % values


def urgent_lines(found: tuple[AccountShown, ...]) -> tuple[tuple[str, str], ...]:
    """Urgent news of key accounts, each with whose it is."""
    told = ((one, one.said) for one in found if one.said is not None)
    return tuple((f"{one.name}: {said.text} ({said.person})", one.customer) for one, said in told)


def waits(page: ExecutivePage) -> tuple[tuple[str, ToSettle], ...]:
    """What keeps the approval from being given; of a budget line what it is and how far out."""
    lines = {one.paper: one for one in page.seen.landing.lines} if page.seen.landing is not None else {}
    return tuple((_wait(one, lines.get(_paper(one))), one) for one in page.waits)


def _paper(one: ToSettle) -> str:
    """The paper that settles it, to who may decide; to others what waits is said by its name."""
    return next((way.given["paper"] for way in one.ways if "paper" in way.given), "")


def _wait(one: ToSettle, line: LandingLine | None) -> str:
    if line is None:
        return waiting_words(one.point)
    said = gettext("%(name)s lands %(far)s its budget, %(tolerance)s is allowed, and nobody decided on it")
    view = _line(line)
    return said % {"name": view.name[:1].upper() + view.name[1:], "far": view.far, "tolerance": view.tolerance}


def sign_sentence(page: ExecutivePage) -> str:
    """Whether the approval can be given now, and why it would be refused."""
    approved = page.seen.approved
    if approved is not None:
        own = gettext("The plan is approved: you signed on %(day)s.")
        said = own if approved.hers else gettext("The plan is approved: %(who)s signed on %(day)s.")
        return said % {"day": day_words(approved.day), "who": approved.who}
    if page.waits:
        said = ngettext(
            "The approval would be refused: %(n)d thing is open.",
            "The approval would be refused: %(n)d things are open.",
            len(page.waits),
        )
        return said % {"n": len(page.waits)}
    if page.sign:
        return gettext("Nothing stands against your approval.")
    return gettext("The plan comes to the executive for approval by %(day)s.") % {"day": day_words(page.day)}
