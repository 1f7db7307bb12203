"""Answer a question that was asked: in a sentence, with a figure where there is one."""

import math

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.rights.ask import Thing, check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.layers import name_of
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, QuestionRow, ReplyRow
from onenumber.store.plans import find_cycle, person_name


def run(context: Context, *, question: int, text: str, figure: float | None = None, cycle: str = "") -> Outcome:
    """Append an answer, by one of those who were asked or a deputy. It changes no figure: who asked decides on it.

    Raises:
        NotAllowedError: if the person was not asked.
        BadArgumentError: if there is no such question, or it says nothing.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, "reply", phase=Phase(now.phase))
    asked = QuestionRow.objects.filter(plan=context.plan, number=question).first()
    if asked is None:
        raise BadArgumentError(step="reply", argument="question", value=question, reason="there is no such question")
    people = tuple(asked.people)
    owner = ", ".join(person_name(context.plan, one) or one for one in people)
    grant = context.permit("reply", phase=Phase(now.phase), thing=Thing(answering=people, owner=owner, asked=True))
    check_words("reply", "text", text, reason="who asked will read it")
    if figure is not None and not math.isfinite(figure):
        raise BadArgumentError(step="reply", argument="figure", value=figure, reason="it is no number to plan with")
    ReplyRow.objects.create(
        plan=context.plan, cycle=now, question=asked, person=context.actor.person, deputy_for=grant.deputy_for,
        text=text, figure=figure, at=context.now,
    )  # fmt: skip
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="reply",
        what={"question": question, "text": text},
    )  # fmt: skip
    return Outcome(step="reply", figures={"question": question, "place": name_of(asked.place)})


STEP = Step(
    name="reply",
    verb="reply",
    phase=None,
    says="Answer a question that was asked.",
    run=run,
    arguments=(
        Argument(name="question", doc="Number of the question.", kind="integer", positional=True),
        Argument(name="text", doc="The answer in a sentence."),
        Argument(name="figure", doc="A figure, where the answer is one.", kind="number", required=False),
        CYCLE,
    ),
)
