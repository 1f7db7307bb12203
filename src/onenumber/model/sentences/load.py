"""Sentences about files, rows and cells."""

from onenumber.model.sentences.catalogue import Sentence

FILES = {
    "unknown_file": Sentence(
        "{name!r} is not named after a table of the data contract and was not read.",
        "Name it after its table, as .csv, .tsv, .txt, .xlsx or .parquet.",
        "Did you mean {near!r}?",
    ),
    "unknown_tab": Sentence(
        "The tab {name!r} is not named after a table of the data contract and was not read.",
        "Name it after its table, or leave it where it is.",
        "Did you mean {near!r}?",
    ),
    "unreadable_file": Sentence(
        "The file cannot be opened ({reason}).", "Save it again as CSV, XLSX or Parquet and load it once more."
    ),
    "unreachable_file": Sentence(
        "The file cannot be read from the disk ({reason}).",
        "Put the file itself in its place, with the right to read it, and load it once more.",
    ),
    "no_worksheet": Sentence(
        "The workbook has no worksheet with cells.", "Put each table on a worksheet that is named after it."
    ),
    "unreadable_text": Sentence(
        "The text of the file is in no encoding that can be read.", "Save it as UTF-8 and load it once more."
    ),
    "file_too_large": Sentence(
        "Unpacked, the file holds {megabytes} MB; the limit is {limit} MB.", "Save it as CSV or Parquet."
    ),
    "encoding_taken": Sentence(
        "The file is not UTF-8 and was read as {encoding}.", "Check the letters with accents; save it as UTF-8."
    ),
    "empty_file": Sentence("The file is empty.", "Write the header, and the rows if there are any."),
    "no_rows": Sentence("{table} has a header and no rows: the company has none.", "If that is wrong, add the rows."),
    "missing_table": Sentence("The required table {table} is missing.", "Add a file {table}.csv; see the contract."),
    "missing_column": Sentence(
        "The required column {name!r} is missing; {rows} rows were not loaded.",
        "Add the column to the header and to every row.",
        "Did you mean it where the header says {near!r}?",
    ),
    "unknown_column": Sentence(
        "The column {name!r} is not in the contract of {table} and was not read.",
        "It may stay, or go.",
        "Did you mean {near!r}?",
    ),
    "repeated_column": Sentence(
        "The column {name!r} is there more than once; {rows} rows were not loaded.", "Leave the one that is meant."
    ),
    "more_alike": Sentence(
        "{count} more rows, from row {first} to row {last}, have the same finding ({code}).",
        "Put the rows listed right first; these are likely to have the same cause.",
    ),
}

ROWS = {
    "too_many_cells": Sentence(
        "The row has {cells} cells and the header {columns}.",
        "Put quotes round a text or number that holds the separator.",
    ),
    "too_few_cells": Sentence(
        "The row has {cells} cells and the header {columns}; the rest was taken as empty.",
        "Check that the row was not cut off.",
    ),
    "broken_quote": Sentence(
        "A quote opens in this row and does not close where a cell ends.",
        "Close it, or write a quote inside a text twice.",
    ),
    "duplicate_key": Sentence(
        "{key} is there already in row {first} of {first_file}; the first row counts.",
        "Leave one row for each {columns}.",
    ),
    "other_plan": Sentence(
        "{value!r} is another plan than {plan!r}, whose tables these are, and a plan has one row.",
        "Write {plan!r}, or load the folder into a plan of its own with --plan.",
    ),
    "return_kept_apart": Sentence(
        "{value} {unit} of {item} is a return: kept apart from demand, not an error.",
        "Nothing, if goods came back; else correct the sign.",
    ),
    "more_returns": Sentence(
        "{count} more returns, from row {first} to row {last}: kept apart from demand, not an error.",
        "Nothing, if goods came back.",
    ),
    "returns_in_all": Sentence(
        "Returns among the order lines: {count}, {quantity} {unit} in all; kept apart from demand, not an error.",
        "They stand in History as returns, and their amounts are taken off its value.",
    ),
    "empty_validity": Sentence(
        "It ends on {end}, and begins on {begin}.", "The end is the first day after it: write a later one."
    ),
    "overlapping_validity": Sentence(
        "{key} holds from {begin}, while row {first} holds until {end}; the later row wins from its first day.",
        "End the earlier row where this one begins.",
    ),
    "bill_cycle": Sentence(
        "The bill of materials goes round in a circle: {cycle}.", "Take out the row that should not be there."
    ),
    "resource_elsewhere": Sentence(
        "{value!r} is at {at}, and this row is at {site!r}.", "Correct the resource or the site."
    ),
    "no_policy": Sentence(
        "{item!r} has no row in item_sites at {site!r}, where this needs it: it is planned as made to stock, without a "
        "safety stock, lots and fences.",
        "Add the row to item_sites, or correct this one.",
    ),
    "no_conversion": Sentence(
        "There is no conversion from {value!r} to {unit!r} for item {item!r} on {day}.",
        "Add a row to unit_conversions, or give the quantity in {unit!r}.",
    ),
}

