"""Who answers for a breach of the plan, and for what; and what else is not done without a sentence."""

from dataclasses import replace

import polars as pl
import pytest

from onenumber.errors import BadArgumentError, NoAnswerNeededError, NotAllowedError, NothingToAnswerError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Actor, Grant
from onenumber.steps.registry import STEPS
from onenumber.store.models import Answer, Plan
from onenumber.store.plans import versions_of
from tests.steps.conftest import Act
from tests.steps.month_for_tests import version


@pytest.fixture
def breached(loaded: None, act: Act, plan: Plan) -> None:
    """Adherence of 2026-04 in which production at P1 is breached, and nothing else."""
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "measure")
    made, store = version(plan, SheetKind.ADHERENCE), versions_of(plan)
    sheet = store.get(made.content)
    is_breached = (pl.col("figure") == "production") | (pl.col("scope") == "DA")
    figures = sheet.table("figures").with_columns(is_breached.alias("breached"))
    is_nobodys = (pl.col("figure") == "sales") & (pl.col("scope") == "DA")
    figures = figures.with_columns(pl.when(is_nobodys).then(None).otherwise("owner").alias("owner"))
    made.content = store.put(replace(sheet, tables={"figures": figures}))
    made.save(update_fields=["content"])


def test_the_owner_of_a_breach_answers_for_it_in_a_sentence(breached: None, act: Act) -> None:
    with pytest.raises(BadArgumentError, match="answer cannot be asked without text: say the cause in a sentence"):
        act("pia", "answer", figure="production", scope="P1", text=" ")
    act("pia", "answer", figure="production", scope="P1", text="The press stood for two days.")
    assert list(Answer.objects.values_list("person", "figure", "text")) == [
        ("pia", "production", "The press stood for two days.")
    ]


def test_nobody_answers_for_the_breach_of_another(breached: None, act: Act) -> None:
    for person in ("ines", "fay", "omar"):
        with pytest.raises(NotAllowedError, match="may not answer for a breach for P1: Pia Rossi answers for it; only"):
            act(person, "answer", figure="production", scope="P1", text="Sequence was changed.")
    with pytest.raises(NotAllowedError, match="Adam Root may not answer for a breach: only"):
        act("adam", "answer", figure="production", scope="P1", text="Sequence was changed.")
    assert not Answer.objects.exists()


def test_a_deputy_and_a_superior_answer_as_well(breached: None, asking: object, plan: Plan) -> None:
    words = {"figure": "production", "scope": "P1", "text": "The press stood."}
    context = asking("sven")
    away = Actor(person="sven", grants=(Grant(role="PM", scope="P1", deputy_for="pia"),))
    STEPS["answer"].run(context.speaking_as(away), **words)
    company = version(plan, SheetKind.COMPANY)
    sheet = context.versions.get(company.content)
    people = sheet.table("people").with_columns(
        pl.when(pl.col("person") == "pia").then(pl.lit("omar")).otherwise("superior").alias("superior")
    )
    company.content = context.versions.put(replace(sheet, tables={**sheet.tables, "people": people}))
    company.save(update_fields=["content"])
    STEPS["answer"].run(asking("omar"), **words)
    assert list(Answer.objects.values_list("person", flat=True)) == ["sven", "omar"]


def test_only_a_breach_that_is_somebodys_is_answered(breached: None, act: Act) -> None:
    with pytest.raises(NoAnswerNeededError) as refused:
        act("sven", "answer", figure="inventory", scope="P1", text="All is well.")
    assert str(refused.value) == "inventory of P1 in cycle 2026-05 asks for no answer: it is not breached."
    with pytest.raises(NoAnswerNeededError, match="nobody owns it; load who does in `owners`"):
        act("ines", "answer", figure="sales", scope="DA", text="They ordered less.")
    with pytest.raises(NothingToAnswerError, match="has no figure sales for P9"):
        act("ines", "answer", figure="sales", scope="P9", text="They ordered less.")


def test_what_somebody_else_will_read_is_not_left_empty(agreed: None, act: Act) -> None:
    with pytest.raises(BadArgumentError, match="return cannot be asked without note: say what to look at again; the s"):
        act("ines", "return", patch="Nord", note="")
    with pytest.raises(BadArgumentError, match="reopen cannot be asked without reason: say why; those who signed"):
        act("olga", "reopen", phase="DATA", reason=" ")
    act("olga", "advance")
    with pytest.raises(BadArgumentError, match="escalate cannot be asked without reason: say why it goes up; the pre"):
        act("sven", "escalate", subject="L1", reason="")
    assert [argument.name for argument in STEPS["return"].arguments if argument.required] == ["patch", "note"]
