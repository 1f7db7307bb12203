"""The four meetings of a month: who leads each, which phase it closes, by which milestone, and its agenda."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onenumber.cycle.phases import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """A point of an agenda: its code, and the minutes it is given."""

    code: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting: the role in its chair, the phase that it closes, its milestone, and its agenda.

    ``figures`` are the codes of those that it looks at;
    ``decides`` is the role that decides in it, where that is not the chair's; ``signs`` the verbs of its signatures.
    """

    key: str
    chair: str
    phase: Phase
    milestone: str
    signs: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    figures: tuple[str, ...]
    decides: str = ""


def _agenda(*points: tuple[str, int]) -> tuple[AgendaItem, ...]:
    return tuple(AgendaItem(code=code, minutes=minutes) for code, minutes in points)


_ALL = (
    Meeting(
        key="demand", chair="SM", phase=Phase.DEMAND, milestone="sign_demand", signs=("sign_demand",),
        agenda=_agenda(("actions", 5), ("deviations", 15), ("news", 10), ("families", 35), ("risks", 10), ("sign", 5)),
        figures=("accuracy", "moves"),
    ),
    Meeting(
        key="supply", chair="OP", phase=Phase.SUPPLY, milestone="sign_supply", signs=("sign_supply",),
        agenda=_agenda(
            ("actions", 5), ("attainment", 10), ("load", 20), ("maintenance", 5), ("materials", 10), ("plants", 10),
            ("conflicts", 10), ("sign", 5),
        ),
        figures=("lines", "shortages"),
    ),
    Meeting(
        key="pre-sop", chair="OP", phase=Phase.RECONCILE, milestone="sign_review", signs=("sign_review",),
        agenda=_agenda(("actions", 5), ("families", 10), ("money", 20), ("papers", 40), ("sign", 5)),
        figures=("landing", "shortages"),
    ),
    Meeting(
        key="executive", chair="OP", decides="EX", phase=Phase.EXEC, milestone="decide",
        signs=("confirm_final", "approve_final"),
        agenda=_agenda(("actions", 5), ("money", 10), ("attainment", 5), ("papers", 40), ("sign", 5)),
        figures=("landing", "breaches"),
    ),
)  # fmt: skip
MEETINGS: Mapping[str, Meeting] = MappingProxyType({one.key: one for one in _ALL})
"""Every meeting by its key, in the order of the month (domain.md 2.4)."""
