#!/bin/sh
# Times `inseam score`, Parquet to Parquet, including the start of the process: benches/README.md.
#   RENTTHERUNWAY=path/to/rentals.parquet benches/score.sh [--pairs N] [--repeats N] [--threads N]
set -eu
cd "$(dirname "$0")/.."
: "${RENTTHERUNWAY:?set this variable to the path of rentals.parquet}"
RENTTHERUNWAY=$(realpath "$RENTTHERUNWAY")
export RENTTHERUNWAY
. benches/python.sh
[ -x target/release/inseam ] || cargo build --release
[ -f out/rentherunway.customers ] || target/release/inseam train model/rentherunway.toml
exec "$PYTHON" benches/score.py "$@"
