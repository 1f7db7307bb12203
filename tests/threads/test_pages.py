"""What the pages say of the five threads: to everybody who may read a number the true one, and to nobody else."""

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format
from pytest_django.fixtures import Settings

from onenumber.jobs.month import moment
from onenumber.model.sheet import SheetKind
from onenumber.store.models import Account
from onenumber.store.plans import find_cycle
from tests.threads.lived import ON_THE_LIVED_COMPANY, OPEN, Lived

pytestmark = ON_THE_LIVED_COMPANY
Truth = Mapping[str, Any]
PLANNERS = ("solberg", "raman", "chen", "pohl", "moreau", "tanaka", "brandt", "williams")
"""Who plans the whole company; the others are asked where it is their part."""
SALES, PLANTS = ("demir", "vargas", "mensah", "haddad"), ("amann", "dvorak", "mikkelsen")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A page that tells of a thread: who reads what on it (regular expressions), and who is not told."""

    page: str
    to: tuple[str, ...]
    says: Callable[[Truth], tuple[str, ...]]
    not_to: tuple[str, ...] = ()


def day(iso: str, form: str = "j F") -> str:
    """A day as pages say it."""
    return date_format(dt.date.fromisoformat(iso), form)


def whole(figure: float) -> str:
    """A figure without decimals, thousands spaced."""
    return f"{round(figure):,}".replace(",", " ")


def _peak(truth: Truth) -> Mapping[str, Any]:
    found: Mapping[str, Any] = truth["full_peak"]
    return found


def _silent(truth: Truth) -> tuple[str, ...]:
    told = truth["leaving_customer"]
    days, usual = told["silent_days"] - 1, told["usual_days"]  # the truth counts to the day after the last loaded one
    last = day(told["last_order"], "l j F")
    silent = f"silent: the last order came on {last}, {days} days before the loaded orders end"
    return (f"{silent}; usually every {usual} days",)


def _promised_line(truth: Truth) -> tuple[str, ...]:
    line = truth["slipping_vendor"]["key_line"]
    late = f"can leave on {day(line['ready'])}, {line['late_days']} days late"
    what = rf"{whole(line['quantity'])} pcs [^,]+ \({line['item']}\), confirmed for {day(line['confirmed'])}"
    return (f"{line['order']}, line {line['line']}: {what}, {late}",)


def _promised_row(truth: Truth) -> tuple[str, ...]:
    """The row of the line on Orders: when it is promised, and when it can leave."""
    line = truth["slipping_vendor"]["key_line"]
    days = f"{day(line['confirmed'])} {day(line['ready'])}"
    return (
        rf"{line['order']}, {line['line']} .{{0,90}}\({line['item']}\) {whole(line['quantity'])} pcs .{{0,20}}{days}",
    )


FULL_PEAK = (
    Told(
        page="load/?line=L11&month=2026-09",
        to=(*PLANNERS, "amann"),
        says=lambda t: (
            f"{whole(_peak(t)['hours_available'][0])} there",
            f"{whole(_peak(t)['window_hours'])} h maintenance",
        ),
        not_to=("dvorak", *SALES),
    ),
    Told(
        page="load/?line=L11&month=2026-10",
        to=(*PLANNERS, "amann"),
        says=lambda t: (f"{whole(_peak(t)['hours_available'][1])} there",),
        not_to=("mikkelsen", "weidmann"),
    ),
    Told(
        page="maintenance/",
        to=(*PLANNERS, "amann"),
        says=lambda t: (f"from 9 September 2026, {whole(_peak(t)['window_hours'])} h",),
        not_to=("dvorak", "demir"),
    ),
    Told(
        page="conflicts/",
        to=PLANNERS,
        says=lambda _: (r"Home & Garden and Industrial Process want more of .*(L11|Pump assembly)",),
        not_to=("amann", "weidmann", "okafor"),
    ),
    Told(
        page="decisions/",
        to=PLANNERS,
        says=lambda t: (
            r"Who goes first\?",
            "Overtime step",
            rf"({_peak(t)['window']}|overhaul of the assembly cell).* starts on",
            "Home & Garden goes first, then Industrial Process",
            "Industrial Process goes first, then Home & Garden",
            "All divisions share",
            "Nothing changes",
            r"Last time Industrial Process waited: .* \(2026-04-L21\)",
        ),
        not_to=("amann", "weidmann", "demir"),
    ),
)
LEAVING = (
    Told(page="entry/", to=("demir",), says=_silent, not_to=("raman", "chen")),
    Told(page="customer/C03/", to=(*PLANNERS, "demir", "weidmann"), says=_silent, not_to=("okafor", "vargas", "amann")),
    Told(
        page="deviations/",
        to=(*PLANNERS, "demir", "weidmann"),
        says=lambda _: (r"The consensus had .* of 1 customer who asked for nothing: Hagen Heimwerk",),
        not_to=("okafor", "mensah"),
    ),
    Told(
        page="deviations/",
        to=PLANNERS,
        says=lambda _: (r"Hagen Heimwerk moved its order, it comes in May 2026.*it did not come true",),
        not_to=("demir", "okafor"),
    ),
    Told(
        page="team/vargas/",
        to=("raman", "chen", "williams", "vargas"),
        says=lambda _: (r"In 8 of 11 months the baseline was put up by more than 10 %",),  # the twelfth is not over
        not_to=("solberg", "mensah", "moreau"),
    ),
)
SIGNALS = (
    Told(
        page="bench/?place=family:HOS",
        to=PLANNERS,
        says=lambda t: (
            "Order {order} of .* asks {quantity:.0f} of .* reads like {meant:.0f} times {factor:.0f}".format(
                **t["signals"]["unit_error"]
            ),
        ),
        not_to=("demir", "amann"),
    ),
    Told(
        page="bench/?place=family:VAL",
        to=PLANNERS,
        says=lambda _: (r"Valve VA 25 had no stock for \d+ days, October 2025 to November 2025",),
        not_to=("haddad",),
    ),
    Told(
        page="bench/?place=family:POF",
        to=PLANNERS,
        says=lambda t: (f"{t['signals']['promotion']['promotion']} at .* promised 25 % more and brought 0.8 %",),
        not_to=("vargas",),
    ),
)
VENDOR = (
    Told(
        page="parameters/",
        to=(*PLANNERS, "dvorak"),
        says=lambda t: (
            "({material}|Controller board CB-7).* of .*: planned {planned_days} days, lately {actual_days}".format(
                **t["slipping_vendor"]
            ),
        ),
        not_to=("amann", "mikkelsen", "haddad"),
    ),
    Told(page="orders/", to=(*PLANNERS, "haddad"), says=_promised_row, not_to=("demir", "weidmann")),
    Told(
        page="orders/", to=("tanaka", "haddad"), says=_promised_line, not_to=("solberg", "dvorak")
    ),  # who writes to it
    Told(
        page="orders/?all=customers", to=("dvorak",), says=_promised_row, not_to=("amann", "mikkelsen")
    ),  # who makes it
    Told(
        page="materials/",
        to=(*PLANNERS, "dvorak"),
        says=lambda t: (f"{t['slipping_vendor']['material']}.* from September 2026",),
        not_to=("amann", "haddad"),
    ),
    Told(
        page="decisions/",
        to=PLANNERS,
        says=lambda t: (f"{OPEN}-vendor-{t['slipping_vendor']['vendor']}",),
        not_to=("dvorak", "haddad"),
    ),
)
NOT_KEPT = (
    Told(
        page="adherence/",
        to=(*PLANNERS, "mikkelsen"),
        says=lambda t: (
            f"Production, each item by itself, Odense Freja Mikkelsen {100 * t['plan_not_kept']['mix']:.1f} %",
            "unanswered",
        ),
        not_to=("amann", "dvorak", "demir"),
    ),
    Told(
        page="sheets/{adherence}/",
        to=(*PLANNERS, "mikkelsen"),
        says=lambda _: (r"production Odense Freja Mikkelsen .* 101\.\d %",),
        not_to=("amann",),
    ),
    Told(
        page="parameters/",
        to=PLANNERS,
        says=lambda t: (
            f"{100 * t['plan_not_kept']['rate_under_standard']:.0f} % under the standard rate. All are at (ODE|Odense)",
        ),
        not_to=("amann", "dvorak"),
    ),
    Told(
        page="parameters/",
        to=("mikkelsen",),  # whose own plant it is
        says=lambda t: (f"{100 * t['plan_not_kept']['rate_under_standard']:.0f} % under the standard rate.",),
        not_to=("amann", "dvorak"),
    ),
    Told(
        page="executive/",
        to=PLANNERS,
        says=lambda t: (f", {100 * t['plan_not_kept']['decision_realised']:.0f} % .{{0,20}}; 2026-04-L21",),
        not_to=("mikkelsen", "weidmann", "okafor"),
    ),
)
DECOYS = {"DOS": "a won contract", "SEA": "an early season", "PRO": "a burst of an intermittent item"}


@pytest.fixture
def reads(lived: Lived, settings: Settings) -> Iterator[Callable[[str, str], str]]:
    """``reads("chen", "bench/")``: the text of a page of June on working day 4, empty where it is refused."""
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    clients: dict[str, Client] = {}
    said: dict[tuple[str, str], str] = {}
    clock = lived.plan.clock
    type(lived.plan).objects.filter(pk=lived.plan.pk).update(clock=moment(lived.period, 4))
    sheet = lived.looking("williams").version(SheetKind.ADHERENCE, find_cycle(lived.plan, OPEN))
    assert sheet is not None

    def read(person: str, page: str) -> str:
        if person not in clients:
            account = Account.objects.create_account(login=person, password=None, plan=lived.plan, person=person)
            clients[person] = Client()
            clients[person].force_login(account)
        if (person, page) not in said:
            answer = clients[person].get(f"/p/threads/{OPEN}/{page.format(adherence=sheet.pk)}")
            assert answer.status_code in (200, 403, 404), (person, page)  # a line of another plant is not there
            said[person, page] = text_of(answer.content.decode()) if answer.status_code == 200 else ""
        return said[person, page]

    yield read
    type(lived.plan).objects.filter(pk=lived.plan.pk).update(clock=clock)


def text_of(page: str) -> str:
    """What a page says, a line for each row, paragraph and point."""
    main = page.partition("<main")[2].partition("</main>")[0]
    lines = re.sub(r"</(tr|p|li|h\d|summary)>", "\n", re.sub(r"\s+", " ", "<main" + main))
    whole = re.sub(r'<span class="unbroken">([^<]*)</span>', r"\1", lines)  # inline: no blank around it
    plain = html.unescape(re.sub(r"<[^>]+>", " ", whole))
    return "\n".join(" ".join(line.split()) for line in plain.splitlines())


TELLINGS = {
    "the full peak": FULL_PEAK, "the leaving customer": LEAVING, "the signals": SIGNALS,
    "the slipping vendor": VENDOR, "the plan that was not kept": NOT_KEPT,
}  # fmt: skip


@pytest.mark.parametrize("thread", TELLINGS)
def test_whoever_may_read_a_page_of_a_thread_reads_its_true_number(
    lived: Lived, reads: Callable[[str, str], str], thread: str
) -> None:
    missing = [
        (person, told.page, wanted)
        for told in TELLINGS[thread]
        for person in told.to
        for wanted in told.says(lived.truth)
        if not re.search(wanted, reads(person, told.page))
    ]
    assert missing == []
    told_too = [
        (person, told.page)
        for told in TELLINGS[thread]
        for person in told.not_to
        if all(re.search(wanted, reads(person, told.page)) for wanted in told.says(lived.truth))
    ]
    assert told_too == []


def test_a_division_head_reads_on_her_family_page_what_waits_for_the_full_line(
    lived: Lived, reads: Callable[[str, str], str]
) -> None:
    """Lines, conflicts and papers are the whole company's and not hers; what her customers wait for is."""
    late = lived.sheet(SheetKind.SUPPLY_PLAN, stage="final").cube("backlog")
    waits = late.values[late.axis.labels("family") == "GPU"].sum(axis=0)
    worst = int(waits.argmax())
    assert waits[worst] > 100
    month = lived.period.start.month + late.first + worst - lived.period.index
    head = f"Late at the end of {day(f'2026-{month:02}-01', 'F Y')}"
    assert month in {9, 10}  # the peak of L11 and the month after it
    for person in ("weidmann", *PLANNERS):
        said = reads(person, "family/?place=family:GPU")
        assert f"{head}: {whole(waits[worst])} pcs, the most in the plan" in said, person
    own = reads("okafor", "family/?place=family:DOS")  # whose contract goes first in the plan
    assert "Dosing pumps" in own
    assert head not in own
    assert reads("okafor", "family/?place=family:GPU") == ""
    for page in ("load/", "conflicts/", "decisions/"):
        assert {reads(person, page) for person in ("weidmann", "okafor")} == {""}, page


