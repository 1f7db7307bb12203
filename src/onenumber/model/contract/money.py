"""Prices, costs, currency and budget."""

from onenumber.model.contract.column import VALID, WHOLE, Places, Table, choice, currency, date, label, number

_DIVISION, _SITE = ("divisions.division",), ("sites.site",)
_OF_ACCOUNT = (
    ("revenue", _DIVISION),
    ("contribution_margin", _DIVISION),
    ("inventory_value", _SITE),
    ("overtime_cost", _SITE),
    ("expedite_cost", _SITE),
)
_OR_ALL = tuple((account, (*named, WHOLE)) for account, named in _OF_ACCOUNT)

TABLES = (
    Table(
        name="prices",
        doc="Net price of an item; the row with a customer wins over the channel's, that over the item's.",
        key=("item", "channel", "customer", "valid_from"),
        without="plans have no revenue",
        columns=(
            label("item", "Item.", refers_to="items.item"),
            label("channel", "Channel; empty means all.", refers_to="customers.channel", required=False),
            label("customer", "Customer; empty means all.", refers_to="customers.customer", required=False),
            number("price", "Per unit.", unit="money/unit", minimum=0),
            currency("currency", "Of the price."),
            *VALID,
        ),
    ),
    Table(
        name="costs",
        doc="Cost of an item.",
        key=("item", "valid_from"),
        without="plans have no margin and stock has no value",
        columns=(
            label("item", "Item.", refers_to="items.item"),
            number("standard_cost", "Full standard cost, values stock.", unit="money/unit", minimum=0),
            number(
                "variable_cost",
                "Material, variable conversion and freight; makes the contribution margin.",
                unit="money/unit",
                required=False,
                minimum=0,
            ),
            currency("currency", "Of the costs."),
            *VALID,
        ),
    ),
    Table(
        name="currency_rates",
        doc="Named sets of currency rates: `plan` for plans, `actual` for what happened.",
        key=("rate_set", "currency", "valid_from"),
        without="only the plan's own currency can be valued",
        columns=(
            label("rate_set", "Set."),
            currency("currency", "Currency."),
            number("rate", "Plan currency for one unit of it.", unit="money/money", minimum=1e-12),
            *VALID,
        ),
    ),
    Table(
        name="budget_lines",
        doc="Budget per account, place and period, in versions.",
        key=("version", "account", "place", "period"),
        without="there is no budget: the gap is not known",
        columns=(
            label("version", "Version of the budget."),
            choice(
                "account",
                "Account.",
                ("revenue", "contribution_margin", "inventory_value", "overtime_cost", "expedite_cost"),
            ),
            label(
                "place",
                "Division (revenue, margin) or site (inventory, overtime, expedite).",
                places=Places(by="account", of=_OF_ACCOUNT),
            ),
            date("period", "First day of the period."),
            number("amount", "Budget, in plan currency.", unit="money"),
        ),
    ),
    Table(
        name="budget_tolerances",
        doc="How far a line may land from its budget before an executive must decide.",
        key=("account", "place"),
        without="every gap needs an executive's decision",
        columns=(
            choice(
                "account",
                "Account.",
                ("revenue", "contribution_margin", "inventory_value", "overtime_cost", "expedite_cost"),
            ),
            label("place", "Division or site; `*` for all.", places=Places(by="account", of=_OR_ALL)),
            number("percent", "Tolerance on the fiscal year.", unit="%", minimum=0),
        ),
    ),
)
