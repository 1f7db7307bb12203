"""Files that a command writes."""

from pathlib import Path

import click


class OutFile(click.Path):
    """A file to write: in a folder that is there, under one of the endings that are known where only some are.

    Example:
        >>> OutFile(".csv", ".parquet").convert("made.csv", None, None).name
        'made.csv'
        >>> OutFile(".csv", ".parquet").convert("made.doc", None, None)
        Traceback (most recent call last):
        click.exceptions.BadParameter: .doc is not known. Name the file .csv or .parquet.
    """

    def __init__(self, *endings: str) -> None:
        """Any ending will do where none is named."""
        super().__init__(dir_okay=False, path_type=Path)
        self.endings = endings

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a sentence on why nothing can be written there."""
        path: Path = super().convert(value, param, ctx)  # type: ignore[arg-type,assignment]  # click's text or path
        if self.endings and path.suffix not in self.endings:
            known = " or ".join([", ".join(self.endings[:-1]), self.endings[-1]])
            self.fail(f"{path.suffix or 'No ending'} is not known. Name the file {known}.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"{path.parent} is not a folder. Make it first, or name another.", param, ctx)
        return path
