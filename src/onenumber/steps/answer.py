"""Answer for a breach of the plan: the cause, and what will be done by when."""

import datetime as dt
from typing import Any

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import NoAnswerNeededError, NothingToAnswerError
from onenumber.model.sheet import SheetKind
from onenumber.rights.actors import answering_for
from onenumber.rights.ask import Thing, check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import Answer, Cycle
from onenumber.store.plans import find_cycle, person_name


def run(  # noqa: PLR0913 - the fields of an answer (domain.md 6.3)
    context: Context,
    *,
    figure: str,
    scope: str,
    text: str,
    code: str = "",
    action: str = "",
    due: dt.date | None = None,
    cycle: str = "",
) -> Outcome:
    """Append an answer to a breached figure of Adherence: by its owner, her deputy or somebody above her.

    Raises:
        NotAllowedError: if the person does not answer for it.
        NothingToAnswerError: if Adherence has no such figure.
        NoAnswerNeededError: if it is not breached, or nobody owns it.
        BadArgumentError: if the answer is empty.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, "explain", phase=Phase(now.phase))
    row = _row(Reader(context, now), now, figure, scope)
    if row["owner"] is None:
        why = "nobody owns it; load who does in `owners`"
        raise NoAnswerNeededError(figure=figure, scope=scope, cycle=now.label, why=why)
    owner = str(row["owner"])
    answering = answering_for(owner, company=context.company(now))
    thing = Thing(site=scope, answering=answering, owner=person_name(context.plan, owner))
    grant = context.permit("explain", phase=Phase(now.phase), thing=thing)
    if not row["breached"]:  # said to who answers for it, and to nobody else
        raise NoAnswerNeededError(figure=figure, scope=scope, cycle=now.label, why="it is not breached")
    check_words("answer", "text", text, reason="say the cause in a sentence; the executive reads it")
    Answer.objects.create(
        plan=context.plan, cycle=now, figure=figure, scope=scope, period=int(row["period"]),
        person=context.actor.person, reason_code=code, text=text, action=action, due=due, at=context.now,
    )  # fmt: skip
    return Outcome(step="answer", figures={"figure": figure, "scope": scope, "by": context.under(grant)})


def _row(reader: Reader, cycle: Cycle, figure: str, scope: str) -> dict[str, Any]:
    table = reader.need(SheetKind.ADHERENCE).table("figures")
    mine = table.filter((pl.col("figure") == figure) & (pl.col("scope") == scope))
    if not len(mine):
        known = ", ".join(f"{f} {s}" for f, s in table.select("figure", "scope").iter_rows())
        raise NothingToAnswerError(cycle=cycle.label, figure=figure, scope=scope, known=known)
    return mine.row(0, named=True)


STEP = Step(
    name="answer",
    verb="explain",
    phase=None,
    says="Answer for a breach of the plan.",
    run=run,
    arguments=(
        Argument(name="figure", doc="Figure of Adherence.", positional=True),
        Argument(name="scope", doc="Division, site or *.", positional=True),
        Argument(name="text", doc="The cause, in a sentence."),
        Argument(name="code", doc="Reason code.", required=False),
        Argument(name="action", doc="What will be done.", required=False),
        Argument(name="due", doc="By when.", kind="date", required=False),
        CYCLE,
    ),
)
