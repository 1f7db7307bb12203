"""Every error raised on purpose, a file per room.

The tree (a test holds it against the classes)::

    OneNumberError
"""

from onenumber.errors.base import OneNumberError

__all__ = ["OneNumberError"]
