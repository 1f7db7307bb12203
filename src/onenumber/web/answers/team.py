"""The sales team, as its pages show it."""

from onenumber.cycle.phases import Phase
from onenumber.jobs.settle import ends_phase, ways_of
from onenumber.rights.ask import may_somewhere
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import PATCH, cycle_bar
from onenumber.steps.see.skill import skill_shown
from onenumber.steps.see.team import team_seen
from onenumber.web.act.model import ToSettle
from onenumber.web.answers.act import Choices
from onenumber.web.answers.frame import framed
from onenumber.web.team.model import SkillPage, TeamPage


def team(context: Glance, cycle: str) -> TeamPage:
    """The team, with what its leader may do in each row.

    Raises:
        NotAllowedError: if the person does not plan the company.
    """
    bar = cycle_bar(context, cycle)
    seen, choices = team_seen(context, bar.cycle), Choices(context, bar.cycle)
    points = ways_of(context, bar.open_points, phase=bar.phase) if bar.phase is Phase.DEMAND else ()
    found = [(point, tuple(map(choices.way, ways))) for point, ways in points]
    ending = ends_phase(context, bar.open_points, phase=bar.phase) if bar.phase is Phase.DEMAND else ()
    return TeamPage(
        frame=framed(context, bar),
        seen=seen,
        ways={point.subject: ways for point, ways in found if point.code == PATCH},
        rest=tuple(
            ToSettle(point=point, ways=ways)
            for point, ways in found
            if point.code != PATCH
        ),
        ending=tuple(map(choices.way, ending)),
        adjusts=bar.phase is not None and may_somewhere(context.actor, "edit_L2M", phase=bar.phase),
    )  # fmt: skip


def skill(context: Glance, cycle: str, person: str) -> SkillPage:
    """A person's skill.

    Raises:
        NotAllowedError: if who asks reads nobody's skill.
        NotYoursError: if it is not hers to read.
    """
    bar = cycle_bar(context, cycle)
    return SkillPage(shown=skill_shown(context, person, bar.cycle), frame=framed(context, bar))
