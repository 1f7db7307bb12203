"""The model company of one seed and day, made once."""

import datetime as dt

import numpy as np
import pytest

from onenumber.sample.company import Company, make_company

AS_OF = dt.date(2026, 11, 25)


@pytest.fixture(scope="session")
def company() -> Company:
    return make_company(rng=np.random.default_rng(7), as_of=AS_OF)
