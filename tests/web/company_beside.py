"""What stands beside the sheets of the tests' small company: its news, its vendors, and what is found in its data."""

import datetime as dt

from onenumber.model.finding import Finding, Severity
from onenumber.model.finding import Place as Where
from onenumber.steps.frame.news import Stand
from onenumber.steps.see.risks import Amount, NewsShown, RisksShown
from onenumber.steps.see.vendors import VendorLine, Vendors

RISKS = RisksShown(
    cycle="2026-06", currency="EUR", whole=True, beyond=0, taken=(),
    risks=(
        NewsShown(
            number=1, of="", stand=Stand.UNDECIDED, because="", kind="loss", text="Alpha tests another pump",
            place="Alpha", first="2026-07", last="2026-09", author="Lena Fischer", patch="Nord", probability=0.6,
            amount=Amount(units=-1200.0, unit="pcs", revenue=-54_000.0, coverage=1.0),
        ),
        NewsShown(
            number=3, of="2026-05", stand=Stand.OUT, because="three bidders", kind="tender",
            text="A city asks for offers", place="Nord",
            first="", last="", author="Lena Fischer", patch="Nord", probability=None, amount=None,
        ),
    ),
)  # fmt: skip

KNOWN = {
    "on_time": 0.125, "late": 14_342.0, "lead_mean": 28.8, "lead_p50": 30.0, "lead_p90": 35.0, "lead_recent": 34.0,
    "planned": 21.0, "received": 15_900.0, "rejected": 489.0, "due": 24, "lines": 24, "came": 22, "recent": 6,
}  # fmt: skip
FEW = Finding(code="vendor_too_few_lines", severity=Severity.NOTE, values={"lines": 2, "needed": 5})
VENDORS = Vendors(
    since=dt.date(2025, 6, 1),
    recent=dt.date(2026, 3, 1),
    until=dt.date(2026, 6, 1),
    part=False,
    says=Finding(
        code="vendors_over_plan", severity=Severity.NOTE,
        values={"over": 1, "vendors": 2, "vendor": "V08", "days": 34.0, "planned": 21.0},
    ),
    lines=(
        VendorLine(vendor="V01", name="Nordguss", item="", site="", unit="pcs", over_plan=False,
                   figures=KNOWN | {"on_time": None, "lead_recent": None}, why={"on_time": FEW, "lead_recent": FEW}),
        VendorLine(vendor="V08", name="Sillner Elektronik", item="", site="", unit="pcs", over_plan=True,
                   figures=KNOWN, why={}),
        VendorLine(vendor="V08", name="Sillner Elektronik", item="M-01", site="BRN", unit="pcs", over_plan=True,
                   figures=KNOWN, why={}),
    ),
)  # fmt: skip

BAD = Finding(
    code="not_a_number",
    severity=Severity.BLOCKED,
    place=Where(file="prices.csv", row=214, column="price"),
    values={"value": "12,5o"},
)
STRAY = Finding(
    code="unknown_file",
    severity=Severity.ATTENTION,
    place=Where(file="ordr_lines.csv"),
    values={"name": "ordr_lines.csv", "near": "order_lines"},
)
RETURNS = Finding(
    code="returns_in_all",
    severity=Severity.APART,
    place=Where(file="order_lines.csv"),
    values={"count": 48, "quantity": 1210, "unit": "pcs"},
)
SINCE = Finding(
    code="since_the_freeze", severity=Severity.NOTE, place=Where(),
    values={"new": 12, "changed": 3, "cancelled": 1, "shipped": 40},
)  # fmt: skip
SENT_BACK = Finding(
    code="sent_back", severity=Severity.ATTENTION, place=Where(),
    values={
        "paper": "2026-05-WC50", "person": "Eva Okafor", "day": "2026-05-20", "owner": "Sven Berg",
        "rationale": "find a second vendor first", "until": "2026-06-30",
    },
)  # fmt: skip
