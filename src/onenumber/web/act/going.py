"""What is said of a demo's month that goes on."""

import datetime as dt
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.web.act.model import JobShown

ENDED_EARLY = ("stopped", "cancelled")


def going_words(job: JobShown) -> str:
    """Where a month that goes on stands; empty where the words of any job do."""
    if job.state == "done":
        return went_on_words(job.figures)
    if job.state in ENDED_EARLY:
        return gettext("It was stopped. What was played until then stands; let the month go on again.")
    return job.message if job.state == "running" else ""


def went_on_words(figures: Mapping[str, object]) -> str:
    """Where the clock stands, what was played, and what it stopped for.

    Example:
        >>> went_on_words({"today": "2026-06-05", "played": 30, "stopped": "Nord is open"})
        'It is Friday 5 June. 30 steps were played. It stops here, this waits for you: Nord is open.'
    """
    day, played = dt.date.fromisoformat(str(figures["today"])), int(str(figures["played"]))
    said = [
        gettext("It is %(day)s.") % {"day": date_format(day, "l j F")},
        ngettext("%(n)d step was played.", "%(n)d steps were played.", played) % {"n": played},
    ]
    if figures["stopped"]:
        said.append(gettext("It stops here, this waits for you: %(what)s.") % {"what": figures["stopped"]})
    return " ".join(said)
