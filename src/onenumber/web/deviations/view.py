"""The page of deviations."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.steps.see.deviations import DeviationsShown
from onenumber.steps.see.month_waits import UNANSWERED
from onenumber.web.asked import asked_of
from onenumber.web.deviations.words import BY, NAMED, claim_rows, gone, group_rows, heads, lead, steps, unit
from onenumber.web.frame.model import Frame
from onenumber.web.frame.nav import finds
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def deviations(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Why last month's sales left the consensus."""
    at = at_of(request, plan, cycle)
    found = source().deviations(at, asked_of(request, "by", BY, "division"))
    said = lead(found.shown)
    context: dict[str, object] = {
        "room": "deviations", "shown": found.shown, "lead": said[0], "more": said[1:], "gone": gone(found.shown),
        "named": found.shown.gone[:NAMED], "others": len(found.shown.gone) > NAMED, "steps": steps(found.shown),
        "heads": heads(found.shown), "groups": group_rows(found.shown), "claims": claim_rows(found.shown),
        "ways_by": [(key, says, key == found.shown.by) for key, says in BY.items() if _offered(key, found.shown)],
        "by_says": BY[found.shown.by], "unit": unit(found.shown),
        "answers": finds(found.frame, "adherence") and (found.shown.whole or _owes(found.frame)),
        "owes": _owes(found.frame),
    }  # fmt: skip
    return page(request, at, "deviations/page.html", context, frame=found.frame)


def _owes(frame: Frame) -> bool:
    """Whether a figure that missed the plan waits for her answer: who sees a part finds none of the others' there."""
    return any(one.said == UNANSWERED for one in frame.waits)


def _offered(by: str, shown: DeviationsShown) -> bool:
    """A cut by customer is for who knows hers: of the whole company it would be too long to read."""
    return by != "customer" or not shown.whole or shown.by == by