CELLS = {
    "required_empty": Sentence("The cell is empty, and it must not be.", "Fill it in."),
    "none_of": Sentence("Neither {columns} is given.", "Fill one in; write 0 if that is what is meant."),
    "not_a_number": Sentence("{value!r} is not a number.", "Write digits with a point or a comma, without a unit."),
    "ambiguous_number": Sentence(
        "{value!r} can be read in two ways, and no other number of the file shows which.",
        "Write it without thousands separators and with a decimal point, three decimals with a zero more: 1.2340.",
    ),
    "other_number_form": Sentence(
        "{value!r} is not written like the other numbers of the file.",
        "Use one decimal mark, point or comma, in the whole file.",
    ),
    "not_whole": Sentence("{value!r} is not a whole number.", "Write it without decimals."),
    "below_minimum": Sentence("{value!r} is below the least allowed, {minimum}.", "Check the sign and the unit."),
    "above_maximum": Sentence("{value!r} is above the most allowed, {maximum}.", "Check the figure and the unit."),
    "not_a_date": Sentence("{value!r} is not a date.", "Write it as year-month-day, e.g. 2026-07-31."),
    "no_such_day": Sentence("{value!r} is a day that does not exist.", "Correct the day, the month or the year."),
    "ambiguous_date": Sentence(
        "{value!r} can be day-month or month-day, and no other date of the file shows which.",
        "Write it as year-month-day, e.g. 2026-07-31.",
    ),
    "other_date_form": Sentence(
        "{value!r} has day and month in another order than the other dates of the file.",
        "Use one order in the whole file, best year-month-day.",
    ),
    "not_a_flag": Sentence("{value!r} is neither yes nor no.", "Write yes or no."),
    "not_a_choice": Sentence("{value!r} is none of {choices}.", "Use one of them.", "Did you mean {near!r}?"),
    "wrong_form": Sentence("{value!r} does not have the form {pattern}.", "See the column's line in the contract."),
    "cell_too_long": Sentence(
        "The cell holds {length} characters, which begin with {value!r}; the limit is {limit}.", "Shorten it."
    ),
    "unknown_currency": Sentence(
        "{value!r} is no currency of ISO 4217.", "Write its code of three letters, e.g. EUR.", "Did you mean {near!r}?"
    ),
    "unknown_time_zone": Sentence(
        "{value!r} is no time zone of the IANA list.",
        "Write its name there, e.g. Europe/Berlin.",
        "Did you mean {near!r}?",
    ),
    "unreadable_letters": Sentence("{value!r} holds letters in another encoding.", "Save the whole file as UTF-8."),
    "control_letter": Sentence(
        "'{value}' holds a control character ({letters}), which no text holds.",
        "Take it out, where the file is made or by hand.",
    ),
    "hidden_letter": Sentence(
        "The label '{value}' holds a character that cannot be seen or looks like a blank ({letters}).",
        "Take it out or write an ordinary blank, or map the spelling in aliases.",
    ),
    "ends_trimmed": Sentence(
        "{count} cells had characters at their ends that cannot be seen, the first of them '{value}' ({letters}); "
        "they were taken off.",
        "Take them off in the source.",
    ),
    "labels_composed": Sentence(
        "{count} labels had their accents as characters of their own (not NFC), the first of them {value!r}; "
        "they were read as one character each.",
        "Nothing has to be done; the labels meet those that are written so.",
    ),
    "forbidden_letter": Sentence(
        "The label {value!r} holds a bar or a line break, which stand between labels.", "Use another sign."
    ),
    "labels_trimmed": Sentence(
        "{count} labels had blanks at their ends, the first of them {value!r}; they were taken off.",
        "Take them off in the source.",
    ),
    "formula_read": Sentence(
        "The cell holds the formula {value!r}; the value it had when the file was saved was read.",
        "Paste it as a value if the formula may change.",
    ),
    "formula_without_value": Sentence(
        "The cell holds the formula {value!r} and no value was saved with it.", "Paste it as a value."
    ),
    "error_cell": Sentence("The cell holds the error {value}.", "Repair it in the workbook."),
    "unknown_reference": Sentence(
        "{value!r} is not in {target}.",
        "Add it there, correct it, or map it in aliases.",
        "Did you mean {near!r}? Else add it there, or map it in aliases.",
    ),
    "refused_reference": Sentence(
        "{value!r} is in row {first} of {first_file}, and that row was not loaded.", "Put that row right first."
    ),
    "unknown_row": Sentence("No row of {target} has {columns} {value!r}.", "Add the row there, or correct this one."),
    "unknown_production_order": Sentence(
        "{value!r} is not in production_orders: what was made counts, and takes nothing off what is still to come.",
        "Add the order there, or correct it.",
        "Did you mean {near!r}?",
    ),
    "only_the_whole": Sentence(
        "{value!r} names a part, and a row of {by!r} holds for the whole company.", "Write {whole!r}."
    ),
    "unknown_alias_column": Sentence(
        "{value!r} names no column of labels in the contract.",
        "Write table.column, e.g. items.item.",
        "Did you mean {near!r}?",
    ),
    "currency_without_rate": Sentence(
        "{currency} has no plan rate: rows in it, {count} here, were loaded and have no value in the plan.",
        "Add a row of rate_set plan to currency_rates.",
    ),
    "outside_calendar": Sentence(
        "{value} belongs to no period of the calendar of the plan, which runs from {first} until before {end}; the row "
        "was loaded.",
        "Correct the date, extend the calendar of the plan, or leave it on purpose.",
    ),
    "calendar_too_short": Sentence(
        "The calendar ends with {last}. Facts are known until {day}, and the {horizon} periods that are planned from "
        "there on need {count} more, {from} to {until}: without them no cycle opens.",
        "Make it {periods} periods or more.",
    ),
    "no_calendar": Sentence(
        "The calendar of the plan cannot be made ({reason}).", "Put the one row of the plan table right."
    ),
}

SENTENCES = {**FILES, **ROWS, **CELLS}
