"""Every step of the month, in the order in which it comes."""

from types import MappingProxyType

from onenumber.steps import (
    accept,
    action,
    advance,
    agree,
    answer,
    answer_plan,
    clock,
    collect,
    decide,
    done,
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
    sign,
    submit,
    take_plan,
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
            forecast, rebase, edit, undo, news, triage, submit, return_, accept, collect, agree,
            plan, take_plan, answer_plan, escalate, emergency,
            review, prepare,
            decide, replan,
            publish, measure, answer,
            sign, advance, action, done, waive, reopen, clock, tidy,
        )
    }
)  # fmt: skip
"""Steps by name; a job, a command and a test find them here."""
