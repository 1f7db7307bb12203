"""What the page of messages shows."""

from dataclasses import dataclass

from onenumber.steps.see.digest import Messages
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesPage:
    """A person's messages; ``mailed`` says whether this installation sends mail."""

    frame: Frame
    messages: Messages
    mailed: bool
