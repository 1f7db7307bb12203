"""The page of messages."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.errors import NoMessageError
from onenumber.web.messages.words import LEAST, lead, told
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def messages(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Her digests: the newest or that of a day, the others by day, and what she wishes to be told of."""
    at = at_of(request, plan, cycle)
    found = source().messages(at, _day(request.GET.get("day", "")))
    mine = found.messages
    waits, changes = told(mine.shown, plan) if mine.shown is not None else ((), ())
    context: dict[str, object] = {
        "room": "messages",
        "lead": lead(mine, found.frame.today),
        "mine": mine,
        "waits": waits,
        "changes": changes,
        "least": LEAST.items(),
        "mailed": found.mailed,
    }
    return page(request, at, "messages/page.html", context, frame=found.frame)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise NoMessageError(day=text) from None
