"""Every step of the month, in the order in which it comes."""

from types import MappingProxyType

from onenumber.steps import (
    accept,
    advance,
    agree,
    answer,
    ask,
    clock,
    collect,
    decide,
    edit,
    emergency,
    escalate,
    forecast,
    freeze,
    judge,
    load,
    look,
    measure,
    news,
    open_,
    plan,
    prepare,
    publish,
    rebase,
    reopen,
    replan,
    reply,
    return_,
    review,
    sign,
    submit,
    tidy,
    triage,
    undo,
    waive,
)
from onenumber.steps.frame.declare import Step

STEPS: MappingProxyType[str, Step] = MappingProxyType(
    {
        module.STEP.name: module.STEP
        for module in (
            load, open_, freeze,
            forecast, judge, look, rebase, edit, undo, news, triage, ask, reply,
            submit, return_, accept, collect, agree,
            plan, escalate, emergency,
            review, prepare,
            decide, replan,
            publish, measure, answer,
            sign, advance, waive, reopen, clock, tidy,
        )
    }
)  # fmt: skip
"""Steps by name; a job, a command and a test find them here."""
