"""What the model company's people promised each other: actions of last month's meetings, and the planner's questions.

A month begins with what the one before it left to do. Each falls due on the day on which its owner acts anyway, and
each has what comes of it where nobody does it by hand; plant 2 owes its own, as it owes its answers. No figure
follows from any of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onenumber.sample.company import Company
from onenumber.sample.people import (
    CONTROLLER,
    COORDINATOR,
    DIVISION_HEADS,
    LEADER,
    OPERATIONS,
    PLANT_MANAGERS,
    SELLERS,
)

CUT_OFF, COLLECTED, PLANNED, SUPPLY_MEETING, PREPARED, SENT = 5, 6, 10, 11, 13, 15
"""Working days of a month on which promises fall due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An action of a meeting: who does what until which working day of the month after it, and what comes of it.

    Nothing (empty) comes of what its owner leaves undone.
    """

    meeting: str
    owner: str
    text: str
    day: int
    came: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the planner asks once the baseline is there: whom, about what, until which working day; and the answer."""

    to: str
    place: Mapping[str, str]
    text: str
    day: int
    answer: str


def _each(meeting: str, day: int, *rows: tuple[str, str, str]) -> tuple[Promise, ...]:
    return tuple(Promise(meeting=meeting, owner=owner, text=text, day=day, came=came) for owner, text, came in rows)


P1, P2, P3, P4, P5, P6 = (SELLERS[f"P{number}"] for number in range(1, 7))
GAR, IND, CTL = (DIVISION_HEADS[division] for division in ("GAR", "IND", "CTL"))
RAV, ODE, BRN = (PLANT_MANAGERS[site] for site in ("RAV", "ODE", "BRN"))

