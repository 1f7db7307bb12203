"""Steps done from a page: which settle what waits, and what became of one."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from onenumber.errors import ClockStaysError, NoSuchJobError, NoSuchStepError
from onenumber.jobs import go_on, queue
from onenumber.jobs.registry import DOABLE
from onenumber.jobs.settle import Way as Known
from onenumber.jobs.settle import ends_phase, ways_of
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument
from onenumber.steps.frame.findings import findings_called
from onenumber.steps.frame.glance import Glance, plainly
from onenumber.steps.frame.order_lines import OUTCOMES
from onenumber.steps.frame.urgent import NO, is_urgent
from onenumber.steps.see import loads as seen
from onenumber.steps.see.around import everyone
from onenumber.steps.see.changes import change_choices
from onenumber.steps.see.customer_orders import RequestShown
from onenumber.steps.see.cycle import CycleBar
from onenumber.steps.see.month_waits import Settle
from onenumber.steps.see.papers import PapersShown, papers_shown
from onenumber.steps.see.team import unready
from onenumber.web.act.model import Ask, Choice, Done, JobShown, ToSettle, Way
from onenumber.web.said import in_words, say_change

NOT_FROM_A_PAGE = {"load", "tidy", "edit", "undo", "login", "close-login"}
"""Steps with a page of their own, or of the machine."""
TAKE_THEIR_TIME = {
    "freeze", "forecast", "rebase", "plan", "review", "weigh", "prepare", "replan", "publish", "measure", "go-on",
    "emergency",
}  # fmt: skip
"""Steps that compute: they become jobs, and a page says how far they are."""
SHOWN = 20
CHANGED = ("family", "customer", "first")
CLOSES = "collect"
"""Closes the sales input: before that is said what it would fill."""
NEEDED = ("option", "owner", "until")
"""What a form insists on where a step may do without."""


def to_settle(context: Glance, bar: CycleBar) -> tuple[tuple[ToSettle, ...], tuple[Way, ...]]:
    """Everything that keeps the phase from ending, with what the person who looks may do; else that she may end it."""
    choices = Choices(context, bar.cycle)
    if bar.phase is None:
        return (), ()
    known = ways_of(context, bar.open_points, phase=bar.phase)
    points = tuple(ToSettle(point=point, ways=tuple(map(choices.way, ways))) for point, ways in known)
    return points, tuple(map(choices.way, ends_phase(context, bar.open_points, phase=bar.phase)))


def settle_ways(request: RequestShown) -> tuple[Way, ...]:
    """The form of an answer to a request about an order; none where the person may not answer."""
    outcomes = tuple(Choice(value=value) for value in OUTCOMES)
    asked = (
        Ask(name="outcome", kind="text", needed=True, choices=outcomes),
        Ask(name="text", kind="text", needed=True),
    )
    return (Way(step="settle-request", given={"request": str(request.number)}, asked=asked),) if request.mine else ()


def do(context: Context, cycle: str, step: str, texts: Mapping[str, str]) -> Done:
    """Do a step in a cycle, or put it in the queue where it computes; before the first cycle all is done at once.

    Raises:
        NoSuchStepError: if pages do no such step.
    """
    declared = DOABLE.get(step)
    if declared is None or step in NOT_FROM_A_PAGE:
        raise NoSuchStepError(step=step)
    named = {"cycle": cycle} if any(argument.name == "cycle" for argument in declared.arguments) else {}
    arguments = declared.typed({**texts, **named})
    if step == go_on.STEP.name:
        _clock_is_free(context)
        go_on.may_go_on(context, to=dt.date.fromisoformat(str(arguments["to"])))
    if step in TAKE_THEIR_TIME and cycle:
        return Done(step=step, figures={}, job=queue.start(context, step, arguments))
    outcome = declared.run(plainly(context), **arguments)
    return Done(step=step, figures=outcome.figures, findings=findings_called(context, outcome.findings))


def _clock_is_free(context: Context) -> None:
    """Two who let it go on at once would play each other's steps twice."""
    if queue.is_under_way(context, go_on.STEP.name):
        raise ClockStaysError(today=context.today, why="somebody lets the month go on already; wait until it is there")


def job(context: Context, pk: int) -> JobShown:
    """A job that the person asked for.

    Raises:
        NoSuchJobError: if there is none of that number that she may see.
    """
    line = queue.look(context, pk)
    if line is None or line.step in NOT_FROM_A_PAGE:
        raise NoSuchJobError(job=pk)
    listed, result = str(line.result.get("listed", "")), line.result.get("figures")
    figures, refused = (one if isinstance(one, dict) else {} for one in (result, line.result.get("refused")))
    findings = seen.findings_page(context, listed, code="", first=0, lines=SHOWN).lines if listed else ()
    return JobShown(
        id=line.pk, step=line.step, by=line.by, state=line.state, done=line.done, total=line.total,
        message=line.message, made_at=line.made_at, figures=figures,
        findings=findings_called(context, findings), refused=refused,
    )  # fmt: skip


def _is_no(way: Known, argument: Argument) -> bool:
    """Whether it is the sentence of a no to an emergency, which its author reads."""
    return argument.name == "rationale" and is_urgent(way.given.get("paper", "")) and way.given.get("option") == NO


class Choices:
    """What is offered where a form asks: looked up once for all forms of a page."""

    def __init__(self, context: Glance, cycle: str, *, papers: PapersShown | None = None) -> None:
        self._context, self._cycle, self._known = context, cycle, papers

    def way(self, way: Known) -> Way:
        """A way with its questions."""
        asked = tuple(self._ask(way, argument) for argument in way.asked)
        left = unready(self._context, self._context.cycle(self._cycle)) if way.step == CLOSES else None
        return Way(step=way.step, given=way.given, asked=asked, unready=left)

    def settle(self, one: Settle) -> Way:
        """A step that settles what waits though no gate waits for it, with its questions."""
        known = {argument.name: argument for argument in DOABLE[one.step].arguments}
        return self.way(Known(step=one.step, given=one.given, asked=tuple(known[name] for name in one.asked)))

    def _ask(self, way: Known, argument: Argument) -> Ask:
        choices = tuple(Choice(value=value) for value in argument.choices)
        if (way.step, argument.name) == ("decide", "option"):
            choices = self._options.get(way.given["paper"], ())
        elif argument.name == "owner":
            choices = self._people
        elif way.step == "change" and argument.name in CHANGED:
            found = change_choices(self._context, self._context.cycle(self._cycle), way.given["patch"])
            choices = tuple(
                Choice(value=value, said=in_words(said)) for value, said in found.get(argument.name, {}).items()
            )
        needed = argument.required or argument.name in NEEDED or _is_no(way, argument)
        return Ask(name=argument.name, kind=argument.kind, needed=needed, choices=choices)

    @cached_property
    def _options(self) -> Mapping[str, tuple[Choice, ...]]:
        shown = (self._known or papers_shown(self._context, self._cycle)).papers
        return {
            paper.paper: tuple(Choice(value=one.option, said=say_change(one.change)) for one in paper.options)
            for paper in shown
        }

    @cached_property
    def _people(self) -> tuple[Choice, ...]:
        return tuple(Choice(value=person, said=name) for person, name in everyone(self._context))
