"""What Node brings: Vite for the bundle, axe-core for the accessibility tests; brought by npm, once per lock.

Nobody needs Node to run OneNumber: the bundle lies in the tree. Where it is not here, the bundle is proved by its hash
alone and the accessibility tests do not run.
"""

import json
import shutil
import subprocess
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent.parent / "frontend"
COMMAND = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def pinned() -> str:
    """The version that the bundle is built with."""
    return (FRONTEND / ".node-version").read_text().strip()


def version() -> str:
    """The version that is here; empty where there is none."""
    if not shutil.which("node"):
        return ""
    done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip().removeprefix("v")


def has_packages(folder: Path = FRONTEND) -> bool:
    """Whether the packages in the folder are those of its lock, as npm noted them when it installed."""
    noted = folder / "node_modules/.package-lock.json"
    if not noted.exists():
        return False
    lock = _versions(folder / "package-lock.json")
    held = _versions(noted)
    asked = json.loads((folder / "package.json").read_text())
    wanted = {f"node_modules/{name}" for kind in ("dependencies", "devDependencies") for name in asked.get(kind, {})}
    return wanted <= set(held) and all(lock.get(name) == number for name, number in held.items())


def bring() -> bool:
    """Let npm install the packages of the lock, if they are not here yet; whether they are here now."""
    if not has_packages() and version() and shutil.which("npm"):
        print("Installing the packages of frontend/ with npm ...", flush=True)
        subprocess.run(COMMAND, cwd=FRONTEND, check=False, stdin=subprocess.DEVNULL)
    return has_packages()


def why_not() -> str:
    """Why the bundle cannot be built again here, in a sentence; empty if it can."""
    if not version():
        return f"there is no Node here: install Node {pinned()} to build it again"
    if version() != pinned():
        return f"this is Node {version()}: install Node {pinned()} to build it again"
    return "" if has_packages() else "its packages are not here: npm ci in frontend/ brings them"


def _versions(lock: Path) -> dict[str, str]:
    """Name -> version of every package in one of npm's locks, without the project itself."""
    packages = json.loads(lock.read_text())["packages"]
    return {name: package["version"] for name, package in packages.items() if name}
