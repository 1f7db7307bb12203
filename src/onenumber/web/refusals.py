"""Errors raised on purpose become pages: what happened, and what to do. HTTP statuses live here and nowhere below."""

from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onenumber.errors import (
    BadArgumentError,
    CycleError,
    NoCycleError,
    NoMessageError,
    NoPlanError,
    NoSheetError,
    NoSuchConflictError,
    NoSuchFigureError,
    NoSuchJobError,
    NoSuchLoadError,
    NoSuchPartError,
    NoSuchPeriodError,
    NoSuchPlaceError,
    NoSuchSheetError,
    NoSuchStepError,
    NotAllowedError,
    NotYoursError,
    OneNumberError,
    WrongPhaseError,
)
from onenumber.web.act.words import CHOICES, HOW, label_of
from onenumber.web.entry.words import NEWS
from onenumber.web.messages.words import LEAST
from onenumber.web.numbers import period_words
from onenumber.web.plan_grid.words import LAYERS
from onenumber.web.render import bare_page
from onenumber.web.words import PHASES

FORBIDDEN, MISSING, CONFLICT, UNABLE, BROKEN = 403, 404, 409, 422, 500
SAID: Mapping[type[OneNumberError], str | Promise] = {
    NoPlanError: _("There is no such plan. Nothing was changed. The link below leads to yours."),
    NoCycleError: _(
        "There is no month “%(cycle)s” in this plan. Nothing was changed. Choose the month from the list at the top of "
        "a page."
    ),
    NoSuchSheetError: _(
        "There is no sheet %(sheet)s in this plan. Nothing was changed. The page of a month lists its sheets."
    ),
    NoMessageError: _("You have no message of %(day)s. Nothing was changed. The page of messages lists yours."),
    NoSuchLoadError: _(
        "There is no load %(load)s in this plan. Nothing was changed. The page about data lists the loads."
    ),
    NoSuchPlaceError: _(
        "There is no %(place)s in this plan. Nothing was changed. The family page lists the company, its divisions and "
        "families; the search finds items and customers."
    ),
    NoSuchConflictError: _(
        "The review of this month has no conflict “%(conflict)s”. Nothing was changed. The page of conflicts lists "
        "those that it has."
    ),
    NoSuchFigureError: _(
        "The family page shows nothing called “%(asked)s”. Nothing was changed. Open the page and choose a figure in "
        "its table."
    ),
    NoSuchPartError: _(
        "This page shows nothing called “%(asked)s”, or not to you. Nothing was changed. Open the page and choose what "
        "it has."
    ),
    NoSuchPeriodError: _(
        "There is no month “%(label)s” in the calendar of the plan, which runs from %(first)s to %(last)s. Nothing was "
        "changed. Choose the month on the page."
    ),
    NoSheetError: _(
        "There is no %(kind)s of %(cycle)s yet, and this needs one. Nothing was changed. My month says what comes "
        "first, and whose it is."
    ),
    WrongPhaseError: _(
        "One can %(verb)s in %(wanted)s only, and the month is in %(phase)s. Nothing was changed. The calendar says "
        "when each phase comes; one that is past comes again next month, or when the process owner re-opens it."
    ),
    NotYoursError: _(
        "You see no %(place)s: it is not in your part of the plan, if it is there at all. Nothing was changed. The "
        "family page lists what is yours."
    ),
}
"""What a page says of what is not there: a page has a list to choose from where a command has words to type."""


FAMILY, MONTH = ("family", _("Back to the family page")), ("sheets", _("Back to the month"))
BACK: Mapping[type[OneNumberError], tuple[str, str | Promise]] = {
    NoMessageError: ("messages", _("Back to your messages")),
    WrongPhaseError: ("calendar", _("The calendar of the month")),
    NoSuchConflictError: ("conflicts", _("Back to the conflicts")),
    NoSuchPlaceError: FAMILY, NoSuchFigureError: FAMILY, NotYoursError: FAMILY, NoSuchSheetError: MONTH,
}  # fmt: skip
"""The page of the same month that the way back leads to, and the words of its link; else it leads to her month."""


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
        return refused(request, error)


