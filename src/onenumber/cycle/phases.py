"""The phases of a month: in which order they come, who owns each, and how one ends or re-opens."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from onenumber.cycle.words import clause, the_roles
from onenumber.errors.cycle import CannotReopenError, GateClosedError


class Phase(StrEnum):
    """The phases of a cycle, in order."""

    DATA = "DATA"
    DEMAND = "DEMAND"
    SUPPLY = "SUPPLY"
    RECONCILE = "RECONCILE"
    EXEC = "EXEC"
    PUBLISH = "PUBLISH"
    MONITOR = "MONITOR"
    CLOSED = "CLOSED"

    @property
    def place(self) -> int:
        """Place in the order, from 0."""
        return list(Phase).index(self)

    @property
    def shown(self) -> str:
        """The word on the cycle bar.

        Example:
            >>> Phase.EXEC.shown
            'Executive'
        """
        return {"EXEC": "Executive", "PUBLISH": "Published", "MONITOR": "Month runs"}.get(self, self.capitalize())


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One thing that keeps a gate closed: its code, what it is about, and the role that can settle it.

    ``name`` is what its sentence calls the subject, where that is more than the subject itself.
    """

    code: str
    subject: str
    role: str
    name: str = ""

    @property
    def called(self) -> str:
        """What its sentence calls the subject."""
        return self.name or self.subject

    @property
    def said(self) -> str:
        """In words, with who can settle it.

        Example:
            >>> Blocker(code="patch_open", subject="Nord", role="SM").said
            'patch Nord is neither accepted nor defaulted (the sales leader)'
        """
        return f"{clause(self.code, self.called)} ({the_roles([self.role])})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """A blocker that somebody let pass: which, who, why."""

    code: str
    subject: str
    person: str
    reason: str


def _why_not(now: Phase) -> str:
    if now.place > Phase.EXEC.place:
        return "its plan was approved, and no phase re-opens after that; what changes goes into the next cycle"
    return "only an earlier phase of a running cycle can, or the present one where something in it is signed"


NEVER_WAIVED = ("not_signed", "paper_undecided", "paper_moved", "over_budget")
"""Codes of blockers that stand for somebody's name: a signature, or a decision. Nobody gives those for her."""


def still_closed(blockers: Collection[Blocker], waivers: Collection[Waived]) -> tuple[Blocker, ...]:
    """The blockers that nobody waived; what is in :data:`NEVER_WAIVED` stays.

    Example:
        >>> late = Blocker(code="patch_open", subject="Nord", role="SM")
        >>> still_closed([late], [Waived(code="patch_open", subject="Nord", person="p1", reason="agreed by phone")])
        ()
    """
    passed = {(w.code, w.subject) for w in waivers}
    return tuple(b for b in blockers if b.code in NEVER_WAIVED or (b.code, b.subject) not in passed)


def next_phase(phase: Phase, *, blockers: Collection[Blocker], waivers: Collection[Waived]) -> Phase:
    """The phase that follows, if the gate is open.

    Raises:
        GateClosedError: if a blocker is neither settled nor waived.

    Example:
        >>> next_phase(Phase.DATA, blockers=[], waivers=[]).value
        'DEMAND'
    """
    closed = still_closed(blockers, waivers)
    if closed:
        raise GateClosedError(phase=phase.shown, blockers="; ".join(b.said for b in closed), way_out=_way_out(closed))
    order = list(Phase)
    return order[min(phase.place + 1, len(order) - 1)]


def _way_out(closed: Collection[Blocker]) -> str:
    named = [blocker.code in NEVER_WAIVED for blocker in closed]
    if all(named):
        return "Nobody can waive a signature or a decision: each is given by whom it names."
    return (
        f"Settle each, or waive it with a reason{'; a signature or a decision cannot be waived' if any(named) else ''}."
    )


def reopened(now: Phase, to: Phase, *, signed: bool) -> tuple[Phase, ...]:
    """The phases whose signatures are struck through when ``to`` re-opens: it and every later one up to now.

    ``signed``: whether a signature given in ``to`` stands. Then the present phase re-opens too, to strike it.

    Raises:
        CannotReopenError: if ``to`` is not earlier (nor signed), or the plan is published already.

    Example:
        >>> [p.value for p in reopened(Phase.SUPPLY, Phase.DEMAND, signed=True)]
        ['DEMAND', 'SUPPLY']
    """
    if to.place > now.place or (to is now and not signed) or now.place > Phase.EXEC.place:
        raise CannotReopenError(phase=to.shown, now=now.shown, why=_why_not(now))
    return tuple(p for p in Phase if to.place <= p.place <= now.place)
