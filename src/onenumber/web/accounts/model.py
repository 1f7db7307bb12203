"""What the page of key accounts shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.briefs import BriefsShown
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsPage:
    """The key accounts; ``ways`` are those by which who looks says what is new, by account."""

    frame: Frame
    shown: BriefsShown
    ways: Mapping[str, tuple[Way, ...]]
