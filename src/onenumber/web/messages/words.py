"""The sentences of messages, on their page and in a mail."""

import datetime as dt
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.digest import Digest, Messages
from onenumber.web.month.changes import ChangeLine, change_lines, together
from onenumber.web.month.words import WaitLine, day_words, wait_lines

LEAST: Mapping[str, str | Promise] = {
    "stops": _("only what stops my work: late things, struck signatures, returned figures"),
    "waits": _("also what waits for me by tomorrow, and what was decided"),
    "all": _("also all else that changed and concerns me"),
}


def told(digest: Digest, plan: str) -> tuple[tuple[WaitLine, ...], tuple[ChangeLine, ...]]:
    """What a digest tells, in words with links."""
    return wait_lines(digest.waits, plan, digest.cycle), change_lines(digest.changes, plan, digest.cycle)


def headline(digest: Digest) -> str:
    """How much a digest tells, and of which days, if not only of its own.

    Example: "2 things wait for you, and 3 things happened since Monday 8 June."
    """
    waits, changes = len(digest.waits), len(tuple(together(digest.changes)))
    wait = ngettext("%(n)d thing waits for you", "%(n)d things wait for you", waits) % {"n": waits}
    happened = ngettext("%(n)d thing happened", "%(n)d things happened", changes) % {"n": changes}
    days = {one.at.date() for one in digest.changes}
    if days - {digest.day}:
        when = gettext("%(happened)s since %(day)s") if len(days) > 1 else gettext("%(happened)s on %(day)s")
        happened = when % {"happened": happened, "day": day_words(min(days))}
    if not changes:
        return f"{wait}."
    both = gettext("%(wait)s, and %(happened)s.") % {"wait": wait, "happened": happened}
    return both if waits else f"{happened[:1].upper()}{happened[1:]}."


def lead(messages: Messages, today: dt.date) -> str:
    """What the newest message says, or that there is none and when one comes."""
    if messages.shown is None:
        return gettext(
            "No message yet. One comes each morning on which there is something of what you chose below; none comes "
            "without."
        )
    newest, day = messages.shown, messages.shown.day
    # what it tells happened before it came, so that the day is said as the message's, not as that of what happened
    when = gettext("Today's message") if day == today else gettext("Message of %(day)s") % {"day": day_words(day)}
    return gettext("%(when)s: %(what)s") % {"when": when, "what": headline(newest)}
