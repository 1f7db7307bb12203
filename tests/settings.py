"""The settings of the tests: the product's own, as a demo in a folder of its own."""

import os
import tempfile

os.environ["ONENUMBER_DEMO"] = "1"
os.environ["ONENUMBER_HOME"] = tempfile.mkdtemp(prefix="onenumber-tests-")

from onenumber.conf.settings import *  # noqa: F403 - the environment comes first
