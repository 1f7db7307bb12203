"""Who kept the plan, as its page shows it."""

from onenumber.model.reasons import REASONS
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.glance import Glance
from onenumber.steps.registry import STEPS
from onenumber.steps.see.answers import Miss, answers_shown
from onenumber.steps.see.cycle import cycle_bar
from onenumber.web.act.model import Ask, Choice, Way
from onenumber.web.adherence.model import AdherencePage
from onenumber.web.answers.frame import framed

ASKED = ("text", "code", "action", "due")
NEEDED = ("text", "code")


def adherence(context: Glance, cycle: str) -> AdherencePage:
    """Owners by month, with the form by which who looks answers for what is hers.

    Raises:
        NotAllowedError: if the person reads no volume.
    """
    bar = cycle_bar(context, cycle)
    shown = answers_shown(context, bar.cycle)
    ways = {one.key: (_answer(one),) for one in shown.misses if one.hers}
    day = due_day(context, context.cycle(bar.cycle), "answer")
    return AdherencePage(frame=framed(context, bar), shown=shown, day=day, ways=ways)


def _answer(miss: Miss) -> Way:
    figure, scope = miss.key
    kinds = {argument.name: argument.kind for argument in STEPS["answer"].arguments}
    codes = tuple(Choice(value=code, said=said) for code, said in REASONS.items())
    asked = tuple(
        Ask(name=name, kind=kinds[name], needed=name in NEEDED, choices=codes if name == "code" else ())
        for name in ASKED
    )
    return Way(step="answer", given={"figure": figure, "scope": scope}, asked=asked)
