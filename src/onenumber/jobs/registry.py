"""Everything that is done by name: the steps of the month, and the sequence of them that a demo plays."""

from collections.abc import Mapping
from types import MappingProxyType

from onenumber.jobs import go_on
from onenumber.steps.frame.declare import Step
from onenumber.steps.registry import STEPS

DOABLE: Mapping[str, Step] = MappingProxyType({**STEPS, go_on.STEP.name: go_on.STEP})
"""By name; a command, a page and a job find them here."""
KEEP_PARTS = (go_on.STEP.name,)
"""Of which what was done stays when they are stopped."""
