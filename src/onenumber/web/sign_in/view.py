"""Signing in with a password, or in demo mode with one click, and out."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onenumber.steps.see.accounts import account_of
from onenumber.web.render import bare_page, person_of, plan_of
from onenumber.web.sign_in import limit
from onenumber.web.source import source

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and what it does."""
    if request.method == "GET":
        return _form(request, error="", name="")
    name = request.POST.get("login", "").strip()
    wait = limit.minutes_to_wait(name)
    if wait:
        return _form(request, error=_wait(wait), name=name)
    account = authenticate(request, username=name, password=request.POST.get("password", ""))
    if account is None:
        limit.failed(name)
        return _form(request, error=_why_not(name, request.POST.get("password", "")), name=name)
    limit.passed(name)
    login(request, account)
    return redirect(_onward(request))


@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """One click, in demo mode only, and only as one of the people it offers."""
    offered = {one.person for one in source().demo_people()} if settings.ONENUMBER_DEMO else set()
    person = request.POST.get("person", "")
    account = account_of(person) if person in offered else None
    if account is None:
        raise Http404
    login(request, account, backend=BACKEND)
    return redirect(_onward(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out, and back to the form."""
    logout(request)
    return redirect("sign_in")


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To her month in the newest cycle; before the first one, to what to do."""
    at = source().home(person_of(request), plan_of(request))
    return redirect("month", plan=at.plan, cycle=at.cycle) if at.cycle else redirect("begin", plan=at.plan)


def _form(request: HttpRequest, *, error: str, name: str) -> HttpResponse:
    people = source().demo_people() if settings.ONENUMBER_DEMO else ()
    context: dict[str, object] = {"error": error, "name": name, "people": people, "next": _onward(request)}
    return bare_page(request, "sign_in/page.html", context, status=422 if error else 200)


def _why_not(name: str, password: str) -> str:
    if not name or not password:
        return gettext("Enter both your login and your password.")
    return gettext(
        "That login and password do not belong together. Check both; if you have forgotten the password, "
        "the administrator can send you a link to choose a new one."
    )


def _wait(minutes: int) -> str:
    return ngettext(
        "That login was tried too often with a wrong password. Try again in %(n)d minute.",
        "That login was tried too often with a wrong password. Try again in %(n)d minutes.",
        minutes,
    ) % {"n": minutes}


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