def test_what_the_plan_gives_up_stands_on_the_family_page_and_on_the_executives(
    lived: Lived, reads: Callable[[str, str], str]
) -> None:
    """A backlog that falls is cured, or given up: both are said, to whoever reads the place."""
    cube = lived.sheet(SheetKind.SUPPLY_PLAN, stage="final").cube("lost")
    lost = cube.values[cube.axis.labels("division") == "IND"].sum(axis=0)
    most = int(lost.argmax())
    assert lost[most] > 50
    month = day(f"2026-{lived.period.start.month + cube.first + most - lived.period.index:02}-01", "F Y")
    for person in ("okafor", *PLANNERS):
        said = reads(person, "family/?place=division:IND")
        told = rf"Given up in {month}, neither shipped nor waited for: {whole(lost[most])} pcs, the most in the plan\."
        assert re.search(told, said), person
    assert re.search(r"of what is due is given up, neither shipped nor waited for", reads("solberg", "executive/"))
    assert "Given up" not in reads("weidmann", "family/?place=division:IND")


@pytest.mark.parametrize("family", DECOYS)
def test_a_decoy_is_proposed_to_be_cleaned_to_nobody(reads: Callable[[str, str], str], family: str) -> None:
    for person in PLANNERS:
        said = reads(person, f"bench/?place=family:{family}")
        assert "Unlike the past" in said
        assert "Clean history" not in said, DECOYS[family]
    assert ("A new level" in reads("chen", f"bench/?place=family:{family}")) == (family == "DOS")


