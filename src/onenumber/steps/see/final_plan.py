"""What the final plan brings of what the papers that were decided promised."""

from dataclasses import dataclass

from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import refused_reading
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance


@dataclass(frozen=True, slots=True, kw_only=True)
class InFinal:
    """A decided paper: what it promised net and what the final plan, with all decisions, brings of it, in currency.

    None where prices or costs are not known; ``far`` if the two differ by more than a tenth.
    """

    paper: str
    promised: float | None
    brings: float | None
    far: bool


def in_final(context: Context, label: str = "") -> tuple[InFinal, ...] | None:
    """Every paper that was decided in a cycle, by key; None while there is no final plan.

    Raises:
        NotAllowedError: if the person reads no decision papers.
    """
    if not reads_papers(context.actor):
        reason = "only who reads the costs of the whole company may"
        raise refused_reading(context.actor, "read decisions", figure=Figure.COST, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    review = look.sheet(SheetKind.REVIEW, cycle, "final")
    if review is None:
        return None
    decimals = look.frame(cycle).currency_decimals

    def money(minor: int | None) -> float | None:
        return None if minor is None else in_currency(minor, decimals=decimals)

    rows = review.table("kept").sort("paper").select("paper", "promised", "final", "changed")
    return tuple(
        InFinal(paper=paper, promised=money(promised), brings=money(final), far=bool(changed))
        for paper, promised, final, changed in rows.iter_rows()
    )
