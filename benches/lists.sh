#!/bin/sh
# Times `inseam score` with lists of customers and articles, and LightGBM on the same pairs:
# benches/README.md.
#   RENTTHERUNWAY=path/to/rentals.parquet benches/lists.sh [--customers N] [--articles N]
set -eu
cd "$(dirname "$0")/.."
. benches/rentals.sh
exec "$PYTHON" benches/lists.py "$@"
