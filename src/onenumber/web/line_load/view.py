"""The page of loads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.asked import asked_of
from onenumber.web.conflicts.escalated import escalated_lines
from onenumber.web.line_load import words
from onenumber.web.line_load.model import CellOf
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def line_load(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Every line by month; the one of the query opened."""
    at = at_of(request, plan, cycle)
    asked = CellOf(line=request.GET.get("line", ""), month=request.GET.get("month", ""))
    found = source().line_load(at, asked)
    if found.seen is not None:
        asked_of(request, "line", [one.line for one in found.seen.lines])
        asked_of(request, "month", [month.period for one in found.seen.lines for month in one.months])
    context: dict[str, object] = {"room": "line_load", "lead": words.lead(found), "found": found}
    context["own"] = words.own_words(found.own_by, found.frame.cycle)
    if found.seen is not None:
        heads, rows = words.heat(found.seen, request.path, found.opened)
        context |= {
            "of_plan": words.plan_said(found.seen.of, found.seen.stage, own=found.seen.own), "heads": heads,
            "rows": rows, "sentences": words.sentences(found.seen, found.untrue),
        }  # fmt: skip
    if found.seen is not None and found.opened is not None:
        whole = bool(asked_of(request, "short", ("all",)))
        short, more = words.short_lines(found.opened, found.seen, whole=whole, went_up=bool(found.escalated))
        context |= {
            "opened": found.opened,
            "opened_sentence": words.opened_sentence(found.opened, found.seen),
            "short": short,
            "short_more": more,
            "short_all": whole and len(short) > words.MOST_SHORT,
            "more_time": words.more_time(found.opened, found.seen),
            "escalated": escalated_lines(found.escalated),
            "options": words.options(found.papers, found.opened.currency),
        }
    return page(request, at, "line_load/page.html", context, frame=found.frame)
