"""Who buys, and who speaks for them."""

from onenumber.model.contract.column import VALID, Table, choice, currency, date, flag, integer, label, number, text

TABLES = (
    Table(
        name="territories",
        doc="Areas of the sales organisation; a patch lies in one.",
        key=("territory",),
        required=True,
        columns=(
            label("territory", "Key."),
            text("name", "Name.", required=True),
            label("region", "Region it belongs to.", required=False),
        ),
    ),
    Table(
        name="customers",
        doc="Everyone who orders.",
        key=("customer",),
        required=True,
        columns=(
            label("customer", "Key."),
            text("name", "Name.", required=True),
            label("channel", "Sales channel, which is the segment."),
            label("territory", "Territory by address.", refers_to="territories.territory"),
            choice("priority", "Priority class; A is served first.", ("A", "B", "C"), required=False),
            flag("key_account", "Is it a key account?"),
            flag("named", "Is it planned by name? Else it is part of the rest of its patch and channel."),
        ),
    ),
    Table(
        name="customer_contracts",
        doc="Quantities promised by contract, with what it costs to miss them.",
        key=("customer", "item", "valid_from"),
        without="no contract minimum is known",
        columns=(
            label("customer", "Customer.", refers_to="customers.customer"),
            label("item", "Item.", refers_to="items.item"),
            number("minimum", "Quantity per period that must be served.", unit="unit/period", minimum=0),
            number(
                "penalty",
                "Paid for each unit short of the minimum.",
                unit="money/unit",
                required=False,
                minimum=0,
            ),
            *VALID,
        ),
    ),
    Table(
        name="patches",
        doc="Sets of customers that one salesperson speaks for at a time.",
        key=("patch",),
        required=True,
        columns=(
            label("patch", "Key."),
            text("name", "Name.", required=True),
            label("territory", "Territory it lies in.", refers_to="territories.territory", required=False),
        ),
    ),
    Table(
        name="patch_customers",
        doc="Which customer (or customer and family) belongs to which patch, and when.",
        key=("customer", "family", "valid_from"),
        required=True,
        columns=(
            label("customer", "Customer.", refers_to="customers.customer"),
            label("family", "Only this family; empty means all.", refers_to="families.family", required=False),
            label("patch", "Patch.", refers_to="patches.patch"),
            *VALID,
        ),
    ),
    Table(
        name="patch_owners",
        doc="Who speaks for a patch, and when. A patch without a person belongs to the sales leader.",
        key=("patch", "valid_from"),
        required=True,
        columns=(
            label("patch", "Patch.", refers_to="patches.patch"),
            label("person", "Salesperson.", refers_to="people.person"),
            *VALID,
        ),
    ),
    Table(
        name="promotions",
        doc="Planned promotions and other dated events in the market.",
        key=("promotion", "item", "customer"),
        without="no promotion is known",
        columns=(
            label("promotion", "Key."),
            label("item", "Item.", refers_to="items.item"),
            label("customer", "Customer; empty means all.", refers_to="customers.customer", required=False),
            date("start", "First day."),
            date("end", "First day after it."),
            number("uplift_percent", "Extra demand expected.", unit="%", required=False),
            text("note", "What it is."),
        ),
    ),
    Table(
        name="targets",
        doc="Sales targets (quota) of a person: never a forecast.",
        key=("person", "start"),
        without="no sales target is known",
        unused=True,
        columns=(
            label("person", "Salesperson.", refers_to="people.person"),
            date("start", "First day of the time it covers."),
            integer("months", "Months it covers.", unit="months", minimum=1, maximum=12),
            number("amount", "Target.", unit="money", minimum=0),
            currency("currency", "Its currency."),
        ),
    ),
)
