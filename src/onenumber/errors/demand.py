"""Errors of the forecast."""

from onenumber.errors.base import OneNumberError


class DemandError(OneNumberError):
    """A forecast that cannot be made as asked."""

    code = "demand"


class BadForecastRequestError(DemandError):
    """A horizon, season or level that can't be."""

    code = "bad_forecast_request"
    template = "A {what} of {value} can't be: use {way_out}."


class BadSeriesTableError(DemandError):
    """A table of series that can't be read."""

    code = "bad_series_table"
    template = "The table of series can't be read: {what}"
