"""Errors of reading and writing files."""

from onenumber.errors.base import OneNumberError


class FilesError(OneNumberError):
    """A file or folder that cannot be read or written as asked."""

    code = "files"


class NoFolderError(FilesError):
    """The folder to be read is not there."""

    code = "no_folder"
    template = "{folder} is not a folder. Name the folder that holds the files."


class TooManyRowsError(FilesError):
    """A table does not fit into one tab of a workbook."""

    code = "too_many_rows"
    template = "{table} has {rows} rows and a tab of a workbook holds {limit}. Export it as CSV."
