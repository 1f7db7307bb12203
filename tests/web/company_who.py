"""Who does what in the small company behind the tests of pages."""

import datetime as dt
from dataclasses import replace

from onenumber.cycle.phases import Phase
from onenumber.model.finding import Finding, Severity
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.duties import (
    Due,
    DutiesShown,
    DutyLine,
    FigureLine,
    Holder,
    RoleShown,
    SignatureLine,
)

PLANNED, SIGNED, ANSWERED = (
    Due(date=dt.date(2026, 6, day), working_day=number) for day, number in ((12, 10), (15, 11), (26, 20))
)
NOBODY = Holder(place="", accountable="")
OPEN = Finding(
    code="duty_unheld", severity=Severity.ATTENTION,
    values={"role": "demand planner", "where": "", "duties": "DP-1 to DP-5"},
)  # fmt: skip
SHARED = Finding(
    code="duty_shared", severity=Severity.NOTE,
    values={"people": "Ana Ruiz and Bo Li", "duties": "SS-1 to SS-7", "where": "", "accountable": "Ana Ruiz"},
)  # fmt: skip


def duties_of(person: str, *, stood_in: StandIn | None = None) -> DutiesShown:
    """Omar leads operations and has a deputy; nobody plans demand; Nord has its salesperson, South its leader.

    ``stood_in``: who looks as Omar stands in for him.
    """
    omar = Holder(
        place="", accountable="Omar Haddad", mine=person == "omar", stood_in=stood_in,
        deputies=(StandIn(name="Ana Ruiz", since=dt.date(2026, 7, 1), until=dt.date(2026, 7, 15)),),
    )  # fmt: skip
    lena = Holder(place="Nord", accountable="Lena Fischer", mine=person == "lena")
    return DutiesShown(
        cycle="2026-06",
        today=dt.date(2026, 6, 10),
        findings=(OPEN, SHARED),
        roles=(
            _role("DP", "company", ("DP-3", "Finds what does not look like the past"), NOBODY),
            _role("SP", "patch", ("SP-2", "Confirms what is ordered"), lena,
                  Holder(place="South", accountable="Sam Mbeki", instead=True)),
            _role("OP", "company", ("OP-2", "Makes sure that the plan can be made"), omar),
            _role("PM", "site", ("PM-1", "Runs the plant"), Holder(place="Delft", accountable="Bo Li")),
            _role("SM", "organisation", ("SM-3", "Explains where sales left the plan"),
                  Holder(place="", accountable="Sam Mbeki"), Holder(place="team of Eli Roth", accountable="Eli Roth")),
            _role("SS", "company", ("SS-1", "Knows the safety stocks"),
                  Holder(place="", accountable="Ana Ruiz", shared_with=("Bo Li",), mine=person in {"ana", "bo"},
                         with_her="Bo Li" if person == "bo" else "")),
        ),
        signatures=(
            SignatureLine(
                verb="sign_supply", meaning="achievable", phase=Phase.SUPPLY, role="OP", holder=omar, due=SIGNED
            ),
        ),
        figures=(
            FigureLine(figure="service", key="Pumps", due=ANSWERED, holder=replace(omar, place="Pumps", deputies=())),
        ),
    )  # fmt: skip


def _role(role: str, over: str, duty: tuple[str, str], *holders: Holder) -> RoleShown:
    code, says = duty
    return RoleShown(role=role, over=over, duties=(DutyLine(code=code, says=says, due=PLANNED),), holders=holders)
