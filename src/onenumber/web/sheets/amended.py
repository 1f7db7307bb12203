"""What amendments changed in a published plan, in words."""

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.urgent import AmendmentShown, CellChanged
from onenumber.web.numbers import number, period_words
from onenumber.web.tables.model import Block, Cell, Row, table, words

KINDS: Mapping[str, str | Promise] = {
    "asked": _("asked"), "promised": _("promised"), "made": _("made"), "bought": _("ordered"),
}  # fmt: skip
MOST = 60
"""Cells that a page shows; the export has all."""


def amended_blocks(found: Sequence[AmendmentShown]) -> tuple[Block, ...]:
    """A block for each amendment: because of what and by whom, and every cell that it changed."""
    return tuple(_block(one) for one in found)


def _block(one: AmendmentShown) -> Block:
    said = gettext("%(author)s named an emergency: “%(reason)s”. %(by)s said yes on %(at)s.")
    values = {"author": one.author, "reason": one.reason, "by": one.by, "at": date_format(one.at, "j F H:i")}
    count = ngettext(" It changed %(n)d figure.", " It changed %(n)d figures.", len(one.cells)) % {"n": len(one.cells)}
    title = gettext("Amendment %(stage)s") % {"stage": one.stage}
    heads = (gettext("Item"), gettext("What"), gettext("Of"), gettext("Month"), gettext("Was"), gettext("Is"))
    more = len(one.cells) - MOST
    return Block(
        kind=one.stage, title=title, sentence=said % values + count,
        table=table(title, heads, tuple(map(_row, one.cells[:MOST]))),
        more=ngettext("%(n)d more", "%(n)d more", more) % {"n": more} if more > 0 else "",
    )  # fmt: skip


def _row(one: CellChanged) -> Row:
    cells = (
        words(str(KINDS[one.kind])), words(one.of), words(period_words(one.period)), Cell(text=number(one.was)),
        Cell(text=number(one.now)),
    )  # fmt: skip
    return Row(name=one.item, cells=cells)
