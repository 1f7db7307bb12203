"""Write the data contract's page and JSON Schema anew: ``python -m tools.contract``."""

from pathlib import Path

from onenumber.files.contract_docs import json_schema, markdown

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    """Write both files into ``docs``."""
    DOCS.mkdir(exist_ok=True)
    (DOCS / "data-contract.md").write_text(markdown(), encoding="utf-8")
    (DOCS / "data-contract.schema.json").write_text(json_schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
