"""Errors of steps."""

from onenumber.errors.base import OneNumberError


class StepError(OneNumberError):
    """A step cannot be done as asked."""

    code = "step"


class WrongStateError(StepError):
    """A thing does not stand where this verb may follow."""

    code = "wrong_state"
    template = "{what} is {state} {why}: only what is {before} can."

    def __init__(self, **values: object) -> None:
        again = values.get("state") == values.get("wanted")
        why = "already and cannot become so again" if again else f"and cannot become {values.get('wanted')} from there"
        super().__init__(**{"why": why, **values})


class OwnSubmissionError(StepError):
    """A submission that is to be accepted by who handed it in."""

    code = "own_submission"
    template = "{person} handed in patch {patch}, and another accepts it. {other} can, or the patch is returned."


class NothingLoadedError(StepError):
    """A load from which nothing can be kept; ``values["findings"]`` say why, row by row, and ``count`` how many."""

    code = "nothing_loaded"
    template = (
        "Nothing was loaded from {folder}; what was there is unchanged. "
        "Rows read: {rows_read}, findings: {count}. {why}"
    )


class NothingToWeighError(StepError):
    """A cause without a conflict, or about which there is nothing to choose."""

    code = "nothing_to_weigh"
    template = "The options of {cause} cannot be weighed: {why}. The page of conflicts lists those that have options."


class NoSuchOptionError(StepError):
    """A paper or an option that is not on the table."""

    code = "no_such_option"
    template = "Option {option!r} of paper {paper!r} is not on the table. On the table: {offered}."


class NoWayOnError(StepError):
    """A no, or a later, that does not say how it goes on."""

    code = "no_way_on"
    template = (
        "{paper} cannot be {how} like this: {why}. A paper goes back with a sentence, an owner and a date: "
        "--rationale, --owner, --until."
    )


class OptionMovedError(StepError):
    """A decision on papers that were prepared again since: its letter stands for another option now."""

    code = "option_moved"
    template = (
        "{person} decided {paper} as {option}, and the papers were prepared again since: {option} is another option "
        "now. Decide it again: `onenumber decide {paper} OPTION`."
    )


class NoPlanInForceError(StepError):
    """An emergency while no plan is in force that it could amend."""

    code = "no_plan_in_force"
    template = (
        "No plan is in force in {cycle} that an emergency could amend. Nothing is lost: name it once the supply plan "
        "of the cycle is proposed, or once a plan is published."
    )


class NothingComesError(StepError):
    """An emergency of which nothing can come."""

    code = "nothing_comes"
    template = (
        "Nothing more of {item} can come to {site} in {month}, so no paper is made: a line or a material is full, or "
        "it is made to order and the plan serves everybody who asks for it. If a customer asks beyond the plan, name "
        "her."
    )


class OwnEmergencyError(StepError):
    """An emergency that is to be decided by who named it."""

    code = "own_emergency"
    template = "{person} named {paper}, and another decides it. {other} can."


class SpokeAlreadyError(StepError):
    """A second word of a person on an emergency that two people decide."""

    code = "spoke_already"
    template = "{person} said {option} on {paper} already, and it is decided by two people. It waits for {other}."


class SpokeMeanwhileError(StepError):
    """A word on an emergency of which another said hers in the same moment."""

    code = "spoke_meanwhile"
    template = "Another said a word on {paper} while you said yours. Nothing was kept: read it, and say yours again."


class EmergencyEndedError(StepError):
    """A decision on an emergency that is decided already, or whose time has passed."""

    code = "emergency_ended"
    template = (
        "{paper} {what}. What was decided stands. Where it is still wanted, name the emergency again: "
        "`onenumber emergency`."
    )


class NothingToAnswerError(StepError):
    """An answer to a figure that no Adherence holds."""

    code = "nothing_to_answer"
    template = "Adherence of cycle {cycle} has no figure {figure} for {scope}. It has: {known}."


class NoAnswerNeededError(StepError):
    """An answer to a figure that is within its tolerance or not known, or that is nobody's."""

    code = "no_answer_needed"
    template = "{figure} of {scope} in cycle {cycle} asks for no answer: {why}."


class MeetingOverError(StepError):
    """A pack that is sent after its meeting."""

    code = "meeting_over"
    template = (
        "The supply meeting of {cycle} was on {day} and is over, so no pack is sent for it any more. What it saw "
        "stands in the sheets of the cycle; once Supply is re-opened a pack can be sent again."
    )


class DemoOnlyError(StepError):
    """Something that exists in demo mode only."""

    code = "demo_only"
    template = "{what} can be moved in demo mode only. Start with ONENUMBER_DEMO=1 to try the software."


class ClockStaysError(StepError):
    """The company's clock is asked to go where it does not."""

    code = "clock_stays"
    template = "The company's clock stays at {today}: {why}."


class BadArgumentError(StepError):
    """A step is asked for with an argument that it does not have, without one that it needs, or with a wrong value."""

    code = "bad_argument"
    template = "{step} cannot be asked {given}: {reason}."

    def __init__(self, **values: object) -> None:
        argument, value = values.get("argument"), values.get("value")
        given = f"without {argument}" if value is None or not str(value).strip() else f"with {argument} {value!r}"
        super().__init__(**{"given": given, **values})


class MixedPlaceError(StepError):
    """One figure is typed over items that are counted in different units."""

    code = "mixed_place"
    template = (
        "{place} holds items in {units}, which do not add up, so one figure for all of them says nothing. Nothing was "
        "written. Type it for items of one unit, or as a percent."
    )


class OutsideHorizonError(StepError):
    """A figure is typed for periods that are not in the horizon."""

    code = "outside_horizon"
    template = "{periods} periods from {first} are not all in the horizon, which is {begin} to {end}. Type inside it."


class PatchClosedError(StepError):
    """A sales figure is typed where the patch has handed in, or the cut-off has passed."""

    code = "patch_closed"
    template = "Patch {patch} is {state}: its figures are closed. The sales leader can return it, then type again."


class NotRebasedError(StepError):
    """Figures are to be added up on a new forecast, and what was typed on the one before is not on it."""

    code = "not_rebased"
    template = (
        "{edits} edits in {layers} were typed on an earlier forecast of cycle {cycle} and would be lost. "
        "Replay them on the new one first: `onenumber rebase`."
    )
