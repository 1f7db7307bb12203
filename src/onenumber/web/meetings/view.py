"""The list of meetings, and the page of each."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from onenumber.cycle.meetings import MEETINGS
from onenumber.cycle.phases import Phase
from onenumber.steps.see.meetings import NOW, OVER
from onenumber.web.conflicts.escalated import escalated_lines
from onenumber.web.decisions.words import views
from onenumber.web.meetings import words
from onenumber.web.month.changes import change_lines
from onenumber.web.month.figures import figure_blocks
from onenumber.web.plants.words import said_words
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def meetings(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The four meetings of a cycle."""
    at = at_of(request, plan, cycle)
    found = source().meetings(at)
    context: dict[str, object] = {
        "room": "meetings", "lead": words.list_lead(found.lines),
        "lines": words.list_lines(found.lines, plan, found.frame.cycle),
    }  # fmt: skip
    return page(request, at, "meetings/list.html", context, frame=found.frame)


@require_GET
@login_required
def meeting(request: HttpRequest, plan: str, cycle: str, which: str) -> HttpResponse:
    """A meeting: last time's actions, what is settled in it, its figures and papers, its minutes."""
    at = at_of(request, plan, cycle)
    if which not in MEETINGS:
        said = gettext("There is no meeting “%(which)s”. Nothing was changed. The page of meetings lists the four.")
        raise Http404(said % {"which": which})
    found = source().meeting(at, which)
    seen, shown = found.seen, found.papers.shown if found.papers is not None else None
    papers, rest = (
        views(found.papers.papers, shown.currency) if found.papers is not None and shown is not None else ((), ())
    )
    last = [words.action_view(one, found) for one in seen.last]
    context: dict[str, object] = {
        "room": "meetings",
        "found": found,
        "over": seen.line.stands == OVER,
        "before": seen.line.stands == OVER and seen.line.meeting.phase in (Phase.SUPPLY, Phase.RECONCILE),
        "now": seen.line.stands == NOW,
        "name": words.name_of(seen.line.meeting),
        "lead": words.lead(found),
        "last_sentence": words.last_sentence(found),
        "last": last,
        "closed_by": words.closed_by(last),
        "promised": [words.promise_view(one) for one in seen.promised],
        "agenda": words.agenda(found, plan, seen.cycle),
        "blocks": figure_blocks(seen.figures, plan, seen.cycle),
        "cannot": [(one.site, said_words(one)) for one in seen.cannot],
        "escalated": escalated_lines(words.told_of(seen)),
        "escalated_sentence": words.escalated_said(seen),
        "papers": papers,
        "rest": rest,
        "read_back": words.read_back(found),
        "minutes": change_lines(seen.minutes, plan, seen.cycle),
        "agreed": [words.action_view(one, found) for one in seen.agreed],
    }
    return page(request, at, "meetings/page.html", context, frame=found.frame)
