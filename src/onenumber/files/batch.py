"""The tables of one load on their way through the checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from onenumber.files.faults import FILE, ROW, Fault, blocked, listed
from onenumber.model.contract import TABLES, Table
from onenumber.model.finding import Finding

Tables = Mapping[str, pl.DataFrame]
Contract = Mapping[str, Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Good and refused rows per table with their file and row, what is known from earlier loads, and the findings.

    ``contract`` is what they are held to.
    """

    good: Tables
    refused: Tables
    known: Tables
    findings: tuple[Finding, ...] = ()
    contract: Contract = field(default_factory=lambda: TABLES)

    def with_table(self, name: str, table: pl.DataFrame) -> "Batch":
        """The batch with other good rows of one table."""
        return replace(self, good={**self.good, name: table})

    def judged(self, name: str, faults: Iterable[Fault]) -> "Batch":
        """The batch after ``faults`` over the good rows of one table: blocked rows are refused, all are listed."""
        faults = [fault for fault in faults if fault.where.any()]
        if not faults:
            return self
        table = self.good[name]
        bad = blocked(faults, len(table))
        refused = pl.concat([self.refused[name], table.filter(bad)], how="diagonal_relaxed")
        return replace(
            self,
            good={**self.good, name: table.filter(~bad)},
            refused={**self.refused, name: refused},
            findings=(*self.findings, *listed(faults, files=table[FILE], rows=table[ROW])),
        )

    def values(self, target: str) -> pl.Series:
        """Every value of ``table.column`` that is loaded or known, once each."""
        name, column = target.split(".")
        held = [source[name][column] for source in (self.known, self.good) if name in source]
        return pl.concat(held).unique(maintain_order=True) if held else pl.Series("", [], dtype=pl.String)
