"""Errors raised on purpose become pages: what happened, and what to do. HTTP statuses live here and nowhere below."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from onenumber.errors import (
    CycleError,
    NoCycleError,
    NoPlanError,
    NoSuchLoadError,
    NoSuchPlaceError,
    NoSuchSheetError,
    NotAllowedError,
    OneNumberError,
    UnknownLabelError,
)
from onenumber.web.render import bare_page

FORBIDDEN, MISSING, CONFLICT, UNABLE, BROKEN = 403, 404, 409, 422, 500
NOT_THERE = (NoPlanError, NoCycleError, NoSuchSheetError, NoSuchLoadError, NoSuchPlaceError, UnknownLabelError)


class Refusals:
    """Middleware: any `OneNumberError` that a view lets through is answered with its own sentence."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass it on."""
        return self._respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an anticipated error; any other goes on its way."""
        if not isinstance(error, OneNumberError):
            return None
        return refusal(request, str(error), status_of(error))


def status_of(error: OneNumberError) -> int:
    """The status that says what kind of refusal it is."""
    if isinstance(error, NotAllowedError):
        return FORBIDDEN
    if isinstance(error, NOT_THERE):
        return MISSING
    return CONFLICT if isinstance(error, CycleError) else UNABLE


def refusal(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A page that says why not; inside a fragment, only its message."""
    template = "frame/refusal_message.html" if request.headers.get("HX-Request") else "frame/refusal.html"
    return bare_page(request, template, {"sentence": sentence, "status": status}, status=status)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Not allowed."""
    return refusal(request, str(exception) or gettext("You may not see this page."), FORBIDDEN)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form without the mark of this browser's session."""
    sentence = gettext(
        "The form was open too long, or came from another site. Nothing was changed. Open the page again and repeat it."
    )
    return refusal(request, sentence, FORBIDDEN)


def missing(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """No such page."""
    sentence = gettext("There is no page at this address. It may have been typed wrongly, or moved.")
    return refusal(request, sentence, MISSING)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    sentence = gettext(
        "Something went wrong on our side. Nothing was changed. Try again; if it comes back, tell the process owner."
    )
    return refusal(request, sentence, BROKEN)
