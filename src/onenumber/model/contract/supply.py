"""Where and how things are made, moved and bought."""

from onenumber.model.contract.column import VALID, Table, choice, currency, date, flag, integer, label, number, text

NETWORK = (
    Table(
        name="sites",
        doc="Plants and warehouses.",
        key=("site",),
        required=True,
        columns=(
            label("site", "Key."),
            text("name", "Name.", required=True),
            choice("kind", "What it is.", ("plant", "warehouse")),
            text(
                "workdays", "Working days of the week, 1 = Monday, e.g. `12345`.", required=True, pattern="[1-7]{1,7}"
            ),
            number(
                "space",
                "Most stock it can hold, in the sum of units.",
                unit="unit",
                required=False,
                minimum=0,
            ),
        ),
    ),
    Table(
        name="closed_days",
        doc="Days on which a site does not work.",
        key=("site", "date"),
        without="every working day of the week counts; holidays are unknown",
        columns=(
            label("site", "Site.", refers_to="sites.site"),
            date("date", "Day."),
            text("reason", "Why."),
        ),
    ),
    Table(
        name="sourcing_rules",
        doc="From which site a customer's demand is served; the most specific row wins, then the lowest rank.",
        key=("item", "channel", "site", "valid_from"),
        required=True,
        columns=(
            label("item", "Item; empty means all.", refers_to="items.item", required=False),
            label("channel", "Channel; empty means all.", refers_to="customers.channel", required=False),
            label("site", "Site that serves.", refers_to="sites.site"),
            integer("rank", "1 is the first choice.", unit="rank", minimum=1),
            *VALID,
        ),
    ),
    Table(
        name="lanes",
        doc="Transport between two sites.",
        key=("from_site", "to_site", "item", "valid_from"),
        without="goods do not move between sites",
        columns=(
            label("from_site", "From.", refers_to="sites.site"),
            label("to_site", "To.", refers_to="sites.site"),
            label("item", "Item; empty means all.", refers_to="items.item", required=False),
            integer("lead_time_days", "Days on the way.", unit="days", minimum=0),
            number("cost", "Cost of moving one unit.", unit="money/unit", required=False, minimum=0),
            *VALID,
        ),
    ),
    Table(
        name="resources",
        doc="Lines and work centres with their hours.",
        key=("resource", "valid_from"),
        required=True,
        either=("hours_per_day", "hours_per_period"),
        columns=(
            label("resource", "Key."),
            text("name", "Name.", required=True),
            label("site", "Site.", refers_to="sites.site"),
            number(
                "hours_per_day",
                "Hours on a working day, all machines and shifts.",
                unit="h/working day",
                required=False,
                minimum=0,
            ),
            number(
                "hours_per_period",
                "Hours of a period; used instead of hours a day where given.",
                unit="h/period",
                required=False,
                minimum=0,
            ),
            *VALID,
        ),
    ),
    Table(
        name="overtime",
        doc="Extra hours that can be bought on a resource, in steps from cheap to dear.",
        key=("resource", "step", "valid_from"),
        without="no overtime can be planned",
        columns=(
            label("resource", "Resource.", refers_to="resources.resource"),
            integer("step", "1 is the first step.", unit="step", minimum=1),
            number("hours_per_period", "Hours in the step.", unit="h/period", minimum=0),
            number("cost_per_hour", "Extra cost of an hour.", unit="money/h", minimum=0),
            flag("needs_decision", "Is it only there once the executive has decided so (a second shift)?"),
            *VALID,
        ),
    ),
    Table(
        name="maintenance",
        doc="Planned maintenance windows.",
        key=("window",),
        without="planned maintenance is unknown",
        columns=(
            label("window", "Key."),
            label("resource", "Resource.", refers_to="resources.resource"),
            date("start", "First day."),
            date("end", "First day after it."),
            number("hours", "Hours taken out.", unit="h", minimum=0),
            flag("movable", "May it move?", required=True),
            date("earliest", "It may start no earlier.", required=False),
            date("latest", "It must start no later.", required=False),
            text("reason", "What is done."),
        ),
    ),
    Table(
        name="rates",
        doc="Hours that one good unit takes on each resource of a route. Rows of one route all apply together.",
        key=("item", "site", "route", "resource", "valid_from"),
        required=True,
        columns=(
            label("item", "Item made.", refers_to="items.item"),
            label("site", "Site.", refers_to="sites.site"),
            label("route", "Route; an item may have several."),
            label("resource", "Resource used.", refers_to="resources.resource"),
            number("hours_per_unit", "Standard, as planned with.", unit="h/unit", minimum=0),
            number("shown_hours_per_unit", "As shown by the last runs.", unit="h/unit", required=False, minimum=0),
            number(
                "yield_share",
                "Good units out of units started.",
                unit="share",
                required=False,
                minimum=0.01,
                maximum=1,
            ),
            integer("lead_time_days", "Days from start to stock.", unit="days", required=False, minimum=0),
            *VALID,
        ),
    ),
    Table(
        name="bill_of_materials",
        doc="What goes into one unit.",
        key=("parent", "component", "valid_from"),
        without="no material is planned from demand",
        columns=(
            label("parent", "Item made.", refers_to="items.item"),
            label("component", "Item used.", refers_to="items.item"),
            number(
                "quantity",
                "Units of the component in one unit of the parent.",
                unit="unit/unit",
                minimum=1e-9,
            ),
            *VALID,
        ),
    ),
)

