#!/bin/sh
# How fast `inseam score` is, Parquet to Parquet, process start included. See benches/README.md.
#   RENTTHERUNWAY=path/to/rentals.parquet benches/score.sh [--pairs N] [--repeats N] [--threads N]
set -eu
cd "$(dirname "$0")/.."
: "${RENTTHERUNWAY:?set it to the path of rentals.parquet}"
RENTTHERUNWAY=$(realpath "$RENTTHERUNWAY")
export RENTTHERUNWAY
. benches/python.sh
[ -x target/release/inseam ] || cargo build --release
[ -f out/rentherunway.customers ] || target/release/inseam train model/rentherunway.toml
exec "$PYTHON" benches/score.py "$@"
