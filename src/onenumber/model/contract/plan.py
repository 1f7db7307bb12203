"""The plan itself, its calendar and how dates become periods."""

from onenumber.model.contract.column import Table, choice, currency, date, integer, label, number, text

TABLES = (
    Table(
        name="plan",
        doc="One row: the plan, its calendar and its currency.",
        key=("plan",),
        required=True,
        columns=(
            label("plan", "Key of the plan."),
            text("name", "Name of the company.", required=True),
            currency("currency", "Currency that every money total is shown in (ISO 4217)."),
            number("currency_decimals", "Digits of the minor unit.", unit="digits", minimum=0, maximum=4),
            label("time_zone", "IANA time zone of cut-offs and working days."),
            choice("calendar", "Shape of the periods.", ("months", "4-4-5", "4-weeks")),
            date("calendar_start", "First day of the first period; everything dated earlier is a finding."),
            integer("periods", "Number of periods in the calendar.", unit="periods", minimum=24, maximum=600),
            integer(
                "fiscal_year_start",
                "Period of the year in which the fiscal year starts.",
                unit="period",
                minimum=1,
                maximum=13,
            ),
            integer(
                "horizon",
                "Periods planned ahead, counting the firm first one.",
                unit="periods",
                minimum=6,
                maximum=60,
            ),
        ),
    ),
    Table(
        name="period_mappings",
        doc="How an order date becomes a period, per channel: the day is moved by `offset_days` first.",
        key=("channel",),
        without="every channel uses the period its date falls in",
        columns=(
            label("channel", "Sales channel.", refers_to="customers.channel"),
            integer(
                "offset_days",
                "Days added to the order date before the period is looked up.",
                unit="days",
                minimum=-31,
                maximum=31,
            ),
            choice("date_used", "Which date of an order line makes demand.", ("requested", "ordered")),
        ),
    ),
    Table(
        name="aliases",
        doc="Other spellings of a label, mapped to the one label that the plan uses.",
        key=("column", "spelling"),
        without="every label must be spelt exactly as in its own table",
        columns=(
            label("column", "`table.column` whose labels are meant, e.g. `items.item`."),
            text("spelling", "The other spelling, exactly as it arrives.", required=True),
            label("label", "The label of the plan."),
        ),
    ),
)
