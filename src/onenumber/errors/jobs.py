"""Errors of what runs in other processes."""

from onenumber.errors.base import OneNumberError


class JobError(OneNumberError):
    """A job cannot be done."""

    code = "job"


class WorkerLostError(JobError):
    """A worker process ended before it answered."""

    code = "worker_lost"
    template = (
        "A worker process ended before it was done (exit code {code}); nothing of the step was kept. Start the step "
        "again; if it happens again and the log shows no error of the worker, the machine has too little memory for so "
        "many workers: give it more memory or fewer cores."
    )
