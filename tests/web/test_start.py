"""What a web process carries: the solver and its like belong to the worker."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("numba", "scipy", "highspy", "sklearn", "pandas")
START = """
import sys
from django.urls import get_resolver
import onenumber.web.app
get_resolver().url_patterns
from onenumber.web.source import source
source()
print(*sorted(set(sys.argv[1:]) & set(sys.modules)))
"""


def test_a_web_process_starts_without_the_solver_and_its_like(tmp_path: Path) -> None:
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2] / "src"), "ONENUMBER_DEMO": "1",
        "ONENUMBER_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "onenumber.conf.settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", START, *HEAVY], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
