"""Drawing a page: its frame, its template, and whether only a fragment was asked for."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from onenumber.steps.see.accounts import seat_of
from onenumber.web.frame.model import At, Frame
from onenumber.web.frame.nav import pages_for, sections_for, stays
from onenumber.web.frame.words import gate_sentence, holder_words
from onenumber.web.guide.links import mine
from onenumber.web.month.words import wait_lines
from onenumber.web.source import source

THEMES = ("light", "dark")


def person_of(request: HttpRequest) -> str:
    """The key of the person who is signed in."""
    return seat_of(request.user).person


def plan_of(request: HttpRequest) -> str:
    """The key of the plan that the account belongs to; empty for an account of none."""
    return seat_of(request.user).plan


def at_of(request: HttpRequest, plan: str, cycle: str = "") -> At:
    """Where the page is, for the person who is signed in. Another plan than her own is not there for her."""
    own = plan_of(request)
    if own and own != plan:
        raise Http404
    return At(person=person_of(request), plan=plan, cycle=cycle, kept=[] if request.method == "GET" else None)


def page(
    request: HttpRequest, at: At, template: str, context: dict[str, object], *, frame: Frame | None = None
) -> HttpResponse:
    """A whole page inside the frame; ``frame`` where the page has it already."""
    frame = frame or source().frame(at)
    around = {
        "frame": frame,
        "sections": sections_for(frame, str(context.get("room", ""))),
        "keys": [one for one in pages_for(frame) if one.key],
        "holder": holder_words(frame),
        "gate_sentence": gate_sentence(frame),
        "waits_for_her": wait_lines(frame.waits, frame.plan, frame.cycle),
        "theme": theme_of(request),
        "stays": stays(frame, str(context.get("room", ""))),
        "my_guides": mine(frame.roles),
    }
    return render(request, template, {**around, **context})


def bare_page(request: HttpRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    """A page without the frame: for who is not signed in, and for refusals."""
    return render(request, template, {"theme": theme_of(request), **context}, status=status)


def theme_of(request: HttpRequest) -> str:
    """Light or dark, if the person chose; else empty, and the browser's wish holds."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def wants_only(request: HttpRequest, target: str) -> bool:
    """Whether the browser asked for the inside of one element of the page."""
    return request.headers.get("HX-Target") == target


def go(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page after something was done, also where a script of the page asked for it."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
