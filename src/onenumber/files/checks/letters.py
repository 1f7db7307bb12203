"""Characters inside labels that nobody sees."""

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import Fault
from onenumber.files.letters import holds_hidden, spelt_out
from onenumber.model.contract import Kind


def check_letters(batch: Batch) -> Batch:
    """Refuse rows with a label that holds an invisible character or a blank that is none: it looks like another label.

    Spellings that ``aliases`` maps have become their label before.
    """
    for name in batch.good:
        labels = [column.name for column in batch.contract[name].columns if column.kind is Kind.LABEL]
        batch = batch.judged(name, _hidden(batch.good[name].select(labels)))
    return batch


def _hidden(labels: pl.DataFrame) -> list[Fault]:
    """The faults of the columns that are not in ASCII; nearly always none is."""
    wide = labels.select((pl.all().str.len_bytes() != pl.all().str.len_chars()).any()).row(0) if labels.width else ()
    faults = []
    for label, odd in zip(labels, wide, strict=True):
        if odd:
            where = pl.select(holds_hidden(pl.lit(label))).to_series().fill_null(value=False)
            faults.append(Fault(code="hidden_letter", where=where, column=label.name, values=spelt_out(label, where)))
    return faults
