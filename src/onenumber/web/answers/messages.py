"""A person's messages, as their page shows them."""

import datetime as dt

from django.conf import settings

from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.digest import messages_shown
from onenumber.web.answers.frame import frame
from onenumber.web.messages.model import MessagesPage


def messages(context: Glance, cycle: str, day: dt.date | None) -> MessagesPage:
    """Her messages."""
    shown = messages_shown(context, day)
    return MessagesPage(frame=frame(context, cycle), messages=shown, mailed=bool(settings.EMAIL_HOST))
