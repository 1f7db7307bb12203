"""What the executive page says of service and supply, and of what was decided: in sentences, each with its page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext

from onenumber.steps.see.executive import ExecutiveSeen
from onenumber.steps.see.final_plan import InFinal
from onenumber.steps.see.papers import PaperShown
from onenumber.web.decisions.figures import money_cells, settled_words
from onenumber.web.line_load.zones import share_read
from onenumber.web.numbers import period_words, share, short
from onenumber.web.said import say, say_change
from onenumber.web.words import named


def served_lines(seen: ExecutiveSeen, plan: str) -> tuple[tuple[str, str], ...]:
    """Service of late, what the plan gives up, and the line that is asked for most, each with the page behind it."""
    address = {page: reverse(page, args=[plan, seen.cycle]) for page in ("family", "line_load")}
    family = f"{address['family']}?in=money"
    lines = ((_served(seen), family), (_given_up(seen), family), (_fullest(seen), address["line_load"]))
    return tuple((said, href) for said, href in lines if said)


def _served(seen: ExecutiveSeen) -> str:
    found = seen.served
    if found is None or not found.shares:
        return ""
    *before, (month, last) = found.shares
    said = gettext("%(month)s shipped %(share)s of its order lines on time in full%(before)s%(late)s.")
    earlier = gettext("; the months before it %(shares)s") % {"shares": named([share(one) for _, one in before], "")}
    late = gettext("; at its end %(late)s %(currency)s were late") % {
        "late": short(found.late or 0.0), "currency": seen.currency
    }  # fmt: skip
    return said % {
        "month": period_words(month), "share": share(last), "before": earlier if before else "",
        "late": late if found.late else "",
    }  # fmt: skip


def _given_up(seen: ExecutiveSeen) -> str:
    found = seen.given_up
    if found is None:
        return ""
    said = gettext(
        "By %(plan)s of %(of)s %(whole)s %(currency)s of what is due is given up, neither shipped nor waited for; "
        "%(when)s."
    )
    all_of_it = short(found.most) == short(found.whole)
    when = gettext("all of it in %(month)s") if all_of_it else gettext("most in %(month)s: %(most)s %(currency)s")
    values = {"currency": seen.currency, "month": period_words(found.month), "most": short(found.most)}
    return said % {
        "plan": _plan(found.stage), "of": period_words(found.of), "whole": short(found.whole), **values,
        "when": when % values,
    }  # fmt: skip


def _plan(stage: str) -> str:
    return gettext("the final plan") if stage == "final" else gettext("the proposed plan")


def _fullest(seen: ExecutiveSeen) -> str:
    load = seen.load
    line = load.lines[0] if load is not None and load.lines else None
    if load is None or line is None or line.worst.share is None:
        return ""
    said = gettext("By %(plan)s of %(of)s the fullest line is %(line)s: %(share)s of its hours are asked in %(month)s.")
    return said % {
        "plan": _plan(load.stage), "of": period_words(load.of), "line": f"{line.name} ({line.line})",
        "share": share_read(line.worst.share).percent, "month": period_words(line.worst.period),
    }  # fmt: skip


def decided_lines(
    papers: Iterable[PaperShown], final: Iterable[InFinal] | None, currency: str
) -> tuple[tuple[str, str, str], ...]:
    """What was decided of each paper: its key, its question, and the option with its net and who took it."""
    far = {one.paper: one.brings for one in final or () if one.far}
    return tuple((one.paper, say(one.question), _decided(one, far.get(one.paper), currency)) for one in papers)


def _decided(paper: PaperShown, brings: float | None, currency: str) -> str:
    """What was decided of a paper; ``brings`` is what the final plan brings of it, if that is far off its promise."""
    taken = paper.taken
    if taken is None:
        return ""
    option = next((one for one in paper.options if one.option == taken.option), None)
    if option is None:
        return settled_words(taken)
    parts = [settled_words(taken), say_change(option.change)]
    if option.net_cost:
        said = gettext("It promised %(net)s %(currency)s net.")
        parts.append(said % {"net": money_cells(option)[-1], "currency": currency})
        if brings is not None:
            final = gettext("The final plan brings %(net)s %(currency)s.")
            parts.append(final % {"net": short(brings), "currency": currency})
    return " ".join(parts)
