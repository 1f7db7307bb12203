"""The sentences of the pages about sheets, and their rows in the order of the flow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from onenumber.model.sheet import SheetKind
from onenumber.rights.table import WRITE
from onenumber.steps.frame.news import Stand
from onenumber.steps.see.risks import NewsShown, RisksShown
from onenumber.web.numbers import NOTHING, period_words, share, signed
from onenumber.web.sheets.model import SheetLine
from onenumber.web.words import PHASES, SHEETS, roles_words, sheet_kind_words, sheet_words

MADE_BY: Mapping[tuple[SheetKind, str], str] = {
    (SheetKind.LOAD, ""): "load",
    (SheetKind.COMPANY, ""): "freeze",
    (SheetKind.HISTORY, ""): "freeze",
    (SheetKind.FORECAST, ""): "forecast",
    (SheetKind.SALES_INPUT, ""): "close_input",
    (SheetKind.CONSENSUS, ""): "agree",
    (SheetKind.SUPPLY_PLAN, "proposed"): "plan",
    (SheetKind.REVIEW, ""): "review",
    (SheetKind.DECISION, "papers"): "prepare",
    (SheetKind.DECISION, "decided"): "replan",
    (SheetKind.SUPPLY_PLAN, "final"): "replan",
    (SheetKind.REVIEW, "final"): "replan",
    (SheetKind.PUBLISHED_PLAN, ""): "publish",
    (SheetKind.ADHERENCE, ""): "measure",
}
"""The verb of the rights table that makes each sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """One sheet of the flow: its name, its newest version if there is one, earlier ones, and who makes it when."""

    name: str
    newest: SheetLine | None
    earlier: tuple[SheetLine, ...]
    made_when: str


def flow_rows(lines: Sequence[SheetLine]) -> tuple[FlowRow, ...]:
    """Every sheet of a cycle in the order of the flow, made or not; then those made between meetings."""
    between = {
        (one.ref.kind, one.ref.stage): one for one in reversed(lines) if (one.ref.kind, one.ref.stage) not in SHEETS
    }
    return (
        *(_flow_row(kind, stage, lines) for kind, stage in SHEETS),
        *(
            FlowRow(name=sheet_kind_words(kind, stage), newest=one, earlier=(), made_when="")
            for (kind, stage), one in between.items()
        ),
    )


def _flow_row(kind: SheetKind, stage: str, lines: Sequence[SheetLine]) -> FlowRow:
    own = [line for line in lines if (line.ref.kind, line.ref.stage) == (kind, stage)]
    right = WRITE[MADE_BY[kind, stage]]
    values = {"roles": _either(list(right.roles)), "phase": " or ".join(str(PHASES[p]) for p in right.phases)}
    when = gettext("made by %(roles)s in %(phase)s") if right.phases else gettext("made by %(roles)s")
    return FlowRow(
        name=str(SHEETS[kind, stage]),
        newest=next((line for line in own if line.newest), None),
        earlier=tuple(line for line in own if not line.newest),
        made_when=when % values,
    )


def _either(roles: Sequence[str]) -> str:
    """Roles of which any one may do it."""
    *others, last = [roles_words([role]) for role in roles]
    return gettext("%(all)s or %(last)s") % {"all": ", ".join(others), "last": last} if others else last


def state_of_the_month(rows: Sequence[FlowRow]) -> str:
    """How far the sheets are, in a sentence."""
    made = [row for row in rows if row.newest]
    head = ngettext("%(made)d of %(all)d sheets is made.", "%(made)d of %(all)d sheets are made.", len(made)) % {
        "made": len(made),
        "all": len(rows),
    }
    return " ".join([head, *(_stale_sentence(row.newest) for row in made if row.newest and row.newest.stale_because)])


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """One news that is not in the number: what, where and when; its own words; how much and how sure; by whom."""

    head: str
    text: str
    figures: str
    source: str


def risk_lines(shown: RisksShown) -> tuple[RiskLine, ...]:
    """The risks and opportunities of a cycle, by their number."""
    return tuple(_risk_line(one, shown.currency) for one in shown.risks)


def _risk_line(one: NewsShown, currency: str) -> RiskLine:
    where = gettext("%(kind)s at %(place)s") % {"kind": one.kind.replace("_", " "), "place": one.place}
    values = {"first": period_words(one.first), "last": period_words(one.last)}
    months = gettext("%(first)s to %(last)s") % values if one.first else ""
    stands = gettext("undecided") if one.stand is Stand.UNDECIDED else gettext("out: %(why)s") % {"why": one.because}
    since = gettext("shared in %(cycle)s") % {"cycle": period_words(one.of)} if one.of else ""
    return RiskLine(
        head=", ".join(part for part in (where, months) if part),
        text=one.text,
        figures=" · ".join(_risk_figures(one, currency)),
        source=", ".join(part for part in (one.author, since, stands) if part),
    )


def _risk_figures(one: NewsShown, currency: str) -> Iterator[str]:
    if one.amount is None:
        yield gettext("no amount known")
    else:
        if one.amount.units is not None:
            yield f"{signed(one.amount.units)} {one.amount.unit}"
        if one.amount.revenue is not None:
            yield f"{signed(one.amount.revenue)} {currency}"
    sure = share(one.probability) if one.probability is not None else NOTHING
    yield gettext("probability %(share)s") % {"share": sure}


def _stale_sentence(line: SheetLine) -> str:
    values = {"sheet": sheet_words(line.ref), "why": line.stale_because}
    return gettext("%(sheet)s is stale, because %(why)s; it must be made again.") % values
