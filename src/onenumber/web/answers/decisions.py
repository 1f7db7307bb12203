"""Decision papers, as their page shows them."""

from onenumber.errors import NoSheetError
from onenumber.jobs.settle import ways_of
from onenumber.rights.ask import may_somewhere
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.urgent import NO, YES
from onenumber.steps.registry import STEPS
from onenumber.steps.see.beyond import Beyond, papers_beyond
from onenumber.steps.see.cycle import CycleBar, cycle_bar
from onenumber.steps.see.escalated import escalated
from onenumber.steps.see.papers import OPEN, PaperShown, PapersShown, papers_shown
from onenumber.steps.see.urgent import UrgentShown, urgent_shown
from onenumber.web.act.model import Ask, Way
from onenumber.web.answers.act import Choices
from onenumber.web.answers.frame import framed
from onenumber.web.decisions.model import Decisions, PaperLine, UrgentLine


def decisions(context: Glance, cycle: str) -> Decisions:
    """The papers of a cycle.

    Raises:
        NotAllowedError: if the person does not read the costs of the whole company.
    """
    bar = cycle_bar(context, cycle)
    now = context.cycle(bar.cycle)
    prepared_by, decided_by = due_day(context, now, "prepare"), due_day(context, now, "decide")
    try:
        shown = papers_shown(context, bar.cycle)
    except NoSheetError:
        return Decisions(
            frame=framed(context, bar),
            shown=None,
            papers=(),
            prepared_by=prepared_by,
            decided_by=decided_by,
            urgent=urgent_lines(context, bar.cycle),
            escalated=escalated(context, now),
            currency=context.frame(now).currency,
        )
    known = ways_of(context, bar.open_points, phase=bar.phase) if bar.phase is not None else ()
    choices = Choices(context, bar.cycle, papers=shown)
    ways = {point.subject: tuple(map(choices.way, found)) for point, found in known if point.code.startswith("paper_")}
    return Decisions(
        frame=framed(context, bar),
        shown=shown,
        papers=_in_order(shown, ways),
        prepared_by=prepared_by,
        decided_by=decided_by,
        beyond=_beyond(context, bar, shown),
        urgent=urgent_lines(context, bar.cycle),
        escalated=escalated(context, now),
        currency=context.frame(now).currency,
    )


def urgent_lines(context: Glance, cycle: str) -> tuple[UrgentLine, ...]:
    """The papers between meetings around a cycle, each with what who looks may say or do about it."""
    return tuple(UrgentLine(urgent=one, ways=_urgent_ways(one)) for one in urgent_shown(context, cycle))


def _urgent_ways(one: UrgentShown) -> tuple[Way, ...]:
    """The yes and the no where they are hers to say; that she takes it back where it is hers."""
    paper = one.paper.paper
    word = tuple(
        Way(step="decide", given={"paper": paper, "option": option},
            asked=(Ask(name="rationale", kind="text", needed=option == NO),))
        for option in (YES, NO)
    )  # fmt: skip
    back = Way(step="take-back", given={"paper": paper}, asked=(Ask(name="reason", kind="text", needed=True),))
    return (*(word if one.mine else ()), *((back,) if one.takes_back else ()))


def _beyond(context: Glance, bar: CycleBar, shown: PapersShown) -> tuple[tuple[Beyond, tuple[Way, ...]], ...]:
    """The questions that no paper asks; to who prepares papers with the click that makes one."""
    phase = bar.phase
    may = phase is not None and may_somewhere(context.actor, STEPS["prepare"].verb, phase=phase)
    on_table = [paper.paper for paper in shown.papers]
    return tuple(
        (one, (Way(step="prepare", given={"also": ",".join([*on_table, one.paper])}),) if may else ())
        for one in papers_beyond(context, bar.cycle)
    )


def _in_order(shown: PapersShown, ways: dict[str, tuple[Way, ...]]) -> tuple[PaperLine, ...]:
    def when(paper: PaperShown) -> tuple[bool, object, str]:
        return not paper.state.startswith((OPEN, "to be")), paper.deadline, paper.paper

    return tuple(PaperLine(paper=paper, ways=ways.get(paper.paper, ())) for paper in sorted(shown.papers, key=when))
