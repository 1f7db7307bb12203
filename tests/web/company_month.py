"""My month of the small company's people: what waits for them, fourteen changes, one figure, one customer."""

import datetime as dt

from onenumber.cycle.dues import Stop
from onenumber.steps.see.cycle import OpenPoint
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.month import MyMonth
from onenumber.steps.see.month_block import Block, Line
from onenumber.steps.see.month_changes import Change
from onenumber.steps.see.month_page import Where
from onenumber.steps.see.month_promises import CustomerOutcome, Outcome, Outcomes, Short
from onenumber.steps.see.month_waits import Returned, Wait
from onenumber.web.frame.model import At, Frame

TODAY = dt.date(2026, 6, 10)
FULL = Short(quantity=100.0, cause="capacity", at="P2", comes="")
CALL = Outcomes(
    of="2026-05", first="2026-06", last="2026-11", whole=11, where=Where(page="sheets"),
    short=(
        CustomerOutcome(
            customer="nordbau", name="Nordbau AG",
            lines=(Outcome(period="2026-07", unit="pcs", asked=400.0, promised=300.0, shorts=(FULL,)),),
        ),
    ),
)  # fmt: skip
LINES = Block(
    code="lines", values={"full": 1, "all": 4, "line": "P2", "share": 1.04, "period": "2026-07"},
    lines=(
        Line(
            name="P2", values=("2026-07", 340.0, 327.0, 1.04), unit="h",
            where=Where(page="line_load", key="P2|2026-07"),
        ),
    ),
)  # fmt: skip


def open_point(code: str, name: str, role: str, person: str) -> OpenPoint:
    return OpenPoint(code=code, subject=name, said=code, name=name, role=role, people=(person,), mine=False)


def month_of(at: At, frame: Frame) -> MyMonth:
    """Lena's patch came back and is late; whoever has nothing open acts next in July."""
    back = Returned(person="Sam Mbeki", because="what of the tender?")
    late = Wait(
        said="patch_unsubmitted", name="Nord", day=dt.date(2026, 6, 5), late=True, where=Where(page="family"),
        returned=back,
    )  # fmt: skip
    return MyMonth(
        cycle=frame.cycle,
        today=TODAY,
        roles=frozenset(frame.roles),
        sees_plan=True,
        waits=(late,) if at.person == "lena" else frame.waits,
        struck=(),
        sent_back=(),
        next=Stop(milestone="submit", day=dt.date(2026, 7, 7), period="2026-07"),
        since=dt.datetime(2026, 6, 8, 9, tzinfo=dt.UTC),
        changes=tuple(_change(day) for day in range(14)),
        outcomes=CALL if at.person == "lena" else None,
        blocks=(LINES,) if at.person == "omar" else (),
        stood_in=(StandIn(name="Sven Berg", since=dt.date(2026, 6, 6), until=dt.date(2026, 6, 16)),)
        if at.person == "omar"
        else (),
    )


def _change(number: int) -> Change:
    at = dt.datetime(2026, 6, 9, 20 - number, tzinfo=dt.UTC)
    what = {"patch": f"Patch {number}", "note": "looks whole" if number == 0 else ""}
    return Change(code="patch_accepted", at=at, who="Sam Mbeki", what=what, where=Where(page="sheets"))
