"""Only one module of the house knows the solver."""

from pathlib import Path

import onenumber


def test_only_supply_solve_imports_the_solver():
    package = Path(onenumber.__file__).parent
    users = [str(f.relative_to(package)) for f in sorted(package.rglob("*.py")) if "import highspy" in f.read_text()]
    assert users == ["supply/solve.py"]
