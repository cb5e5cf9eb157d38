#!/bin/sh
# Times `inseam score`, Parquet to Parquet, including the start of the process: benches/README.md.
#   RENTTHERUNWAY=path/to/rentals.parquet benches/score.sh [--pairs N] [--repeats N] [--threads N]
set -eu
cd "$(dirname "$0")/.."
. benches/rentals.sh
exec "$PYTHON" benches/score.py "$@"
