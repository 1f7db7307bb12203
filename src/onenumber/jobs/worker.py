"""A worker: ``python -m onenumber.jobs.worker`` reads functions and items and writes results, until its pipe closes."""

import os
import sys
from typing import IO

from onenumber.errors import OneNumberError
from onenumber.jobs.parcel import receive, send


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each (function, item) with (result, None), or (None, error) if it raised an anticipated one."""
    while True:
        try:
            function, item = receive(questions)
        except EOFError:
            return
        answer: tuple[object, OneNumberError | None]
        try:
            answer = (function(item), None)
        except OneNumberError as error:  # anything else is a fault of ours: the worker ends with its traceback
            answer = (None, error)
        send(answers, answer)


if __name__ == "__main__":
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not end up among the answers
    serve(sys.stdin.buffer, kept)
