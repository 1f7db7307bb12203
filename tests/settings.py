"""The settings of the tests: the product's own, as a demo in a folder of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="onenumber-tests-")
Path(_home, "static").mkdir()
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["ONENUMBER_DEMO"] = "1"
os.environ["ONENUMBER_HOME"] = _home

from onenumber.conf.settings import *  # noqa: E402, F403 - the environment comes first
