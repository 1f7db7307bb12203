"""Digests by mail: one a person a day, in plain text with links."""

import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext
from django_tasks import task

from onenumber.jobs.digests import Letter, letters, make_digests, make_urgent, note_mailed, waiting_plans
from onenumber.steps.see.digest import Digest
from onenumber.web.messages.words import headline, told

MOST_LETTERS = 300


@task()
def digest_all() -> None:
    """Make the digests of every plan whose day has none yet, and what cannot wait; mail them where mail is set up."""
    for plan in waiting_plans():
        made = (*make_urgent(plan), *make_digests(plan))
        for letter in letters(made) if settings.EMAIL_HOST else ():
            note_mailed(letter, error=_send(letter))


def _send(letter: Letter) -> str:
    """Why it did not go, empty where it went: no reason to stop, as its message stands on the page."""
    subject, text = subject_of(letter.digest), text_of(letter.digest, letter.plan)
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [letter.address])
    except (smtplib.SMTPException, OSError) as error:
        return (str(error) or type(error).__name__)[:MOST_LETTERS]
    return ""


def subject_of(digest: Digest) -> str:
    """The subject of the mail of a digest."""
    return gettext("OneNumber %(cycle)s: %(what)s") % {"cycle": digest.cycle, "what": headline(digest).rstrip(".")}


def text_of(digest: Digest, plan: str) -> str:
    """The mail of a digest: what waits, what happened, each with its link."""
    waits, changes = told(digest, plan)
    lines = [
        headline(digest), "",
        *(f"- {one.text}, {one.by}\n  {_link(one.href)}" for one in waits), *([""] if waits and changes else []),
        *(f"- {one.text}{f' “{one.quote}”' if one.quote else ''}\n  {_link(one.href)}" for one in changes),
        "", gettext("What you are told of, you choose on the page Messages."),
    ]  # fmt: skip
    return "\n".join(lines)


def _link(href: str) -> str:
    return f"{settings.ONENUMBER_ADDRESS}{href}"
