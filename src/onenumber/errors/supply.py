"""Errors of the supply plan."""

from onenumber.errors.base import OneNumberError


class SupplyError(OneNumberError):
    """A supply plan that cannot be made as asked."""

    code = "supply"


class BadDifferenceError(SupplyError):
    """A what-if names something the company does not have, or may not do."""

    code = "bad_difference"
    template = "The difference cannot be applied: {what}."


class NotOptimalError(SupplyError):
    """The solver ended without an optimal plan."""

    code = "not_optimal"
    template = (
        "The solver ended with {status} and no plan that holds. Give it more time; "
        "without a time limit a plan is always possible, so keep the input and report it."
    )


class PlanCheckError(SupplyError):
    """The plan found does not keep its own balances or limits."""

    code = "plan_check"
    template = "The plan breaks {check} by {worst:.3g} (allowed: {limit:.3g}) and is not kept."


class BadEngineInputError(SupplyError):
    """The folder given to the plan engine lacks something it cannot do without."""

    code = "bad_engine_input"
    template = "The plan cannot be made from this folder: {what}."