def refused(request: HttpRequest, error: OneNumberError, more: str = "") -> HttpResponse:
    """The page of an anticipated error, with what else did not happen because of it."""
    words = SAID.get(type(error))
    if isinstance(error, BadArgumentError):
        return refusal(request, f"{form_words(error)} {more}".strip(), UNABLE)
    sentence = str(error) if words is None else str(words) % _said_values(error)
    return refusal(request, f"{sentence} {more}".strip(), status_of(error), back=_back(request, error))


def _said_values(error: OneNumberError) -> Mapping[str, object]:
    """The values of an error as its sentence says them; the month of a sheet by its name."""
    return (
        {**error.values, "cycle": period_words(str(error.values["cycle"]))}
        if isinstance(error, NoSheetError)
        else error.values
    )


def form_words(error: BadArgumentError) -> str:
    """What a form lacks or has wrong, by its labels; what only a command would say is left out."""
    reason, command, _ = str(error.values["reason"]).partition("`")
    if command:
        reason = reason.rpartition(";")[0] or reason
    choices = error.values.get("choices")
    if isinstance(choices, tuple):
        reason = gettext("it is one of %(choices)s") % {"choices": ", ".join(map(choice_word, choices))}
    argument = str(error.values["argument"])
    label = label_of(str(error.values["step"]), argument) or argument.replace("_", " ")
    return gettext("“%(label)s”: %(reason)s. Nothing was changed.") % {"label": label, "reason": reason}


def choice_word(value: str) -> str:
    """What a choice of a form is called.

    Example:
        >>> choice_word("tender"), choice_word("L4"), choice_word("DEMAND"), choice_word("nothing we know")
        ('a tender', 'Planner', 'Demand', 'nothing we know')
    """
    phases = {phase.value: word for phase, word in PHASES.items()}
    known = next((words[value] for words in (CHOICES, HOW, NEWS, LAYERS, LEAST, phases) if value in words), value)
    return str(known)


def _back(request: HttpRequest, error: OneNumberError) -> tuple[str, str] | None:
    at = request.resolver_match
    if at is not None and isinstance(error, NoSuchPartError):
        return request.path, gettext("Back to the page")
    if at is None or type(error) not in BACK:
        return None
    name, words = BACK[type(error)]
    return reverse(name, args=[at.kwargs["plan"], at.kwargs["cycle"]]), str(words)


def status_of(error: OneNumberError) -> int:
    """The status that says what kind of refusal it is."""
    if isinstance(error, NotAllowedError):
        return FORBIDDEN
    there_is_none = type(error) in SAID and not isinstance(error, NoSheetError | WrongPhaseError)  # those will be
    if there_is_none or isinstance(error, NoSuchJobError | NoSuchStepError):
        return MISSING
    return CONFLICT if isinstance(error, CycleError) else UNABLE


def refusal(request: HttpRequest, sentence: str, status: int, *, back: tuple[str, str] | None = None) -> HttpResponse:
    """A page that says why not, with a link ``back`` (address and words; to her month); in a fragment, its message."""
    template = "frame/refusal_message.html" if request.headers.get("HX-Request") else "frame/refusal.html"
    context = {"sentence": sentence, "status": status, "back": back or (reverse("home"), str(MONTH[1]))}
    return bare_page(request, template, context, status=status)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Not allowed."""
    return refusal(request, str(exception) or gettext("You may not see this page."), FORBIDDEN)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form without the mark of this browser's session."""
    sentence = gettext(
        "The form was open too long, or came from another site. Nothing was changed. Open the page again and repeat it."
    )
    return refusal(request, sentence, FORBIDDEN)


def missing(request: HttpRequest, exception: Http404) -> HttpResponse:
    """No such page; a view that knows what there is instead says that."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    sentence = said or gettext("There is no page at this address. It may have been typed wrongly, or moved.")
    return refusal(request, sentence, MISSING)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    sentence = gettext(
        "Something went wrong on our side. Nothing was changed. Try again; if it comes back, tell the process owner."
    )
    return refusal(request, sentence, BROKEN)
