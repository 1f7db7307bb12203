#!/bin/sh
# Print the first Python that OneNumber runs on; where there is none, the first of all, so that tools/environment.py can say so.
for python in python3 python3.13 python3.12 python3.11 python; do
    "$python" -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || continue
    echo "$python"
    exit 0
done
for python in python3 python; do
    command -v "$python" && exit 0
done
echo "OneNumber needs Python 3.11, 3.12 or 3.13, and there is none: install one and start again." >&2
echo false
