"""A password that its person chooses: at a link, or in place of the one that she has."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from onenumber.steps.frame.logins import account_behind, note_chosen
from onenumber.steps.see.accounts import account_in
from onenumber.web.render import bare_page
from onenumber.web.sign_in import limit
from onenumber.web.sign_in.view import BACKEND

GONE, UNABLE, OK = 410, 422, 200


@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Behind a link that the administrator sent: choose a password, and be signed in. The link is void then."""
    account = account_behind(number, token)
    if account is None:
        return bare_page(request, "sign_in/void.html", {}, status=GONE)
    form = SetPasswordForm(account, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, form, title=gettext("Choose your password"))
    _keep(form)
    login(request, account, backend=BACKEND)
    return redirect("home")


@require_http_methods(["GET", "POST"])
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """One's own password, by who knows the one that she has."""
    account = account_in(request.user)
    form = PasswordChangeForm(account, request.POST if request.method == "POST" else None)
    wait = limit.minutes_to_wait(account.login)
    if wait or not account.has_usable_password() or not form.is_valid():
        if "old_password" in form.errors:
            limit.failed(account.login)
        return _ask(request, form, title=gettext("Change my password"), wait=wait)
    _keep(form)
    update_session_auth_hash(request, account)
    messages.success(request, gettext("Your password is changed. Wherever else you were signed in, you are out."))
    return redirect("home")


def _keep(form: "SetPasswordForm[Any]") -> None:
    with transaction.atomic():
        form.save()
        note_chosen(form.user, now=timezone.now())
    limit.passed(form.user.login)


def _ask(request: HttpRequest, form: "SetPasswordForm[Any]", *, title: str, wait: int = 0) -> HttpResponse:
    has_none = "old_password" in form.fields and not form.user.has_usable_password()
    context: dict[str, object] = {
        "form": form, "login": form.user.login, "title": title, "wait": wait, "has_none": has_none
    }  # fmt: skip
    return bare_page(request, "sign_in/password.html", context, status=UNABLE if form.errors or wait else OK)
