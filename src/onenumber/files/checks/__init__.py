"""Checks between rows and tables, one file each; each takes the batch and returns it judged."""

from onenumber.files.checks.aliases import use_aliases
from onenumber.files.checks.bills import check_bills
from onenumber.files.checks.calendar import check_calendar
from onenumber.files.checks.codes import check_codes
from onenumber.files.checks.duplicates import check_duplicates
from onenumber.files.checks.letters import check_letters
from onenumber.files.checks.plan import check_plan
from onenumber.files.checks.production import check_production
from onenumber.files.checks.rates import check_rates
from onenumber.files.checks.references import check_references
from onenumber.files.checks.returns import list_returns
from onenumber.files.checks.sites import check_sites
from onenumber.files.checks.units import convert_units
from onenumber.files.checks.validity import check_validity

CHECKS = (
    use_aliases,
    check_letters,
    check_duplicates,
    check_codes,
    check_plan,
    check_validity,
    convert_units,
    check_references,
    check_sites,
    check_production,
    check_bills,
    check_calendar,
    check_rates,
    list_returns,
)
"""The checks in their order: spellings first, so that keys and references meet the labels of the plan.

What refuses a row for itself comes before the references, so that nothing refers to a row that is refused after them.
"""

__all__ = ["CHECKS"]
