"""The meetings, as their pages show them."""

from onenumber.cycle.phases import Phase
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.around import everyone
from onenumber.steps.see.cycle import CycleBar, cycle_bar
from onenumber.steps.see.meetings import NOW, meeting_seen, meetings_seen
from onenumber.steps.see.plants import plants_untaken
from onenumber.web.act.model import Ask, Choice, ToSettle, Way
from onenumber.web.act.ways import done_way
from onenumber.web.answers.act import to_settle
from onenumber.web.answers.decisions import decisions
from onenumber.web.answers.frame import framed
from onenumber.web.meetings.model import MeetingPage, MeetingsPage


def meetings(context: Glance, cycle: str) -> MeetingsPage:
    """The four meetings of a cycle.

    Raises:
        NotAllowedError: if the person does not plan the whole company.
    """
    bar = cycle_bar(context, cycle)
    return MeetingsPage(frame=framed(context, bar), lines=meetings_seen(context, bar.cycle))


def meeting(context: Glance, cycle: str, which: str) -> MeetingPage:
    """One meeting, with what can be done in it.

    Raises:
        NotAllowedError: if the person does not plan the whole company.
    """
    bar = cycle_bar(context, cycle)
    seen, frame = meeting_seen(context, which, bar.cycle, points=bar.open_points), framed(context, bar)
    has_papers = frame.reads_papers and any(one.code == "papers" for one in seen.line.meeting.agenda)
    papers = decisions(context, bar.cycle) if has_papers else None
    points, ending = _settled_here(context, bar) if seen.line.stands == NOW else ((), ())
    shown = [one for one in points if papers is None or not one.point.said.startswith("paper_")]
    signs_supply = seen.line.stands == NOW and seen.line.meeting.phase is Phase.SUPPLY and bool(shown)
    return MeetingPage(
        frame=frame, seen=seen, points=tuple(shown), ending=ending, papers=papers,
        untaken=plants_untaken(context, bar.cycle) if signs_supply else (),
        write=(_write_way(context, which),) if seen.may_write else (),
        done={one.number: (done_way(one.number),) for one in (*seen.last, *seen.agreed) if one.hers},
    )  # fmt: skip


def _write_way(context: Glance, which: str) -> Way:
    people = tuple(Choice(value=person, said=name) for person, name in everyone(context))
    asked = (
        Ask(name="what", kind="text", needed=True),
        Ask(name="who", kind="text", needed=True, choices=people),
        Ask(name="due", kind="date", needed=True),
    )
    return Way(step="action", given={"meeting": which}, asked=asked)


def _settled_here(context: Glance, bar: CycleBar) -> tuple[tuple[ToSettle, ...], tuple[Way, ...]]:
    return to_settle(context, bar)
