"""Every step of the month, in the order in which it comes."""

from types import MappingProxyType

from onenumber.steps import (
    accept,
    advance,
    agree,
    amend,
    answer,
    ask,
    brief,
    change,
    clock,
    collect,
    confirm,
    decide,
    edit,
    emergency,
    escalate,
    forecast,
    freeze,
    load,
    measure,
    messages,
    news,
    open_,
    plan,
    prepare,
    publish,
    rebase,
    reopen,
    replan,
    reply,
    request,
    resolve,
    return_,
    review,
    send,
    settle_request,
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
            forecast, rebase, confirm, request, edit, undo, news, brief, triage, ask, reply, submit, return_, accept,
            collect, change, resolve, agree, plan, send, settle_request, escalate, emergency,
            review, weigh, prepare,
            decide, replan,
            publish, measure, answer,
            sign, advance, waive, reopen, messages, clock, tidy,
        )
    }
)  # fmt: skip
"""Steps by name; a job, a command and a test find them here."""
