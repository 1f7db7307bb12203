"""A step from a form, and the page of a job."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from onenumber.errors import BadArgumentError
from onenumber.model.finding import Finding
from onenumber.web.act.model import JobShown
from onenumber.web.act.words import VERBS, done_words, job_words
from onenumber.web.frame.model import At
from onenumber.web.refusals import form_words
from onenumber.web.render import at_of, go, page
from onenumber.web.said import say
from onenumber.web.source import source

OWN = {"csrfmiddlewaretoken", "next"}
SAID_AT_ONCE = 5
"""Findings that are said with the result; of more it says how many."""


@require_POST
@login_required
def do(request: HttpRequest, plan: str, step: str, cycle: str = "") -> HttpResponse:
    """Do what a form asks for, and go back to where it was asked; a step that computes leads to its job.

    Without a cycle it is one that comes before the first.
    """
    at = at_of(request, plan, cycle)
    texts = {name: str(text) for name, text in request.POST.items() if name not in OWN}
    done = source().do(at, step, texts)
    if done.job is not None:
        return go(request, reverse("job", args=[plan, cycle, done.job]))
    messages.success(request, done_words(done, texts))
    _tell(request, done.findings)
    opened = done.figures.get("cycle") if step == "open" else None
    return go(request, _where_next(request, at) if opened is None else reverse("sheets", args=[plan, str(opened)]))


@require_GET
@login_required
def job(request: HttpRequest, plan: str, cycle: str, number: int) -> HttpResponse:
    """A job: how far it is, and what it came to."""
    at = at_of(request, plan, cycle)
    found = source().job(at, number)
    room = "month" if found.step == "go-on" else "sheets"
    return page(request, at, "act/job.html", {"room": room, **_shown(found)})


@require_GET
@login_required
def job_progress(request: HttpRequest, plan: str, cycle: str, number: int) -> HttpResponse:
    """How far a job is, as a fragment; once it has ended, the page is asked to come again."""
    found = source().job(at_of(request, plan, cycle), number)
    response = render(request, "act/progress.html", {"plan": plan, "cycle": cycle, **_shown(found)})
    if not found.under_way:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@login_required
def job_cancel(request: HttpRequest, plan: str, cycle: str, number: int) -> HttpResponse:
    """Wish that a job stops."""
    source().cancel_job(at_of(request, plan, cycle), number)
    return redirect("job", plan=plan, cycle=cycle, number=number)


@require_POST
@login_required
def job_again(request: HttpRequest, plan: str, cycle: str, number: int) -> HttpResponse:
    """A job that stopped, once more."""
    again = source().start_job_again(at_of(request, plan, cycle), number)
    return redirect("job", plan=plan, cycle=cycle, number=again)


def _shown(found: JobShown) -> Mapping[str, object]:
    return {"job": found, "verb": VERBS[found.step], "said": _said(found)}


def _said(found: JobShown) -> str:
    """Where a job stands; what its step refused, by the labels of the form that asked for it."""
    return form_words(BadArgumentError(step=found.step, **found.refused)) if found.refused else job_words(found)


def _tell(request: HttpRequest, findings: tuple[Finding, ...]) -> None:
    for finding in findings[:SAID_AT_ONCE]:
        messages.warning(request, say(finding))
    more = len(findings) - SAID_AT_ONCE
    if more > 0:
        messages.warning(request, ngettext("%(n)d thing more.", "%(n)d things more.", more) % {"n": more})


def _where_next(request: HttpRequest, at: At) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return (
        wanted if own and wanted else reverse("home") if not at.cycle else reverse("sheets", args=[at.plan, at.cycle])
    )
