"""Whether the demand of a month is agreed: what a page then says of it is no longer open."""

from dataclasses import replace

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.glance import Glance, rows_in
from onenumber.steps.frame.layers import Board, board
from onenumber.store.models import Cycle, SignatureRow


def demand_agreed(look: Glance, cycle: Cycle) -> bool:
    """Whether nobody types in the demand of a cycle any more: its phase is over, or it is signed.

    A signature under a consensus that became stale holds nothing, as :func:`refuse_signed` has it.
    """
    if Phase(cycle.phase).place > Phase.DEMAND.place:
        return True
    made = look.version(SheetKind.CONSENSUS, cycle)
    if made is None or made.stale_because:
        return False
    given = rows_in(look, SignatureRow, cycle)
    return any(row.verb == "sign_demand" and row.struck_at is None and row.sheet_id == made.pk for row in given)


def board_shown(look: Glance, cycle: Cycle, code: str) -> Board:
    """The layer ``code`` as a page shows it: with the consensus, once the demand is agreed and while it is not stale.

    Raises:
        NoSheetError: if there is no baseline yet.
    """
    stand, made = board(look, cycle, code), look.version(SheetKind.CONSENSUS, cycle)
    if made is None or made.stale_because or not demand_agreed(look, cycle):
        return stand
    return replace(stand, agreed=look.versions.get(made.content).cube("consensus"))
