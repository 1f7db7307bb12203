"""Every step of the month, in the order in which it comes."""

from types import MappingProxyType

from onenumber.steps import (
    accept,
    advance,
    agree,
    collect,
    edit,
    escalate,
    forecast,
    freeze,
    load,
    news,
    open_,
    reopen,
    return_,
    sign,
    submit,
    undo,
    waive,
)
from onenumber.steps.frame.declare import Step

STEPS: MappingProxyType[str, Step] = MappingProxyType(
    {
        module.STEP.name: module.STEP
        for module in (
            load, open_, freeze,
            forecast, edit, undo, news, submit, return_, accept, collect, agree,
            escalate,
            sign, advance, waive, reopen,
        )
    }
)  # fmt: skip
"""Steps by name; a job, a command and a test find them here."""
