# ruff: noqa: ARG002 - it answers every question of the boundary, and needs few of their arguments
"""A small company that answers what pages ask: the fake behind the tests of pages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from onenumber.cycle.phases import Phase
from onenumber.errors import NoSuchPlaceError, NoSuchSheetError, NotAllowedError
from onenumber.model.cube import State
from onenumber.model.sheet import SheetKind, SheetState
from onenumber.steps.see.detail import CubeHeld, TableHeld
from onenumber.steps.see.duties import DutiesShown
from onenumber.steps.see.month_page import Where
from onenumber.steps.see.month_waits import Wait
from onenumber.web.act.model import ToSettle, Way
from onenumber.web.family.model import (
    Column,
    FamilyAsked,
    FamilyPage,
    Figure,
    Measure,
    Opened,
    Part,
    PartLine,
    Parts,
    Place,
    Row,
)
from onenumber.web.frame.model import At, Frame, Hit, PhaseMark, Progress
from onenumber.web.loads.model import FindingGroup, FindingsAsked, LoadDetail, LoadLine, LoadState, TableCount, Upload
from onenumber.web.month.model import MonthPage
from onenumber.web.sheets.model import SheetDetail, SheetLine, SheetList, SheetRef, SignatureMark
from onenumber.web.sign_in.model import DemoPerson
from tests.web.company_beside import BAD, RETURNS, RISKS, SENT_BACK, SINCE, STRAY, VENDORS
from tests.web.company_grid import Grids
from tests.web.company_month import month_of, open_point
from tests.web.company_plants import Plants
from tests.web.company_still import StandsStill
from tests.web.company_who import duties_of

PEOPLE = {
    "omar": ("Omar Haddad", ("OP",)),
    "ana": ("Ana Ruiz", ("SS",)),
    "dora": ("Dora Petrov", ("DP",)),
    "lena": ("Lena Fischer", ("SP",)),
    "eva": ("Eva Lindqvist", ("EX",)),
    "ruth": ("Ruth Okafor", ("OWN",)),
}
FAMILIES = {
    "Pumps": ("Circulation pumps", "Booster pumps", "Sump pumps"),
    "Valves": ("Ball valves", "Safety valves"),
    "Controls": ("Flow controllers", "Sensors"),
}
MONTHS = [f"{2026 + (2 + k) // 12}-{(2 + k) % 12 + 1:02d}" for k in range(21)]
NOW = 3
PRICE = 48.0


def at(hour: int, day: int = 4, month: int = 6) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, 20, tzinfo=dt.UTC)


def ref(number: int, kind: SheetKind, stage: str = "", version: int = 6) -> SheetRef:
    return SheetRef(id=str(number), kind=kind, stage=stage, number=version, hash=f"{number:02d}c0ffee" * 8)


LOAD = ref(1, SheetKind.LOAD, version=31)
COMPANY = ref(2, SheetKind.COMPANY, version=31)
HISTORY = ref(3, SheetKind.HISTORY)
FORECAST = ref(4, SheetKind.FORECAST, version=7)
OLD_FORECAST = ref(9, SheetKind.FORECAST)
SALES = ref(5, SheetKind.SALES_INPUT)
CONSENSUS = ref(6, SheetKind.CONSENSUS)
SUPPLY = ref(7, SheetKind.SUPPLY_PLAN, "proposed", 12)


def line(made: SheetRef, made_from: tuple[SheetRef, ...], *, by: str, hour: int, state: SheetState) -> SheetLine:
    signed = SignatureMark(meaning="demand agreed", name="Sam Mbeki", deputy_for="", at=at(15), struck=False)
    return SheetLine(
        ref=made,
        state=state,
        stale_because="forecast was made again" if made is SUPPLY else "",
        newest=made is not OLD_FORECAST,
        made_at=at(hour),
        made_by=(by,),
        made_from=made_from,
        signatures=(signed,) if made is CONSENSUS else (),
    )


LINES = (
    line(LOAD, (), by="Ruth Okafor", hour=6, state=SheetState.FROZEN),
    line(COMPANY, (), by="Ruth Okafor", hour=6, state=SheetState.FROZEN),
    line(HISTORY, (LOAD, COMPANY), by="Ruth Okafor", hour=7, state=SheetState.FROZEN),
    line(FORECAST, (HISTORY, COMPANY), by="Dora Petrov", hour=9, state=SheetState.FROZEN),
    line(OLD_FORECAST, (HISTORY, COMPANY), by="Dora Petrov", hour=8, state=SheetState.DRAFT),
    line(SALES, (FORECAST, COMPANY), by="Sam Mbeki", hour=12, state=SheetState.FROZEN),
    line(CONSENSUS, (FORECAST, SALES), by="Dora Petrov", hour=14, state=SheetState.SIGNED),
    line(SUPPLY, (CONSENSUS, COMPANY, HISTORY), by="Ana Ruiz", hour=16, state=SheetState.DRAFT),
)


class Company(StandsStill, Grids, Plants):
    """Twelve sheets, seven families, one load with findings, one under way."""

    def __init__(self) -> None:
        self.cancelled: list[str] = []
        self.asked_progress = 0
        super().__init__()

    def demo_people(self) -> tuple[DemoPerson, ...]:
        return tuple(DemoPerson(person=key, name=name, roles=roles) for key, (name, roles) in PEOPLE.items())

    def home(self, person: str, plan: str) -> At:
        return At(person=person, plan=plan or "hydra", cycle="2026-06")

    def frame(self, at: At) -> Frame:
        name, roles = PEOPLE[at.person]
        gate = (
            open_point("supply_plan_stale", "proposed supply plan", "SS", "Ana Ruiz"),
            open_point("not_signed", "achievable", "OP", "Omar Haddad"),
        )
        return Frame(
            plan=at.plan,
            plan_name="Hydra Flow Systems",
            rehearsal=at.plan == "rehearsal",
            cycle=at.cycle or "2026-06",
            cycles=("2026-06", "2026-05", "2026-04"),
            phases=tuple(PhaseMark(phase=phase, progress=_progress(phase)) for phase in list(Phase)[:6]),
            working_day=8,
            working_days=18,
            today=dt.date(2026, 6, 10),
            holder_role="SS",
            holders=("Ana Ruiz",),
            blockers=gate,
            person_name=name,
            roles=roles,
            sees_plan=True,
            may_load=at.person != "lena",
            reads_papers=at.person != "lena",
            waits=tuple(
                Wait(said=one.said, name=one.name, day=dt.date(2026, 6, 15), late=False, where=Where(page="sheets"))
                for one in gate
                if one.role in roles
            ),
        )

    def month(self, at: At) -> MonthPage:
        return MonthPage(frame=self.frame(at), month=month_of(at, self.frame(at)), ways={}, ending=())

    def search(self, at: At, text: str) -> tuple[Hit, ...]:
        hits = [
            Hit(kind="family", key=name, name=name, place=f"family:{name}")
            for members in FAMILIES.values()
            for name in members
        ]
        hits.append(Hit(kind="item", key="CP-100", name=PUMP.name, place=PUMP.key))
        return tuple(hit for hit in hits if text.lower() in f"{hit.key} {hit.name}".lower())

    def sheets(self, at: At) -> SheetList:
        role = PEOPLE[at.person][1]
        ways = {"SS": (Way(step="plan", given={}),), "OP": (Way(step="sign", given={"verb": "sign_supply"}),)}
        points = tuple(
            ToSettle(point=one, ways=ways[one.role] if one.role in role else ()) for one in self.frame(at).blockers
        )
        return SheetList(
            frame=self.frame(at),
            lines=LINES,
            since=SINCE,
            sent_back=(SENT_BACK,),
            risks=RISKS,
            to_settle=points,
            ending=(),
        )

    def sheet(self, at: At, sheet_id: str) -> SheetDetail:
        found = next((one for one in LINES if one.ref.id == sheet_id), None)
        if found is None:
            raise NoSuchSheetError(sheet=sheet_id)
        return SheetDetail(
            line=found,
            made_for=tuple(one.ref for one in LINES if found.ref in one.made_from),
            code_version="0.1.0",
            seed=7,
            settings=(("horizon", "18"),),
            notes=(("streams", "4 874"),),
            since=SINCE,
            vendors=VENDORS if found.ref is HISTORY else None,
            accuracy=None,
            adherence=None,
            tables=(TableHeld(name="methods", rows=4874, columns=("stream", "demand_class", "method")),),
            cubes=(CubeHeld(name="L1", axis="stream", series=4874, first="2026-06", last="2027-11", missing=0),),
            findings=(BAD,),
        )

    def loads(self, at: At) -> tuple[LoadLine, ...]:
        if at.person == "lena":
            reason = "only the process owner or the demand planner or finance may"
            raise NotAllowedError(person="Lena Fischer", verb="load data", where="", reason=reason)
        return (_load_line("2", LoadState.RUNNING), _load_line("1", LoadState.LOADED))

    def load(self, at: At, load_id: str, asked: FindingsAsked) -> LoadDetail:
        if load_id == "2":
            self.asked_progress += 1
            state = LoadState.CANCELLED if self.cancelled else LoadState.RUNNING
            return LoadDetail(line=_load_line("2", state), tables=(), groups=(), findings=(), findings_total=0)
        bad = FindingGroup(code=BAD.code, severity=BAD.severity, count=3, rows=2, example=BAD)
        stray = FindingGroup(code=STRAY.code, severity=STRAY.severity, count=1, rows=0, example=STRAY)
        tables = (
            TableCount(table="order_lines", rows=118_204, loaded=118_204),
            TableCount(table="prices", rows=1_204, loaded=1_201),
        )
        return LoadDetail(
            line=_load_line("1", LoadState.LOADED),
            tables=tables,
            groups=(bad, stray),
            findings=(*(BAD,) * 3, STRAY),
            findings_total=4,
            apart=(RETURNS,),
        )

    def empty_file(self, at: At, table: str) -> bytes:
        return f"{table}\n".encode()

    def start_load(self, at: At, files: Sequence[Upload], *, dry_run: bool) -> str:
        return "1" if dry_run else "2"

    def cancel_load(self, at: At, load_id: str) -> None:
        self.cancelled.append(load_id)

    def family(self, at: At, asked: FamilyAsked) -> FamilyPage:
        places = _places()
        place = next((one for one in (*places, PUMP) if one.key == (asked.place or "company")), None)
        if place is None:
            raise NoSuchPlaceError(place=asked.place.replace(":", " "))
        page = FamilyPage(
            place=place,
            places=places,
            measure=asked.measure,
            money_allowed=True,
            part_of_whole=at.person == "lena",
            demand_whole=False,
            provisional=False,
            unlike_units=False,
            old_plan=False,
            columns=tuple(Column(label=label, part=_part(k)) for k, label in enumerate(MONTHS)),
            rows=_rows(place, asked.measure),
            sheets=(HISTORY, CONSENSUS, SUPPLY),
        )
        return replace(page, opened=self._opened(page, asked)) if asked.row else page

    def opened(self, at: At, asked: FamilyAsked) -> Opened:
        return self._opened(self.family(at, replace(asked, row="")), asked)

    def duties(self, at: At) -> DutiesShown:
        return duties_of(at.person)

    def _opened(self, page: FamilyPage, asked: FamilyAsked) -> Opened:
        found = next(one for one in page.rows if one.code == asked.row)
        figure = found.figures[MONTHS.index(asked.column)]
        return Opened(
            row=found,
            column=page.columns[MONTHS.index(asked.column)],
            figure=figure,
            parts=(
                _parts(
                    "item",
                    (("CP-100", "Circulation pump 25-40", 0.61), ("CP-120", "Circulation pump 32-60", 0.39)),
                    found,
                    figure,
                ),
                _parts(
                    "planning_customer",
                    (("nordbau", "Nordbau AG", 0.5), ("rest|Nord|trade", "rest of Nord, trade", 0.5)),
                    found,
                    figure,
                ),
            ),
            source=CONSENSUS,
            author="Dora Petrov",
        )


def _progress(phase: Phase) -> Progress:
    here = Phase.SUPPLY.place
    return Progress.NOW if phase.place == here else Progress.DONE if phase.place < here else Progress.AHEAD


def _part(k: int) -> Part:
    return Part.PAST if k < NOW else Part.NOW if k == NOW else Part.AHEAD


def _load_line(load_id: str, state: LoadState) -> LoadLine:
    return LoadLine(
        id=load_id,
        state=state,
        at=at(5, day=int(load_id)),
        by="Ruth Okafor",
        source="orders.csv, prices.csv",
        dry_run=False,
        done=41_200 if state is LoadState.RUNNING else 119_408,
        total=119_408,
        rows_good=119_405 if state is LoadState.LOADED else None,
        rows_bad=3 if state is LoadState.LOADED else None,
        findings=3 if state is LoadState.LOADED else None,
    )


PUMP = Place(key="item:CP-100", level="item", name="Circulation pump 25-40", above="family:Circulation pumps")


def _places() -> tuple[Place, ...]:
    found = [Place(key="company", level="company", name="Hydra Flow Systems")]
    for division, members in FAMILIES.items():
        found.append(Place(key=f"division:{division}", level="division", name=division, above="company"))
        found += [
            Place(key=f"family:{name}", level="family", name=name, above=f"division:{division}") for name in members
        ]
    return tuple(found)


def _base(place: Place) -> list[float]:
    """A season of its own per place: about 1,200 units a month for a family, more above it."""
    size = {"item": 0.6, "family": 1.0, "division": 2.6, "company": 7.0}[place.level]
    lift = 1 + sum(map(ord, place.key)) % 5 / 10
    return [1200 * size * lift * (1 + 0.25 * ((k * 7) % 12 - 5) / 6) for k in range(len(MONTHS))]


def _rows(place: Place, measure: Measure) -> tuple[Row, ...]:
    base, unit = _base(place), "pcs"
    times = PRICE if measure is Measure.MONEY else 1.0
    if measure is Measure.MONEY:
        unit = "EUR"
    new = [round(v) * times for v in base]
    last = [round(v * (1 - 0.03 * (k % 4 == 1) + 0.02 * (k == 9))) * times for k, v in enumerate(base)]
    actual = [round(v * f) * times for v, f in zip(base, (0.96, 1.08, 0.91), strict=False)]
    supply = [v - (112 * times if k == 8 else 0) + (80 * times if k == 6 else 0) for k, v in enumerate(new)]
    stock = [round(0.8 * v - 40 * k * times) for k, v in enumerate(new)]
    past, ahead = range(NOW), range(NOW, len(MONTHS))
    rows = [
        _row("demand_new", unit, {k: new[k] for k in ahead}, CONSENSUS),
        _row("demand_low", unit, {k: new[k] * (0.93 - 0.008 * k) for k in ahead}, FORECAST),
        _row("demand_high", unit, {k: new[k] * (1.07 + 0.008 * k) for k in ahead}, FORECAST),
        _row("demand_last", unit, {k: last[k] for k in range(len(MONTHS) - 1)}),
        _row("demand_difference", unit, {k: new[k] - last[k] for k in ahead[:-1]}),
        _row("demand_budget", unit, {k: v * 1.02 for k, v in enumerate(last) if k < 10}, reason="no_budget"),
        _row("demand_actual", unit, dict(enumerate(actual)), HISTORY, reason="no_actual"),
        _row("demand_deviation", unit, {k: actual[k] - last[k] for k in past}, reason="no_actual"),
        _row("supply_new", unit, {k: supply[k] for k in ahead}, SUPPLY),
        _row("supply_last", unit, {k: last[k] for k in range(len(MONTHS) - 1)}),
        _row("supply_difference", unit, {k: supply[k] - last[k] for k in ahead[:-1]}),
        _row("supply_actual", unit, dict(enumerate(actual)), HISTORY, reason="no_actual"),
    ]
    if place.key == "family:Safety valves":
        late = {k: 140.0 * times + 30 * (k == 8) * times for k in ahead}
        rows += [
            _row("backlog", unit, late, SUPPLY),
            _row("backlog_weeks", "weeks", {k: v / new[k] * 4.3 for k, v in late.items()}, SUPPLY),
        ]
    else:
        rows += [
            _row("inventory", unit, {k: stock[k] for k in ahead}, SUPPLY),
            _row("inventory_actual", unit, {k: stock[k] for k in past}, HISTORY, reason="no_actual"),
            _row("inventory_target", unit, dict.fromkeys(ahead, 400.0 * times), COMPANY),
            _row("inventory_days", "days", {k: 30 * stock[k] / new[k] for k in ahead}, SUPPLY),
        ]
    rows.append(_row("service_actual", "share", {k: (0.972, 0.941, 0.958)[k] for k in past}, LOAD, reason="no_actual"))
    rows.append(_row("service", "share", {k: 0.921 if k == 8 else 0.985 if k % 3 else 1.0 for k in ahead}, SUPPLY))
    return tuple(rows)


def _row(
    code: str, unit: str, values: dict[int, float], source: SheetRef | None = None, reason: str = "not_made"
) -> Row:
    figures = tuple(
        Figure(value=values[k], coverage=0.96 if (code, k) == ("demand_actual", 1) else 1.0)
        if k in values
        else Figure(value=None, state=State.NOT_COMPUTED, reason=reason)
        for k in range(len(MONTHS))
    )
    return Row(code=code, group=code.split("_", maxsplit=1)[0], unit=unit, figures=figures, source=source)


def _parts(level: str, shares: tuple[tuple[str, str, float], ...], row: Row, figure: Figure) -> Parts:
    return Parts(
        level=level,
        lines=tuple(
            PartLine(
                key=key,
                name=name,
                figure=Figure(value=None if figure.value is None else figure.value * share),
                over_time=tuple(None if one.value is None else one.value * share for one in row.figures),
                place=PUMP.key if key == "CP-100" else "",
            )
            for key, name, share in shares
        ),
    )
