"""The page of sign-ins, for who keeps them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from onenumber.web.frame.model import At
from onenumber.web.logins.words import lead, rows
from onenumber.web.render import at_of, page
from onenumber.web.source import source

CLOSE = "close"


@require_http_methods(["GET", "POST"])
@login_required
def logins(request: HttpRequest, plan: str) -> HttpResponse:
    """Everybody of the plan; and a sign-in made, opened again or closed.

    A new link stands in the answer itself and is kept nowhere: it is shown once.
    """
    at = at_of(request, plan)
    if request.method == "GET":
        return _list(request, at, {})
    who = request.POST.get("who", "")
    if request.POST.get("do") == CLOSE:
        source().close_login(at, who)
        messages.success(request, gettext("The sign-in is closed. What was typed and signed stays."))
        return redirect("logins", plan=plan)
    made = source().let_in(at, who)
    address = request.build_absolute_uri(reverse("choose_password", args=[made.number, made.token]))
    return _list(request, at, {"link": address, "link_login": made.login, "link_person": who})


def _list(request: HttpRequest, at: At, link: dict[str, str]) -> HttpResponse:
    found = source().logins(at)
    text = request.GET.get("q", "").strip()
    name = next((one.name for one in found.shown if one.person == link.get("link_person")), "")
    context: dict[str, object] = {
        "room": "logins", "lead": lead(found.shown, one_click=settings.ONENUMBER_DEMO),
        "rows": rows(found.shown, text), "text": text, **link, "link_name": name,
    }  # fmt: skip
    return page(request, at, "logins/page.html", context, frame=found.frame)