_DEMAND = (
    *_each(
        "demand", CUT_OFF,
        (P1, "Ask Baumarkt Union for the shelf plan of the autumn", "Asked; it comes with the July review"),
        (P2, "Ask Meridian Anlagenbau which of its projects are financed", "Two of three are; both stand in the books"),
        (P3, "Bring the stock that Nordlys Bygg and Fjordvand hold", "Both hold about six weeks, as last year"),
        (P4, "Say which projects of Lyon Process are firm", "One is firm and ordered, the others are offers"),
        (P5, "Ask Acqua Nova when its new warehouse opens", "In autumn; it orders as before until then"),
        (P6, "Visit the three largest customers of the patch that was handed over", "Two visited, the third in July"),
    ),
    *_each(
        "demand", COLLECTED,
        (GAR, "Say which promotions of the autumn are decided", "None yet; the plan comes in July"),
        (IND, "Say which frame contracts end this year", "Two, both in the fourth quarter"),
        (CTL, "Say from when the new drives are offered to all customers", "From the fourth quarter on"),
    ),
)  # fmt: skip
_SUPPLY = (
    *_each(
        "supply", PLANNED,
        ("moreau", "Ask Brno for the lot sizes of the newest drives", "Given, they stay as they are"),
        (RAV, "Agree the days of the summer break with the works council", "Agreed, as in the calendar"),
        (ODE, "Report how far the hiring for the second shift is", ""),
        (BRN, "Report which test benches wait for calibration", "One, it is back in July"),
    ),
    *_each(
        "supply", SUPPLY_MEETING,
        ("tanaka", "Go through the open orders of the five slowest vendors", "Done, two dates were confirmed again"),
        (OPERATIONS, "Go through the maintenance of the second half-year with the three plants", "Done with all three"),
        (RAV, "Bring the list of tools to be overhauled this year", "Brought, four tools"),
        (ODE, "Bring the list of spare parts that are not in stock", ""),
        (BRN, "Bring the list of open posts in electronics", "Brought, two posts"),
    ),
)  # fmt: skip
_PRE_SOP = (
    *_each(
        "pre-sop", PREPARED,
        (CONTROLLER, "Agree with Brno how its stock is budgeted", "Agreed on the method; the lines come in July"),
        ("moreau", "Bring what a second shift at Brno would take", "Brought, with the weeks that hiring takes"),
        ("tanaka", "Bring which purchase orders can be moved at no cost", "Brought, eleven orders"),
    ),
    *_each(
        "pre-sop", SENT,
        (COORDINATOR, "Put the meetings of the next quarter into everybody's calendar", "Done"),
    ),
)  # fmt: skip
_EXECUTIVE = (
    *_each("executive", SENT, (COORDINATOR, "Tell by name who answered for last month", "Told in the pack")),
    *_each("executive", COLLECTED, (LEADER, "Say who calls which key account before the meeting", "Agreed by name")),
    *_each(
        "executive", PREPARED,
        (CONTROLLER, "Show the gap of each division to its budget by price and volume", "Shown by division"),
        (GAR, "Bring what Home & Garden does about its gap to budget", "Two measures are priced"),
        (IND, "Bring the price list of the spare parts for next year", "Brought, it is with finance"),
        (CTL, "Bring what Controls & Sealing does about its gap to budget", "One measure is priced"),
    ),
)  # fmt: skip
PROMISED: Mapping[int, tuple[Promise, ...]] = MappingProxyType(
    {-1: (*_DEMAND, *_SUPPLY, *_PRE_SOP, *_EXECUTIVE)}
)  # fmt: skip
"""The actions of the meetings of a cycle, counted from the current one."""
CHAIRS: Mapping[str, str] = MappingProxyType(
    {"demand": LEADER, "supply": OPERATIONS, "pre-sop": OPERATIONS, "executive": OPERATIONS}
)
"""Who writes the actions of a meeting down."""
ASKED: Mapping[int, tuple[Question, ...]] = MappingProxyType(
    {
        0: (
            Question(
                to=RAV, place={"family": "RWS"}, day=COLLECTED,
                text="May rainwater sets be packed in Ravensburg while Odense is full?", answer="Not before autumn",
            ),
            Question(
                to=ODE, place={"family": "HEX"}, day=COLLECTED,
                text="Is the brazing oven back to two shifts from July on?", answer="From August on",
            ),
            Question(
                to=BRN, place={"family": "SEN"}, day=COLLECTED,
                text="Does the summer break touch the sensors?", answer="Only its second week",
            ),
            Question(
                to=GAR, place={"division": "GAR"}, day=COLLECTED,
                text="Is anything of the autumn range taken out of the list?", answer="Not before the new year",
            ),
            Question(
                to=IND, place={"division": "IND"}, day=COLLECTED,
                text="Are there projects that no salesperson leads?", answer="None that is decided this year",
            ),
            Question(
                to=CTL, place={"division": "CTL"}, day=COLLECTED,
                text="Does the new price list of July hold for open offers?", answer="No, offers keep their prices",
            ),
            Question(
                to=P2, place={"patch": "P2", "family": "MOT"}, day=CUT_OFF,
                text="Do your machine builders close in August as last year?", answer="Yes, for two weeks",
            ),
        )
    }
)  # fmt: skip
"""What the planner asks in a cycle, counted from the current one."""


def promises(company: Company, cycle: int) -> tuple[Promise, ...]:
    """The actions that the meetings of a cycle (calendar index) agree."""
    return PROMISED.get(cycle - company.world.clock.now, ())


def questions(company: Company, cycle: int) -> tuple[Question, ...]:
    """What the planner asks in a cycle (calendar index)."""
    return ASKED.get(cycle - company.world.clock.now, ())


def what_came(text: str) -> str | None:
    """What comes of an action, or the answer to a question, by its text; None of those that somebody typed.

    Example:
        >>> what_came("Bring the list of open posts in electronics"), what_came("something else")
        ('Brought, two posts', None)
    """
    every = {one.text: one.came for many in PROMISED.values() for one in many}
    return {**every, **{one.text: one.answer for many in ASKED.values() for one in many}}.get(text) or None
