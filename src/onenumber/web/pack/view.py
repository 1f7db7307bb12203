"""The pack of the supply meeting."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.act.model import Ask, Way
from onenumber.web.pack.words import blocks, lead, refs, sent_lines
from onenumber.web.render import at_of, page
from onenumber.web.source import source

SEND = Way(step="send", given={}, asked=(Ask(name="note", kind="text", needed=False),))


@require_GET
@login_required
def pack(request: HttpRequest, plan: str, cycle: str, number: int = 0) -> HttpResponse:
    """The pages as they are, or as they were sent under a number."""
    at = at_of(request, plan, cycle)
    found = source().pack(at, number)
    shown = found.shown
    context: dict[str, object] = {
        "room": "pack",
        "lead": lead(shown),
        "blocks": blocks(shown, plan),
        "refs": refs(shown),
        "is_sent": shown.sent is not None,
        "sent": sent_lines(shown, plan),
        "ways": (SEND,) if shown.may and shown.sent is None else (),
    }
    return page(request, at, "pack/page.html", context, frame=found.frame)
