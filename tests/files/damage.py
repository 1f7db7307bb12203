"""Kinds of damage, each done to a sound folder of files, with the finding that has to name it.

Most kinds add a bad row, so that every sound row must still load; those that hit a whole file say which table goes.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

import openpyxl

from onenumber.model.contract import TABLES
from tests.files.company import Rows, csv_files, sound


@dataclass
class Folder:
    """The files of a company while they are being damaged."""

    tables: dict[str, Rows] = field(default_factory=sound)
    files: dict[str, bytes] = field(default_factory=dict)
    marks: list[tuple[str, Callable[[bytes], bytes]]] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    def add(self, table: str, **cells: str) -> int:
        """Add a row like the first of the table but for ``cells``; its row in the file."""
        rows = self.tables[table]
        row = dict(zip(rows[0], rows[1], strict=True)) | cells
        rows.append([row[name] for name in rows[0]])
        return len(rows)

    def replace(self, table: str, name: str, data: bytes) -> None:
        """Put another file in the place of a table's."""
        self.tables.pop(table)
        self.files[name] = data

    def content(self, *, whole: bool = True) -> dict[str, bytes]:
        """The files; without ``whole`` only those that are not as in the sound company."""
        tables = {name: rows for name, rows in self.tables.items() if whole or rows != sound()[name]}
        made = csv_files(tables) | self.files
        for name, change in self.marks:
            made[name] = change(made[name])
        return made


@dataclass(frozen=True)
class Named:
    """The finding that must name the damage."""

    code: str
    file: str
    row: int | None = None
    column: str = ""


def text_in_a_number(folder: Folder) -> Named:
    row = folder.add("order_lines", order="D-1", quantity="ten")
    return Named("not_a_number", "order_lines.csv", row, "quantity")


def thirtieth_of_february(folder: Folder) -> Named:
    row = folder.add("order_lines", order="D-2", requested="2026-02-30")
    return Named("no_such_day", "order_lines.csv", row, "requested")


def year_zero(folder: Folder) -> Named:
    row = folder.add("order_lines", order="D-2a", requested="0000-01-01")
    return Named("no_such_day", "order_lines.csv", row, "requested")


def year_of_two_digits(folder: Folder) -> Named:
    row = folder.add("order_lines", order="D-3", requested="31.07.26")
    return Named("not_a_date", "order_lines.csv", row, "requested")


def unknown_item(folder: Folder) -> Named:
    row = folder.add("order_lines", order="D-4", item="b100")
    return Named("unknown_reference", "order_lines.csv", row, "item")


def duplicate_key(folder: Folder) -> Named:
    row = folder.add("order_lines")
    return Named("duplicate_key", "order_lines.csv", row, "line")


def unit_without_conversion(folder: Folder) -> Named:
    row = folder.add("order_lines", order="D-5", unit="pallet")
    return Named("no_conversion", "order_lines.csv", row, "unit")


def too_many_cells(folder: Folder) -> Named:
    row = folder.add("order_lines", order="D-6", quantity="1,5")
    return Named("too_many_cells", "order_lines.csv", row)


def broken_quote(folder: Folder) -> Named:
    row = folder.add("order_lines", order='"D-7')
    folder.add("order_lines", order="O-1002")
    return Named("broken_quote", "order_lines.csv", row)


def negative_lead_time(folder: Folder) -> Named:
    row = folder.add("vendor_items", item="B-100", lead_time_days="-3")
    return Named("below_minimum", "vendor_items.csv", row, "lead_time_days")


def half_a_day(folder: Folder) -> Named:
    row = folder.add("vendor_items", item="B-100", lead_time_days="2.5")
    return Named("not_whole", "vendor_items.csv", row, "lead_time_days")


def share_above_one(folder: Folder) -> Named:
    row = folder.add("item_sites", item="M-200", service_target="98")
    return Named("above_maximum", "item_sites.csv", row, "service_target")


def cyclic_bill(folder: Folder) -> Named:
    row = folder.add("bill_of_materials", parent="M-200", component="B-100")
    return Named("bill_cycle", "bill_of_materials.csv", row, "component")


def name_left_empty(folder: Folder) -> Named:
    row = folder.add("items", item="D-8", name="")
    return Named("required_empty", "items.csv", row, "name")


def word_not_in_the_list(folder: Folder) -> Named:
    row = folder.add("items", item="D-9", kind="maed")
    return Named("not_a_choice", "items.csv", row, "kind")


def ten_megabytes_in_a_cell(folder: Folder) -> Named:
    row = folder.add("items", item="D-10", name="x" * 10_000_000)
    return Named("cell_too_long", "items.csv", row, "name")


def bar_in_a_label(folder: Folder) -> Named:
    row = folder.add("items", item="D|11")
    return Named("forbidden_letter", "items.csv", row, "item")


def reference_to_a_refused_row(folder: Folder) -> Named:
    folder.add("vendors", vendor="D-12", name="")
    row = folder.add("vendor_limits", vendor="D-12")
    return Named("refused_reference", "vendor_limits.csv", row, "vendor")


def neither_yes_nor_no(folder: Folder) -> Named:
    row = folder.add("customers", customer="D-13", named="perhaps")
    return Named("not_a_flag", "customers.csv", row, "named")


