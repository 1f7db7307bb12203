"""The page of key accounts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.accounts.words import account_views, lead
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def accounts(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """What is new with each key account, or that nothing is."""
    at = at_of(request, plan, cycle)
    found = source().accounts(at)
    context: dict[str, object] = {
        "room": "accounts", "lead": lead(found.shown), "accounts": account_views(found.shown, found.ways),
    }  # fmt: skip
    return page(request, at, "accounts/page.html", context, frame=found.frame)
