"""In which tables people wrote at all, asked in one go: a page does not ask each of them to hear of nothing."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection
from django.db.models import Model

from onenumber.store.models import (
    ActionRow,
    Answer,
    BriefRow,
    ChangeRow,
    Cycle,
    DecisionRow,
    Layer,
    News,
    OrderConfirmation,
    OrderRequest,
    PhaseChange,
    PlantAnswer,
    QuestionRow,
    SignatureRow,
    SubmissionRow,
    TriageRow,
    UrgentPaper,
    WaiverRow,
)

Tables = frozenset[type[Model]]
OF_A_CYCLE: Mapping[type[Model], str] = {
    **dict.fromkeys(
        (
            ActionRow, Answer, BriefRow, ChangeRow, DecisionRow, News, OrderConfirmation, PhaseChange, PlantAnswer,
            SignatureRow, SubmissionRow, TriageRow, WaiverRow,
        ),
        "",
    ),
    Layer: " AND last_sequence > 0",
}  # fmt: skip
"""Tables that are read cycle by cycle; of layers only those in which something was typed."""
OF_A_PLAN: Mapping[type[Model], str] = {
    ActionRow: "", DecisionRow: " AND how IN ('refused', 'deferred')", News: "", OrderRequest: "", QuestionRow: "",
    TriageRow: "", UrgentPaper: "",
}  # fmt: skip
"""Tables of which later cycles read what earlier ones wrote; of decisions only what went back to somebody."""


def written_in(cycle: Cycle) -> tuple[Tables, Tables]:
    """The tables in which a cycle has a row, and those in which its plan has one, of all that stand above."""
    own = (_asks(table, "cycle_id", only) for table, only in OF_A_CYCLE.items())
    asked = [*own, *(_asks(table, "plan_id", only) for table, only in OF_A_PLAN.items())]
    keys = [*([cycle.pk] * len(OF_A_CYCLE)), *([cycle.plan_id] * len(OF_A_PLAN))]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}", keys)
        found = cursor.fetchone()
    return _there(OF_A_CYCLE, found), _there(OF_A_PLAN, found[len(OF_A_CYCLE) :])


def _asks(table: type[Model], column: str, only: str = "") -> str:
    """Whether a table has a row; Django takes 16 ms to put together what this asks of all of them."""
    return f"EXISTS(SELECT 1 FROM {table._meta.db_table} WHERE {column} = %s{only})"  # noqa: S608, SLF001 - as above


def _there(tables: Iterable[type[Model]], found: Sequence[object]) -> Tables:
    return frozenset(table for table, is_there in zip(tables, found, strict=False) if is_there)
