#!/bin/sh
# Write requirements.txt (to run) and requirements-dev.txt (to test) from pyproject.toml.
# One version of each library for all supported Pythons, because the same inputs must give the same bits.
set -eu
UV=${1:?usage: tools/lock.sh UV}
HOW="--quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url
     --no-header --only-binary :all:"
# shellcheck disable=SC2086  # HOW is a list of options
"$UV" pip compile $HOW pyproject.toml --group build --output-file requirements.txt
# shellcheck disable=SC2086
"$UV" pip compile $HOW pyproject.toml --extra postgres --group dev --constraint requirements.txt \
    --output-file requirements-dev.txt
