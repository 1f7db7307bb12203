"""A worker: ``python -m onenumber.jobs.worker`` reads functions and items and writes results, until its pipe closes."""

import os
import sys
from typing import IO

from onenumber.jobs.parcel import receive, send


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each (function, item) with (result, None), or (None, error) if the function raised."""
    while True:
        try:
            function, item = receive(questions)
        except EOFError:
            return
        answer: tuple[object, Exception | None]
        try:
            answer = (function(item), None)
        except Exception as error:  # noqa: BLE001 - it is raised again where the map was asked for
            answer = (None, error)
        send(answers, answer)


if __name__ == "__main__":
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not end up among the answers
    serve(sys.stdin.buffer, kept)
