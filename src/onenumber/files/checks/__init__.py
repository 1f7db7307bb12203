"""Checks between rows and tables, one file each; each takes the batch and returns it judged."""

from onenumber.files.checks.aliases import use_aliases
from onenumber.files.checks.bills import check_bills
from onenumber.files.checks.calendar import check_calendar
from onenumber.files.checks.duplicates import check_duplicates
from onenumber.files.checks.letters import check_letters
from onenumber.files.checks.plan import check_plan
from onenumber.files.checks.references import check_references
from onenumber.files.checks.units import convert_units
from onenumber.files.checks.validity import check_validity

CHECKS = (
    use_aliases,
    check_letters,
    check_duplicates,
    check_plan,
    check_validity,
    check_references,
    convert_units,
    check_bills,
    check_calendar,
)
"""The checks in their order: spellings first, so that keys and references meet the labels of the plan."""

__all__ = ["CHECKS"]
