"""The browser's bundle: build it, or prove that the one in the tree is what its sources build to.

    python -m tools.bundle build     (needs the pinned Node; npm brings its packages)
    python -m tools.bundle check     (0: it is; 1: it is not)

Where the pinned Node and its packages are, the check builds again and compares every byte. Elsewhere it says why not
and compares the hash of the sources and of the lock with the one that was written into the bundle when it was built.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import node

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = node.FRONTEND
BUILT = ROOT / "src/onenumber/web/static/built"
SETTINGS = ("package-lock.json", "package.json", "tsconfig.json", "vite.config.js")


def hash_of_sources(folder: Path = FRONTEND) -> str:
    """The hash over name and content of every source and of what decides how it is built."""
    sources = [path.relative_to(folder).as_posix() for path in (folder / "src").rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for name in sorted([*SETTINGS, *sources]):
        digest.update(f"{name}\0".encode() + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()


def written_hash(built: Path = BUILT) -> str:
    """The hash in the first line of the bundle; empty where there is none."""
    first = (built / "onenumber.js").read_text().split("\n", maxsplit=1)[0]
    return first.rpartition("sha256:")[2].removesuffix(" */") if "sha256:" in first else ""


def build(into: Path) -> None:
    """Check the types and build into a folder."""
    npx = ["npm", "run", "--silent"]
    subprocess.run([*npx, "check"], cwd=FRONTEND, check=True)
    environment = {**os.environ, "ONENUMBER_BUNDLE_DIR": str(into)}
    subprocess.run([*npx, "build", "--", "--logLevel", "error"], cwd=FRONTEND, check=True, env=environment)


def difference() -> str:
    """What is wrong with the bundle in the tree, in a sentence; empty if nothing is."""
    if hash_of_sources() != written_hash():
        return "The bundle was built from other sources. Build it again: python -m tools.bundle build"
    if node.why_not():
        return ""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        fresh = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    kept = {path.name: path.read_bytes() for path in BUILT.iterdir()}
    return "" if fresh == kept else "The bundle differs from what its sources build to: python -m tools.bundle build"


def main(arguments: list[str]) -> int:
    """Build or check."""
    if arguments == ["build"]:
        node.bring()
        build(BUILT)
        return 0
    if arguments == ["check"]:
        wrong = difference()
        how = f"by its hash; {node.why_not()}" if node.why_not() else "built again"
        print(wrong or f"The bundle is what its sources build to ({how}).")
        return 1 if wrong else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
