"""Every step of the month, in the order in which it comes."""

from types import MappingProxyType

from onenumber.steps import (
    accept,
    action,
    advance,
    agree,
    amend,
    answer,
    answer_plan,
    ask,
    brief,
    change,
    clock,
    close_login,
    collect,
    confirm,
    decide,
    done,
    edit,
    emergency,
    escalate,
    forecast,
    freeze,
    judge,
    load,
    login,
    look,
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
    take_back,
    take_plan,
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
            forecast, judge, look, rebase, confirm, request, edit, undo, news, brief, triage, ask, reply, submit,
            return_, accept, collect, change, resolve, agree,
            plan, send, take_plan, answer_plan, settle_request, escalate, emergency, take_back,
            review, weigh, prepare,
            decide, replan,
            publish, measure, answer,
            sign, advance, action, done, waive, reopen, messages, login, close_login, clock, tidy,
        )
    }
)  # fmt: skip
"""Steps by name; a job, a command and a test find them here."""
