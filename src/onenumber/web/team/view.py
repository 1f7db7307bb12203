"""The pages of the sales team."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.frame.nav import first_of
from onenumber.web.render import at_of, page
from onenumber.web.source import source
from onenumber.web.team.words import lead, month_views, move_views, moves_sentence, patch_views, skill_sentences


@require_GET
@login_required
def team(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Where each patch stands, the biggest moves, and what the signature waits for."""
    at = at_of(request, plan, cycle)
    found = source().team(at)
    patches = patch_views(found.seen, found.ways)
    context: dict[str, object] = {
        "room": "team",
        "lead": lead(found.seen),
        "patches": patches,
        "settles": any(one.ways for one in patches),
        "moves_sentence": moves_sentence(found.seen),
        "moves": move_views(found.seen),
        "to_settle": found.rest,
        "ending": found.ending,
        "adjusts": found.adjusts,
    }
    return page(request, at, "team/page.html", context, frame=found.frame)


@require_GET
@login_required
def skill(request: HttpRequest, plan: str, cycle: str, person: str) -> HttpResponse:
    """What a salesperson's figures were worth, with the evidence."""
    at = at_of(request, plan, cycle)
    found = source().skill(at, person)
    context: dict[str, object] = {
        "room": "team", "back": first_of(found.frame, ("team", "entry", "month")), "shown": found.shown,
        "sentences": skill_sentences(found.shown), "months": month_views(found.shown),
    }  # fmt: skip
    return page(request, at, "team/person.html", context, frame=found.frame)
