"""``python -m examples.online_retail OUT --data FILE``."""

import argparse
from pathlib import Path

from examples.online_retail.convert import write


def main() -> None:
    """Read the order lines and write the contract tables."""
    parser = argparse.ArgumentParser(prog="python -m examples.online_retail", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write the contract tables to")
    parser.add_argument("--data", type=Path, required=True, help="online_retail.parquet")
    given = parser.parse_args()
    write(given.data, given.out)


if __name__ == "__main__":
    main()
