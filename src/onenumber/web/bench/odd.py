"""What is unlike the past, in words: its kind, a sentence of its own for each, and the verdict on it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onenumber.demand.anomalies import Kind
from onenumber.steps.see.bench import Bench, Judged
from onenumber.web.numbers import number, period_words, share, short

KINDS: Mapping[str, str | Promise] = {
    "wrong_unit": _("a unit was mistaken"), "one_off": _("an order that comes once"),
    "hidden": _("no stock: demand is hidden"), "flat_promotion": _("a promotion sold nothing more"),
    "new_level": _("a new level"), "silent": _("a customer fell silent"), "news": _("news"),
    "promotion": _("promotion"), "launch": _("launch"), "phase_out": _("phase-out"),
}  # fmt: skip
VERDICTS: Mapping[str, str | Promise] = {"clean": _("History is cleaned of it"), "keep": _("History keeps it")}


@dataclass(frozen=True, slots=True, kw_only=True)
class OddLine:
    """An anomaly: its title and sentence, what cleaning would do (empty: nothing is to be cleaned), its verdict."""

    key: str
    title: str
    text: str
    proposal: str
    verdict: str
    open: bool


def odd_lines(shown: Bench) -> list[OddLine]:
    """What is unlike the past, in words."""
    return [_odd(one, shown.currency) for one in shown.odds]


def _odd(one: Judged, currency: str) -> OddLine:
    moved = sum(delta for _, delta in one.anomaly.deltas)
    proposal = ""
    if one.anomaly.deltas:
        values = {"delta": f"+{number(moved)}" if moved > 0 else number(moved), "unit": one.anomaly.unit}
        proposal = gettext("Cleaned, history has %(delta)s %(unit)s there.") % values
    verdict = f"{VERDICTS[one.verdict]}: “{one.because}” {one.by}" if one.verdict else ""
    title = f"{KINDS[one.anomaly.kind.value]}, {short(one.anomaly.money)} {currency}"
    return OddLine(
        key=one.anomaly.key, title=title[:1].upper() + title[1:], text=SAID[one.anomaly.kind](one), proposal=proposal,
        verdict=verdict, open=not one.verdict,
    )  # fmt: skip


def _wrong_unit(one: Judged) -> str:
    told = one.anomaly.evidence
    values = {
        "order": told["order"], "customer": one.customer, "item": one.item, "quantity": number(one.anomaly.actual),
        "usual": number(one.anomaly.usual), "factor": number(float(str(told["factor"]))), "day": _day(told["ordered"]),
        "meant": number(float(str(told["meant"]))),
    }  # fmt: skip
    said = gettext(
        "Order %(order)s of %(day)s: %(customer)s asks %(quantity)s of %(item)s, usually %(usual)s. It reads like "
        "%(meant)s times %(factor)s."
    )
    if told["returned"]:
        said += " " + gettext("%(back)s came back.") % {"back": number(float(str(told["returned"])))}
    return said % values


def _one_off(one: Judged) -> str:
    values = {
        "order": one.anomaly.evidence["order"], "customer": one.customer, "item": one.item,
        "quantity": number(one.anomaly.actual), "usual": number(one.anomaly.usual),
    }  # fmt: skip
    return (
        gettext(
            "Order %(order)s: %(customer)s asked %(quantity)s of %(item)s, usually %(usual)s, and went on as before."
        )
        % values
    )


def _hidden(one: Judged) -> str:
    told = one.anomaly.evidence
    values = {
        "item": one.item, "days": told["days"], "from": period_words(one.first), "to": period_words(one.last),
        "sold": number(one.anomaly.actual), "usual": number(one.anomaly.usual),
    }  # fmt: skip
    return (
        gettext(
            "%(item)s had no stock for %(days)s days, %(from)s to %(to)s. %(sold)s were ordered, usual are %(usual)s: "
            "the others went elsewhere, and a forecast from these months plans the shortage again."
        )
        % values
    )


def _flat(one: Judged) -> str:
    told = one.anomaly.evidence
    values = {
        "promotion": told["promotion"], "customer": one.customer, "month": period_words(one.first),
        "promised": share(float(str(told["promised"])) / 100), "percent": share(float(str(told["percent"])) / 100, 1),
    }  # fmt: skip
    said = (
        gettext("%(promotion)s at %(customer)s in %(month)s promised %(promised)s more and brought %(percent)s.")
        % values
    )
    if told["again"]:
        said += " " + gettext("It is planned again for %(day)s: do not count on it twice.") % {
            "day": _day(told["again"])
        }
    return said


def _new_level(one: Judged) -> str:
    values = {
        "customer": one.customer, "sold": number(one.anomaly.actual), "usual": number(one.anomaly.usual),
        "unit": one.anomaly.unit, "months": one.anomaly.evidence["months"],
    }  # fmt: skip
    return (
        gettext(
            "%(customer)s took %(sold)s %(unit)s in %(months)s months, usual are %(usual)s, each month above all "
            "before. It is a new level, not to be flattened: ask sales why it came."
        )
        % values
    )


def _silent(one: Judged) -> str:
    told = one.anomaly.evidence
    days = int(str(told["silent"])) - 1  # it runs to the first day after history
    values = {
        "customer": one.customer, "day": _day(told["ordered"]), "silent": days, "interval": told["interval"],
    }  # fmt: skip
    return (
        gettext(
            "%(customer)s ordered last on %(day)s, %(silent)s days before history ends; usually every %(interval)s "
            "days. Ask sales before the forecast counts on them."
        )
        % values
    )


def _day(text: object) -> str:
    return date_format(dt.date.fromisoformat(str(text)), "j F")


SAID = {
    Kind.WRONG_UNIT: _wrong_unit, Kind.ONE_OFF: _one_off, Kind.HIDDEN: _hidden, Kind.FLAT_PROMOTION: _flat,
    Kind.NEW_LEVEL: _new_level, Kind.SILENT: _silent,
}  # fmt: skip
"""The sentence of each kind of anomaly."""
