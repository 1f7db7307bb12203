"""OneNumber: one plan that everyone signs."""

import os

# Before NumPy is imported: with more threads, the last bits of a sheet would depend on how many cores there are.
os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"))  # noqa: TID251 - written, not read
