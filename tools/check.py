"""Run every check of the house and say which failed; one failure does not hide the next."""

import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parent.parent

CHECKS: dict[str, list[str | Path]] = {
    "style": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "types": [BIN / "mypy"],
    "imports": [BIN / "lint-imports"],
    "house rules": [sys.executable, "-m", "tools.rules"],
    "style figures": [sys.executable, "-m", "tools.figures"],
}


def main() -> int:
    """Run all checks from the root of the project; 1 when any failed."""
    failed = [name for name, command in CHECKS.items() if not passes(name, [str(part) for part in command])]
    print(
        f"\n{len(CHECKS) - len(failed)} checks passed, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}"
    )
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check, showing what it prints."""
    print(f"\n== {name}", flush=True)
    begun = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    print(f"== {name}: {'failed' if code else 'ok'} in {time.monotonic() - begun:.1f} s", flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main())
