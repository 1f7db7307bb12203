"""Take the pictures of the guides anew: go through the journeys that hold them, and take away what no guide shows."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tools.chromium import path_of_chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES, SAID = ROOT / "src/onenumber/web/static/guide", ROOT / "tests/journeys/said"
WORKERS = "2"
KILO = 1000


def main() -> int:
    """Take them; the code of the journeys, 1 where there is no browser."""
    if not path_of_chromium():
        print("There is no chromium here. Install it, for example: apt-get install chromium")
        return 1
    begun = time.time()
    environment = {**os.environ, "PICTURES": "anew", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "-m", "browser", "tests/journeys"]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if code == 0:
        for file in left_over(begun):
            print(f"No journey takes it any more: {file.name}")
            file.unlink()
    sizes = {file.stem: file.stat().st_size for file in sorted(PICTURES.glob("*.webp"))}
    print(f"{len(sizes)} pictures, {sum(sizes.values()) // KILO} KB; look at those that git calls changed")
    return code


def left_over(since: float) -> list[Path]:
    """The pictures, and their texts, that were not written after a moment."""
    files = [*PICTURES.glob("*.webp"), *SAID.glob("*.txt")]
    return sorted(file for file in files if file.stat().st_mtime < since - 1)


if __name__ == "__main__":
    sys.exit(main())
