"""Every step of the month, in the order in which it comes."""

from types import MappingProxyType

from onenumber.steps import (
    accept,
    advance,
    agree,
    amend,
    answer,
    clock,
    collect,
    decide,
    edit,
    emergency,
    escalate,
    forecast,
    freeze,
    load,
    measure,
    news,
    open_,
    plan,
    prepare,
    publish,
    rebase,
    reopen,
    replan,
    return_,
    review,
    send,
    sign,
    submit,
    tidy,
    triage,
    undo,
    waive,
    weigh,
)
from onenumber.steps.frame.declare import Step

STEPS: MappingProxyType[str, Step] = MappingProxyType(
    {
        module.STEP.name: module.STEP
        for module in (
            load, amend, open_, freeze,
            forecast, rebase, edit, undo, news, triage, submit, return_, accept, collect, agree,
            plan, send, escalate, emergency,
            review, weigh, prepare,
            decide, replan,
            publish, measure, answer,
            sign, advance, waive, reopen, clock, tidy,
        )
    }
)  # fmt: skip
"""Steps by name; a job, a command and a test find them here."""