VENDORS = (
    Table(
        name="vendors",
        doc="Everyone we buy from.",
        key=("vendor",),
        without="bought items cannot be planned",
        columns=(
            label("vendor", "Key."),
            text("name", "Name.", required=True),
            integer("early_days", "Days early that count as on time.", unit="days", required=False, minimum=0),
            integer("late_days", "Days late that count as on time.", unit="days", required=False, minimum=0),
        ),
    ),
    Table(
        name="vendor_items",
        doc="What a vendor sells us, how fast and for how much.",
        key=("vendor", "item", "site", "valid_from"),
        without="bought items cannot be planned",
        columns=(
            label("vendor", "Vendor.", refers_to="vendors.vendor"),
            label("item", "Item.", refers_to="items.item"),
            label("site", "Site that receives.", refers_to="sites.site"),
            integer("lead_time_days", "Planned days from order to receipt.", unit="days", minimum=0),
            number("minimum", "Smallest order.", unit="unit", required=False, minimum=0),
            number("multiple", "Orders are multiples of it.", unit="unit", required=False, minimum=0),
            number("price", "Per unit.", unit="money/unit", minimum=0),
            currency("currency", "Of the price."),
            integer("rank", "1 is the first choice.", unit="rank", required=False, minimum=1),
            flag("needs_decision", "Is it only used once decided so (a second source)?"),
            *VALID,
        ),
    ),
    Table(
        name="vendor_limits",
        doc="The most a vendor delivers of an item in a period; an empty item limits all its items together.",
        key=("vendor", "item", "valid_from"),
        without="vendors have no limit",
        columns=(
            label("vendor", "Vendor.", refers_to="vendors.vendor"),
            label("item", "Item; empty means all together.", refers_to="items.item", required=False),
            number("quantity", "Limit.", unit="unit/period", minimum=0),
            *VALID,
        ),
    ),
    Table(
        name="vendor_contracts",
        doc="Quantities that we must take from a vendor.",
        key=("vendor", "item", "valid_from"),
        without="there is no duty to take a quantity",
        columns=(
            label("vendor", "Vendor.", refers_to="vendors.vendor"),
            label("item", "Item.", refers_to="items.item"),
            number("minimum", "Quantity to take.", unit="unit/period", minimum=0),
            *VALID,
        ),
    ),
)

TABLES = NETWORK + VENDORS