def letters_of_another_encoding(folder: Folder) -> Named:
    folder.add("customers", customer="K-2", name="Müller & Söhne, Nürnberg".replace(",", ""))
    row = folder.add("customers", customer="D-14", name="Caf@")
    folder.marks.append(("customers.csv", lambda data: data.replace(b"Caf@", b"Caf\xe9")))
    return Named("unreadable_letters", "customers.csv", row, "name")


def ends_before_it_begins(folder: Folder) -> Named:
    row = folder.add("prices", valid_from="2026-08-01", valid_to="2026-08-01")
    return Named("empty_validity", "prices.csv", row, "valid_to")


def overlapping_validity(folder: Folder) -> Named:
    folder.add("costs", valid_from="2027-01-01", valid_to="2028-01-01")
    row = folder.add("costs", valid_from="2027-06-01")
    return Named("overlapping_validity", "costs.csv", row, "valid_from")


def currency_spelt_out(folder: Folder) -> Named:
    row = folder.add("costs", item="M-200", currency="Euro")
    return Named("wrong_form", "costs.csv", row, "currency")


def day_or_month(folder: Folder) -> Named:
    row = folder.add("targets", start="3/4/2026")
    return Named("ambiguous_date", "targets.csv", row, "start")


def thousand_or_one(folder: Folder) -> Named:
    row = folder.add("targets", start="2027-01-01", amount='"1,234"')
    return Named("ambiguous_number", "targets.csv", row, "amount")


def outside_the_calendar(folder: Folder) -> Named:
    row = folder.add("production", production="PR-2", date="1999-12-31")
    return Named("outside_calendar", "production.csv", row, "date")


def unknown_alias_column(folder: Folder) -> Named:
    row = folder.add("aliases", column="items.itm")
    return Named("unknown_alias_column", "aliases.csv", row, "column")


def another_encoding(folder: Folder) -> Named:
    folder.add("promotions", promotion="PROMO-2", note="für Händler in Köln")
    folder.marks.append(("promotions.csv", lambda data: data.decode().encode("cp1252")))
    return Named("encoding_taken", "promotions.csv")


def no_text_at_all(folder: Folder) -> Named:
    folder.replace("deputies", "deputies.csv", bytes(range(256)) * 40)
    folder.lost.add("deputies")
    return Named("unreadable_text", "deputies.csv")


def missing_column(folder: Folder) -> Named:
    at = folder.tables["owners"][0].index("person")
    folder.tables["owners"] = [row[:at] + row[at + 1 :] for row in folder.tables["owners"]]
    folder.lost.add("owners")
    return Named("missing_column", "owners.csv")


def repeated_column(folder: Folder) -> Named:
    folder.tables["budget_tolerances"] = [[*row, row[0]] for row in folder.tables["budget_tolerances"]]
    folder.lost.add("budget_tolerances")
    return Named("repeated_column", "budget_tolerances.csv")


def unknown_column(folder: Folder) -> Named:
    folder.tables["vendors"][0].append("e-mail")
    for row in folder.tables["vendors"][1:]:
        row.append("x")
    return Named("unknown_column", "vendors.csv")


def empty_file(folder: Folder) -> Named:
    folder.replace("closed_days", "closed_days.csv", b"")
    folder.lost.add("closed_days")
    return Named("empty_file", "closed_days.csv")


def missing_table(folder: Folder) -> Named:
    folder.tables.pop("sourcing_rules")
    folder.lost.add("sourcing_rules")
    return Named("missing_table", "sourcing_rules.csv")


def unknown_file(folder: Folder) -> Named:
    folder.files["ordr_lines.csv"] = b"a,b\n1,2\n"
    return Named("unknown_file", "ordr_lines.csv")


def damaged_workbook(folder: Folder) -> Named:
    folder.replace("vendor_contracts", "vendor_contracts.xlsx", b"PK\x03\x04 not really")
    folder.lost.add("vendor_contracts")
    return Named("unreadable_file", "vendor_contracts.xlsx")


def formula_cell(folder: Folder) -> Named:
    return _in_a_workbook(folder, "launches", "share_of_analogue", "=1/2", "formula_without_value")


def error_cell(folder: Folder) -> Named:
    return _in_a_workbook(folder, "maintenance", "hours", "#DIV/0!", "error_cell")


def _in_a_workbook(folder: Folder, table: str, column: str, cell: str, code: str) -> Named:
    """The table as a workbook with one more row that holds ``cell``."""
    row = folder.add(table, **{column: cell, TABLES[table].key[0]: "M-200"})
    book = openpyxl.Workbook()
    for line in folder.tables[table]:
        book.active.append(line)
    data = io.BytesIO()
    book.save(data)
    folder.replace(table, f"{table}.xlsx", data.getvalue())
    return Named(code, f"{table}.xlsx, tab Sheet", row, column)


DAMAGES = (
    text_in_a_number, thirtieth_of_february, year_zero, year_of_two_digits, unknown_item, duplicate_key,
    unit_without_conversion, too_many_cells, broken_quote, negative_lead_time, half_a_day, share_above_one,
    cyclic_bill, name_left_empty, word_not_in_the_list, ten_megabytes_in_a_cell, bar_in_a_label,
    reference_to_a_refused_row, neither_yes_nor_no, letters_of_another_encoding, ends_before_it_begins,
    overlapping_validity, currency_spelt_out, day_or_month, thousand_or_one, outside_the_calendar,
    unknown_alias_column, another_encoding, no_text_at_all, missing_column, repeated_column, unknown_column,
    empty_file, missing_table, unknown_file, damaged_workbook, formula_cell, error_cell,
)  # fmt: skip