def test_no_parameter_conflict_paper_or_deviation_is_made_of_a_decoy(
    lived: Lived, reads: Callable[[str, str], str]
) -> None:
    told = lived.truth["signals"]["decoys"]
    won, burst, season = told["won_contract"], told["intermittent_burst"]["item"], told["early_season"]["family"]
    customer = rf"({won['customer']}\b|Lechtal Dosiertechnik)"
    contract = f"({'|'.join(won['items'])})"
    for person in ("moreau", "tanaka"):
        stocks = reads(person, "parameters/?all=stocks").splitlines()
        assert any(line.startswith("▲ ") and " % " in line for line in stocks)
        # The burst's item is under what its errors ask for with the burst's month and without it.
        assert [line for line in stocks if re.match(rf"▲ .*({contract}|{season}-\d+)\b.* % over", line)] == []
    for person in ("solberg", "pohl", "moreau"):
        papers = re.findall(rf"{OPEN}-(?!\d\d\b)[\w@-]+", reads(person, "decisions/"))
        assert set(papers) == {f"{OPEN}-L11", f"{OPEN}-vendor-V08"}
        conflicts = reads(person, "conflicts/?all")
        assert "go short of" in conflicts
        assert burst not in conflicts
        short = [line for line in conflicts.splitlines() if re.search(contract, line)]
        assert [line for line in short if re.search(customer, line)] == []
    for person in ("raman", "solberg", "okafor"):
        said = reads(person, "deviations/")
        assert said
        assert not re.search(rf"{customer}|{burst}|{contract}|{season}-", said)
