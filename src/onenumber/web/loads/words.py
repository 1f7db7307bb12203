"""The sentences of the pages about loads."""

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.model.finding import Finding, Severity
from onenumber.web.loads.model import LoadLine, LoadState
from onenumber.web.numbers import number

STATES: Mapping[LoadState, str | Promise] = {
    LoadState.WAITING: _("waiting for its turn"),
    LoadState.RUNNING: _("loading"),
    LoadState.LOADED: _("loaded"),
    LoadState.CHECKED: _("checked, nothing kept"),
    LoadState.NOTHING: _("nothing loaded"),
    LoadState.STOPPED: _("stopped, nothing loaded"),
    LoadState.CANCELLED: _("cancelled, nothing loaded"),
}

SEVERITIES: Mapping[Severity, str | Promise] = {
    Severity.BLOCKED: _("not loaded"),
    Severity.ATTENTION: _("loaded, look at it"),
    Severity.NOTE: _("worth knowing"),
    Severity.APART: _("kept apart, not an error"),
}

LOOK: Mapping[LoadState, str | Promise] = {
    LoadState.CHECKED: _("would load, look at it"),
    LoadState.NOTHING: _("look at it"),
}
"""What is to be looked at in a load that kept nothing."""

LEFT_OUT: Mapping[str, str | Promise] = {
    "unknown_file": _("file not read"),
    "unknown_tab": _("tab not read"),
    "unknown_column": _("column not read"),
    "no_rows": _("no rows to load"),
}
"""Findings about what was not read, and so was not loaded, though nothing is wrong with any row."""


def effect(finding: Finding, state: LoadState) -> str | Promise:
    """What a finding did to what it is about.

    Example:
        >>> from onenumber.model.finding import Place
        >>> stray = Finding(code="unknown_file", severity=Severity.ATTENTION, place=Place(file="ordr_lines.csv"))
        >>> str(effect(stray, LoadState.LOADED))
        'file not read'
    """
    if finding.severity is Severity.ATTENTION and state in LOOK and finding.code not in LEFT_OUT:
        return LOOK[state]
    return LEFT_OUT.get(finding.code, SEVERITIES[finding.severity])


def lead(lines: Sequence[LoadLine]) -> str:
    """When data came last and how much of it, or that none came yet; a check that kept nothing is no load."""
    last = next((one for one in lines if one.state is LoadState.LOADED), None)
    if last is None:
        return gettext("Nothing has been loaded yet. The first load fills the company: its items, customers, sites and "
                       "orders.")  # fmt: skip
    day = date_format(last.at, "j F Y")
    if last.rows_good is None:
        return gettext("Loaded last on %(day)s by %(who)s.") % {"day": day, "who": last.by}
    bad = last.rows_bad or 0
    rest = ngettext("%(n)s row was not loaded", "%(n)s rows were not loaded", bad) % {"n": number(bad)}
    return gettext("Loaded last on %(day)s by %(who)s: %(good)s rows; %(rest)s.") % {
        "day": day, "who": last.by, "good": number(last.rows_good),
        "rest": rest if bad else gettext("every row was good"),
    }  # fmt: skip


def outcome(line: LoadLine) -> str:
    """What became of a load, in a sentence."""
    match line.state:
        case LoadState.WAITING:
            return gettext("The load waits for its turn. You may leave this page.")
        case LoadState.RUNNING:
            return _under_way(line)
        case LoadState.STOPPED:
            return gettext("The load stopped before its end. Nothing of it was kept; load the files again.")
        case LoadState.CANCELLED:
            return gettext("The load was cancelled. Nothing of it was kept.")
        case LoadState.NOTHING:
            return line.said
        case LoadState.CHECKED | LoadState.LOADED:
            return f"{_ended(line)}{_beside_rows(line)}"


def _under_way(line: LoadLine) -> str:
    if not line.total:
        return gettext("The files are being read. You may leave this page.")
    values = {"done": number(line.done), "total": number(line.total), "part": line.said}
    if not line.said:
        return gettext("%(done)s of %(total)s parts are through. You may leave this page.") % values
    return gettext("%(done)s of %(total)s parts are through, now %(part)s. You may leave this page.") % values


def _beside_rows(line: LoadLine) -> str:
    """What the rows do not say: that nothing of it was new, or that people are called otherwise."""
    if not line.changed:
        return gettext(" Nothing changed: all of it was there already.")
    if not line.renamed:
        return ""
    said = ngettext(
        " %(n)s person has another name or address now.", " %(n)s people have another name or address now.",
        line.renamed,
    )  # fmt: skip
    return said % {"n": number(line.renamed)}


def _ended(line: LoadLine) -> str:
    verb = gettext("would load") if line.dry_run else gettext("loaded")
    rows_good, rows_bad = line.rows_good or 0, line.rows_bad or 0
    good = ngettext("%(n)s row %(verb)s", "%(n)s rows %(verb)s", rows_good) % {"n": number(rows_good), "verb": verb}
    if not rows_bad:
        return gettext("%(good)s; none was left out.") % {"good": good}
    word = gettext("would not") if line.dry_run else gettext("did not")
    bad = ngettext("%(n)s row %(word)s", "%(n)s rows %(word)s", rows_bad) % {"n": number(rows_bad), "word": word}
    return gettext("%(good)s; %(bad)s. Each is listed below with what to do.") % {"good": good, "bad": bad}
