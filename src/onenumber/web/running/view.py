"""The page of the running month."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.asked import asked_of
from onenumber.web.render import at_of, page
from onenumber.web.running.words import actions_due, blocks, days_of, key_of, lead, none_due, since_words, told
from onenumber.web.source import source


@require_GET
@login_required
def running(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The month so far: who lands over or under, then each measure, the orders since the freeze and actions due."""
    at = at_of(request, plan, cycle)
    found = source().running(at)
    shown = found.shown
    actions, more = actions_due(shown)
    context: dict[str, object] = {
        "room": "running",
        "lead": lead(shown),
        "told": told(shown),
        "blocks": blocks(shown),
        "opened": days_of(shown, asked_of(request, "of", [key_of(row) for row in shown.rows])),
        "since": since_words(shown),
        "actions": actions,
        "more_actions": more,
        "none_due": none_due(shown),
        "of_all": shown.of_all,
        "owed": shown.owed,
        "broken": shown.broken,
        "has_since": shown.since is not None,
    }
    return page(request, at, "running/page.html", context, frame=found.frame)
