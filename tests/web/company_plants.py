"""What the small company answers about its lines, plants and meetings."""

import datetime as dt

from onenumber.cycle.meetings import MEETINGS
from onenumber.errors import BadDifferenceError
from onenumber.steps.see.duties import StandIn
from onenumber.steps.see.line_load import Best, LineLoad, LineMonth, LoadSeen
from onenumber.steps.see.line_opened import Filling, GoesShort, LineOpened, MoreTime
from onenumber.steps.see.maintenance import MovePrice
from onenumber.steps.see.meetings import ActionShown, MeetingLine, MeetingSeen
from onenumber.steps.see.month_changes import Change
from onenumber.steps.see.month_page import SHEETS
from onenumber.steps.see.parameters import UntrueRates
from onenumber.web.frame.model import At, Frame
from onenumber.web.line_load.model import CellOf, LoadPage
from onenumber.web.maintenance.model import WindowsPage
from onenumber.web.materials.model import MaterialsPage
from onenumber.web.meetings.model import MeetingPage, MeetingsPage
from onenumber.web.plants.model import PlantsPage

OPENED = LineOpened(
    line="P2", name="Press 2", period="2026-07",
    filled=(
        Filling(
            item="CP-100", name="Circulation pump 25-40", quantity=400.0, unit="pcs", hours=150.0
        ),
    ),
    other_hours=140.0, released_hours=50.0,
    short=tuple(
        GoesShort(key="CP-100", item="CP-100", customer="", asked_in="2026-07", quantity=short, unit="pcs", comes="")
        for short in (100.0, *(14.0 - n for n in range(13)))
    ),
    ways=(MoreTime(step=1, hours=40.0, price=58.0, decided=True),), currency="EUR",
)  # fmt: skip


def month_of_line(period: str, asked: float, zone: str) -> LineMonth:
    return LineMonth(
        period=period, available=327.0, planned=min(asked, 340.0), asked=asked,
        overtime=max(min(asked, 340.0) - 327, 0.0), maintenance=14.0, share=asked / 327.0, why="", zone=zone,
    )  # fmt: skip


LINES = (
    LineLoad(
        line="P2", name="Press 2", site="ODE", best=Best(period="2025-09", hours=330.0),
        months=(month_of_line("2026-06", 300.0, "watch"), month_of_line("2026-07", 366.0, "overload")),
    ),
    LineLoad(
        line="P1", name="Press 1", site="ODE", best=None,
        months=(month_of_line("2026-06", 200.0, "green"), month_of_line("2026-07", 320.0, "tight")),
    ),
)  # fmt: skip


class Plants:
    """Two lines of which one is full, and four meetings of which the supply meeting is now."""

    def frame(self, at: At) -> Frame:
        raise NotImplementedError

    def line_load(self, at: At, asked: CellOf) -> LoadPage:
        seen = LoadSeen(of="2026-06", stage="proposed", own=True, lines=LINES)
        opened = OPENED if asked.line else None
        untrue = {"P1": UntrueRates(count=3, judged=4, beside=-0.12)}
        return LoadPage(frame=self.frame(at), seen=seen, opened=opened, papers=(), points=(), untaken=(), untrue=untrue)

    def plants(self, at: At) -> PlantsPage:
        return PlantsPage(frame=self.frame(at), seen=None, ways={})

    def materials(self, at: At) -> MaterialsPage:
        return MaterialsPage(frame=self.frame(at), seen=None, waiting={})

    def maintenance(self, at: At) -> WindowsPage:
        return WindowsPage(frame=self.frame(at), seen=None, offers=())

    def window_price(self, at: At, window: str, month: str) -> MovePrice:  # noqa: ARG002 - there is no window
        raise BadDifferenceError(what=f"window {window!r} may not go to {month}")

    def meetings(self, at: At) -> MeetingsPage:
        return MeetingsPage(frame=self.frame(at), lines=tuple(map(line_of, MEETINGS)))

    def meeting(self, at: At, which: str) -> MeetingPage:
        late = ActionShown(
            number=1, cycle="2026-05", text="Count the castings", owner="Ana Ruiz", due=dt.date(2026, 5, 29), late=True,
            done_by="", note="", hers=False,
        )  # fmt: skip
        signed = Change(
            code="signed", at=dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC), who="Omar Haddad",
            what={"meaning": "achievable"}, where=SHEETS,
        )  # fmt: skip
        seen = MeetingSeen(
            line=line_of(which), cycle="2026-06", last=(late,), promised=(), sent_back=(), cannot=(),
            escalated=(), figures=(), minutes=(signed,), agreed=(), may_write=False,
        )  # fmt: skip
        return MeetingPage(
            frame=self.frame(at), seen=seen, points=(), ending=(), papers=None, untaken=(), write=(), done={}
        )


def line_of(which: str) -> MeetingLine:
    keys = list(MEETINGS)
    stands = {"demand": "over", "supply": "now"}.get(which, "before")
    return MeetingLine(
        meeting=MEETINGS[which], chairs=("Omar Haddad",), led=("Omar Haddad",) if stands == "over" else (), deciders=(),
        stand_ins=(StandIn(name="Sven Berg", since=dt.date(2026, 6, 6), until=dt.date(2026, 6, 16)),),
        day=dt.date(2026, 6, 8 + keys.index(which)), stands=stands, open_actions=int(which == "supply"),
    )  # fmt: skip
