"""What templates of every screen use: numbers, findings in words, charts, static files by their content."""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onenumber.cycle.phases import Phase
from onenumber.model.finding import Finding, Severity
from onenumber.model.sheet import SheetState
from onenumber.steps.see.cycle import OpenPoint
from onenumber.steps.see.demo_clock import ClockStop
from onenumber.web.act.model import Ask, Choice, Way
from onenumber.web.act.words import LABELS, once_words, verb_of
from onenumber.web.bench.odd import KINDS
from onenumber.web.charts.draw import Chart, Series, draw
from onenumber.web.charts.draw import spark as spark_path
from onenumber.web.family.table import Cell, TableRow
from onenumber.web.frame.words import CLOCK_STOPS, waiting_words
from onenumber.web.numbers import number, period_words
from onenumber.web.orders.emergency import emergency_href
from onenumber.web.refusals import choice_word
from onenumber.web.said import say, say_place, say_remedy, say_what
from onenumber.web.sheets.model import SheetRef
from onenumber.web.words import PHASES, STATES, named, roles_words, sheet_words

register = template.Library()


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with a mark of its content so that a browser may keep it."""
    return f"{static(path)}?{_mark(path)}"


@register.simple_tag(takes_context=True)
def emergency_link(context: template.Context, **filled: str | float) -> str:
    """The address of the form of an emergency in the cycle of a page, with what is known filled in.

    A quantity is filled in whole, as the page says it.
    """
    frame = context["frame"]
    whole = {name: one if isinstance(one, str) else round(one) or one for name, one in filled.items()}
    return emergency_href(frame.plan, frame.cycle, **whole)


@cache
def _mark(path: str) -> str:
    found = finders.find(path)
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:10] if found else ""


CODE = re.compile(r"\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+\b")
"""A code of an item, a line or a paper: a browser would break it at its hyphen."""


@register.filter
def codes(text: str) -> str:
    """A text whose codes stay in one piece where the line is full; what is copied or searched for is as it was.

    Example:
        >>> codes("Pump DX (P-104)"), codes("R&D")
        ('Pump DX (<span class="unbroken">P-104</span>)', 'R&D')
    """
    found = CODE.findall(text)
    if not found:
        return text
    pieces = zip(CODE.split(text), [*found, ""], strict=True)
    return format_html_join("", "{}{}", ((one, _unbroken(code)) for one, code in pieces))


def _unbroken(code: str) -> str:
    return format_html('<span class="unbroken">{}</span>', code) if code else ""


@register.filter
def count(value: float) -> str:
    """A whole number with its thousands spaced."""
    return number(value)


@register.filter
def xy(value: float) -> str:
    """A coordinate of a drawing."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


@register.filter
def plus(value: float, more: float) -> float:
    """A sum, for coordinates."""
    return value + more


@register.filter
def period(label: str) -> str:
    """A period in a sentence."""
    return period_words(label)


@register.filter
def event(kind: str) -> str:
    """What a flag of the workbench is."""
    return str(KINDS.get(kind, kind))


@register.filter
def roles(codes: tuple[str, ...]) -> str:
    """Roles in words."""
    return roles_words(codes)


@register.filter
def role(code: str) -> str:
    """A role in words."""
    return roles_words([code])


@register.filter
def phase(which: Phase) -> str:
    """A phase in a word."""
    return str(PHASES[which])


@register.filter
def clock_stop(stop: ClockStop) -> str:
    """Where a demo's clock may go on to, in words."""
    return str(CLOCK_STOPS[stop.key])


@register.filter
def waiting(one: OpenPoint) -> str:
    """What waits, in words."""
    return waiting_words(one)


@register.filter
def verb(way: Way) -> str:
    """What the button of a step says."""
    return verb_of(way)


@register.filter
def asks_once(way: Way) -> str:
    """What is said before a step that is not easily taken back; empty for any other."""
    return once_words(way)


@register.filter
def ask_label(ask: Ask) -> str:
    """What a field of a step's form is called."""
    return ask.says or str(LABELS[ask.name])


@register.filter
def choice_words(choice: Choice) -> str:
    """A choice of such a field."""
    said = choice.said or choice_word(choice.value)
    spelled = choice.said and choice.value.isupper() and not choice.said.endswith(f"({choice.value})")
    return f"{choice.value}: {said}" if spelled else said


@register.filter
def names(people: tuple[str, ...], otherwise: str) -> str:
    """People in words."""
    return named(people, otherwise)


@register.filter
def sheet_name(ref: SheetRef) -> str:
    """A sheet in words."""
    return sheet_words(ref)


@register.filter
def state_word(state: SheetState) -> str:
    """The state of a sheet in a word."""
    return str(STATES[state])


@register.filter
def sentence(finding: Finding) -> str:
    """A finding in words."""
    return say(finding)


@register.filter
def what(finding: Finding) -> str:
    """What a finding says happened, without its place."""
    return say_what(finding)


@register.filter
def remedy(finding: Finding) -> str:
    """What a finding says to do."""
    return say_remedy(finding)


@register.filter
def place(finding: Finding) -> str:
    """Where a finding is."""
    return say_place(finding.place)


@register.filter
def signal(severity: Severity) -> str:
    """The sign of a severity: a shape, so that colour is never alone."""
    return {Severity.BLOCKED: "■", Severity.ATTENTION: "▲", Severity.NOTE: "○", Severity.APART: "◇"}[severity]


@register.filter
def cells(row: TableRow) -> SafeString:
    """The cells of a row of the family page: some four hundred on a page, for which a loop in a template is slow."""
    return format_html_join("", '<td class="{}" title="{}">{}</td>', map(_cell, row.cells))


def _cell(cell: Cell) -> tuple[str, str, str]:
    shown = format_html('<a href="{}">{}</a>', cell.href, cell.text) if cell.href else cell.text
    return cell.look, cell.hint, shown


@register.inclusion_tag("charts/lines.html")
def chart(plot: Chart, says: str) -> Mapping[str, object]:
    """A chart; ``says`` is what it shows in words, for who cannot see it."""
    return {"drawing": draw(plot), "says": says}


@register.inclusion_tag("charts/spark.html")
def spark(values: Series) -> Mapping[str, object]:
    """A spark: one line as high as a line of text."""
    return {"path": spark_path(values)}
