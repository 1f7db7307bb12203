"""The executive page, as it is shown."""

from onenumber.cycle.emergencies import OPEN as WAITS
from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import RULES
from onenumber.errors import NoSheetError
from onenumber.jobs.settle import ways_of
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import CycleBar, OpenPoint, cycle_bar
from onenumber.steps.see.executive import executive_seen
from onenumber.steps.see.final_plan import in_final
from onenumber.steps.see.papers import AGAIN, OPEN, PaperShown, PapersShown, papers_shown
from onenumber.web.act.model import ToSettle, Way
from onenumber.web.answers.act import Choices
from onenumber.web.answers.decisions import urgent_lines
from onenumber.web.answers.frame import framed
from onenumber.web.executive.model import ExecutivePage

VERB = "approve_final"
MEANING = next(rule.meaning for rule in RULES if rule.verb == VERB)


def executive(context: Glance, cycle: str) -> ExecutivePage:
    """The page of a cycle.

    Raises:
        NotAllowedError: if the person does not read the costs of the whole company.
    """
    bar = cycle_bar(context, cycle)
    seen, shown, now = executive_seen(context, bar.cycle), _papers(context, bar), context.cycle(bar.cycle)
    found = _ways(context, bar, shown)
    signing = [ways for point, ways in found if point.subject == MEANING]
    return ExecutivePage(
        frame=framed(context, bar), seen=seen, final=in_final(context, bar.cycle),
        papers=tuple(one for one in shown.papers if _is_open(one)) if shown is not None else None,
        decided=tuple(one for one in shown.papers if not _is_open(one)) if shown is not None else (),
        waits=tuple(
            ToSettle(point=point, ways=ways)
            for point, ways in found
            if point.subject != MEANING
        ),
        sign=signing[0] if signing else (),
        day=due_day(context, now, "decide"),
        urgent=tuple(one for one in urgent_lines(context, bar.cycle) if one.urgent.state == WAITS),
    )  # fmt: skip


def _is_open(paper: PaperShown) -> bool:
    return paper.state == OPEN or paper.state.startswith(AGAIN)


def _papers(context: Glance, bar: CycleBar) -> PapersShown | None:
    try:
        return papers_shown(context, bar.cycle)
    except NoSheetError:
        return None


def _ways(context: Glance, bar: CycleBar, shown: PapersShown | None) -> tuple[tuple[OpenPoint, tuple[Way, ...]], ...]:
    """What is open in the executive's phase, with what who looks may do about it."""
    if bar.phase is not Phase.EXEC:
        return ()
    choices = Choices(context, bar.cycle, papers=shown)
    known = ways_of(context, bar.open_points, phase=bar.phase)
    return tuple((point, tuple(map(choices.way, ways))) for point, ways in known)
