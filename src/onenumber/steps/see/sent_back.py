"""What owners owe the executive: papers that went back in an earlier cycle, as findings that a page makes words of."""

from collections.abc import Mapping

from onenumber.model.finding import Finding, Severity
from onenumber.rights.ask import reads
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.sent_back import SentBack, sent_back
from onenumber.store.plans import both_names


def sent_back_shown(context: Context, label: str = "", *, own: bool = False) -> tuple[Finding, ...]:
    """Papers sent back and not decided since, to who reads papers, and to their owner and her deputies.

    To who sees no plan none, even if one was sent back to her; ``own``: only those that were.
    """
    look, actor = glance(context), context.actor
    if not reads(actor, Figure.VOLUME):
        return ()
    every = sent_back(look, look.cycle(label))
    seen = [one for one in every if (reads_papers(actor) and not own) or one.row.owner in actor.stands_for]
    names = context.names() if seen else {}
    return tuple(_finding(context, one, names) for one in seen)


def _finding(context: Context, one: SentBack, names: Mapping[str, str]) -> Finding:
    row = one.row
    days = (context.today - row.until).days if row.until is not None else 0
    said = {
        "paper": row.paper, "person": both_names(names, row.person, row.deputy_for),
        "day": str(context.day_of(row.at)), "owner": names.get(row.owner, row.owner), "rationale": row.rationale,
    }  # fmt: skip
    if one.again:
        return Finding(code="sent_back_again", severity=Severity.NOTE, values={**said, "again": one.again})
    late: Mapping[str, int] = {"days": days} if days > 1 else {}
    code = "sent_back" if days <= 0 else "sent_back_overdue" if late else "sent_back_yesterday"
    return Finding(code=code, severity=Severity.ATTENTION, values={**said, "until": str(row.until), **late})
