"""What happened: orders, shipments, stock, production, purchases, and plans made before."""

from onenumber.model.contract.column import Places, Table, choice, currency, date, integer, label, line_of, number, text

_PLANNED = Places(
    by="measure",
    of=(("sales", ("customers.customer",)), ("production", ("sites.site",)), ("inventory", ("sites.site",))),
)

SALES = (
    Table(
        name="order_lines",
        doc="Every line a customer ordered. A negative quantity is a return and never demand.",
        key=("order", "line"),
        fact=True,
        required=True,
        columns=(
            label("order", "Order."),
            integer("line", "Line of the order.", unit="line", minimum=0),
            label("customer", "Customer.", refers_to="customers.customer"),
            label("item", "Item.", refers_to="items.item"),
            number("quantity", "Ordered; negative for a return.", unit="unit"),
            label("unit", "Unit of the quantity; empty means the planning unit.", required=False),
            number("amount", "Net amount of the line.", unit="money", required=False),
            currency("currency", "Of the amount.", required=False),
            date("ordered", "When it was ordered."),
            date("requested", "When the customer wants it."),
            date("first_confirmed", "First date we promised.", required=False),
            date("last_confirmed", "Date we promise now.", required=False),
            choice("status", "State of the line.", ("open", "shipped", "cancelled")),
            choice("cancelled_by", "Who cancelled it.", ("customer", "us"), required=False),
        ),
    ),
    Table(
        name="shipments",
        doc="What left, against an order line.",
        key=("shipment", "order", "line"),
        fact=True,
        without="service and sales against plan are measured on orders only",
        columns=(
            label("shipment", "Shipment."),
            label("order", "Order.", refers_to="order_lines.order"),
            line_of("order_lines"),
            date("date", "When it left."),
            number("quantity", "Shipped.", unit="unit"),
        ),
    ),
)

STOCK_AND_MAKING = (
    Table(
        name="stock",
        doc="Stock at the end of a day, by status.",
        key=("item", "site", "date", "status"),
        fact=True,
        required=True,
        columns=(
            label("item", "Item.", refers_to="items.item"),
            label("site", "Site.", refers_to="sites.site"),
            date("date", "Day, at its end."),
            choice(
                "status",
                "May it be used? The plan counts on what is free or under inspection, not on what is blocked.",
                ("free", "inspection", "blocked"),
            ),
            number("quantity", "On hand.", unit="unit"),
        ),
    ),
    Table(
        name="production",
        doc="What was made.",
        key=("production",),
        fact=True,
        without="production against plan is not known",
        columns=(
            label("production", "Key of the posting."),
            label("order", "Production order it was made on.", required=False),
            label("item", "Item.", refers_to="items.item"),
            label("site", "Site.", refers_to="sites.site"),
            label("resource", "Resource.", refers_to="resources.resource", required=False),
            date("date", "When."),
            number("quantity", "Good units.", unit="unit", minimum=0),
            number("scrapped", "Units lost.", unit="unit", required=False, minimum=0),
            number("hours", "Hours used.", unit="h", required=False, minimum=0),
        ),
    ),
    Table(
        name="production_orders",
        doc="Orders released to a plant; their material left the stock with the release. What production posted on one "
        "of them is no longer to come.",
        key=("order",),
        fact=True,
        without="nothing is released for the first period",
        columns=(
            label("order", "Order."),
            label("item", "Item.", refers_to="items.item"),
            label("site", "Site.", refers_to="sites.site"),
            number("quantity", "To come, less what production posts on the order.", unit="unit", minimum=0),
            date("released", "When it was released."),
            date("due", "When it will be in stock."),
        ),
    ),
)

PURCHASES = (
    Table(
        name="purchase_orders",
        doc="Lines ordered from vendors.",
        key=("order", "line"),
        fact=True,
        without="nothing is on order with vendors",
        columns=(
            label("order", "Order."),
            integer("line", "Line of the order.", unit="line", minimum=0),
            label("vendor", "Vendor.", refers_to="vendors.vendor"),
            label("item", "Item.", refers_to="items.item"),
            label("site", "Site that receives.", refers_to="sites.site"),
            number("quantity", "Ordered.", unit="unit", minimum=0),
            number("price", "Per unit.", unit="money/unit", required=False, minimum=0),
            date("ordered", "When it was ordered."),
            date("first_confirmed", "First date the vendor promised.", required=False),
            date("last_confirmed", "Date the vendor promises now.", required=False),
            choice("status", "State of the line.", ("open", "closed", "cancelled")),
        ),
    ),
    Table(
        name="receipts",
        doc="What a vendor delivered, against a purchase order line.",
        key=("receipt",),
        fact=True,
        without="actual lead times and vendor on-time are not known",
        columns=(
            label("receipt", "Key."),
            label("order", "Purchase order.", refers_to="purchase_orders.order"),
            line_of("purchase_orders"),
            date("date", "When.", required=False),
            number("quantity", "Received.", unit="unit", minimum=0),
            number("rejected", "Of it rejected.", unit="unit", required=False, minimum=0),
        ),
    ),
)

SNAPSHOTS = (
    Table(
        name="history_adjustments",
        doc="Recorded corrections of history; the raw order lines stay.",
        key=("adjustment",),
        fact=True,
        without="history is used as recorded",
        columns=(
            label("adjustment", "Key."),
            label("item", "Item.", refers_to="items.item"),
            label(
                "customer",
                "Customer; empty means all of the item.",
                refers_to="customers.customer",
                required=False,
            ),
            date("period", "First day of the period."),
            number("delta", "Added to the raw history.", unit="unit"),
            text("reason", "Why.", required=True),
            label("person", "Who recorded it.", refers_to="people.person"),
        ),
    ),
    Table(
        name="forecast_snapshots",
        doc="Forecasts of earlier cycles, so that lag accuracy is there from the first day.",
        key=("cycle", "layer", "item", "customer", "period"),
        fact=True,
        without="accuracy at lag 1 starts with the third cycle",
        columns=(
            date("cycle", "First day of the cycle's period."),
            choice(
                "layer",
                "L0 naive, L1 statistical, L2 sales (a total); L3 to L5 are changes on top.",
                ("L0", "L1", "L2", "L3", "L4", "L5"),
            ),
            label("item", "Item.", refers_to="items.item"),
            label("customer", "Customer.", refers_to="customers.customer"),
            date("period", "First day of the period forecast."),
            number("quantity", "Forecast.", unit="unit"),
        ),
    ),
    Table(
        name="plan_snapshots",
        doc="Published plans of earlier cycles, so that adherence is there from the first day.",
        key=("cycle", "measure", "item", "place", "period"),
        fact=True,
        without="adherence starts with the second cycle",
        columns=(
            date("cycle", "First day of the cycle's period."),
            choice("measure", "What was planned.", ("sales", "production", "inventory")),
            label("item", "Item.", refers_to="items.item"),
            label("place", "Customer (sales) or site.", places=_PLANNED),
            date("period", "First day of the period planned."),
            number("quantity", "Plan.", unit="unit"),
        ),
    ),
)

TABLES = SALES + STOCK_AND_MAKING + PURCHASES + SNAPSHOTS
