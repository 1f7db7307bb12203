"""Codes that the world keeps a list of: time zones and currencies."""

from zoneinfo import available_timezones

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.checks.references import near_labels
from onenumber.files.faults import Fault
from onenumber.model.contract.column import CURRENCY

LISTED = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR "
    "RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES = frozenset(LISTED.split(" "))
"""Currencies of ISO 4217 that are paid with, and those that ended so lately that facts are still in them."""


def check_codes(batch: Batch) -> Batch:
    """Refuse rows with a time zone or a currency that does not exist; both are compared with the lists exactly."""
    for name in batch.good:
        for column in batch.contract[name].columns:
            if column.pattern == CURRENCY:
                batch = _currency(batch, name, column.name)
            if (name, column.name) == ("plan", "time_zone"):
                batch = _time_zone(batch, column.name)
    return batch


def _time_zone(batch: Batch, column: str) -> Batch:
    zones = sorted(available_timezones())
    labels = batch.good["plan"][column]
    where = labels.is_not_null() & ~labels.is_in(zones)
    values = {"value": labels, "near": near_labels(labels, where=where, known=pl.Series(zones))}
    return batch.judged("plan", [Fault(code="unknown_time_zone", where=where, column=column, values=values)])


def _currency(batch: Batch, name: str, column: str) -> Batch:
    labels = batch.good[name][column]
    wrong = [code for code in labels.drop_nulls().unique(maintain_order=True).to_list() if code not in CURRENCIES]
    if not wrong:
        return batch
    own = pl.concat([batch.values("plan.currency"), batch.values("currency_rates.currency")]).to_list()
    near = labels.replace_strict(wrong, [_near(code, own) for code in wrong], default=None, return_dtype=pl.String)
    where = labels.is_in(wrong).fill_null(value=False)
    fault = Fault(code="unknown_currency", where=where, column=column, values={"value": labels, "near": near})
    return batch.judged(name, [fault])


def _near(code: str, own: list[str]) -> str:
    """The one of the company's currencies of which a code has all letters but one in their place."""
    near = [known for known in own if sum(a != b for a, b in zip(code, known, strict=False)) == 1]
    return next((known for known in near if known in CURRENCIES), "")
