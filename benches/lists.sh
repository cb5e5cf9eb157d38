#!/bin/sh
# Times `inseam score` with lists of customers and articles, and LightGBM on the same pairs:
# benches/README.md.
#   RENTTHERUNWAY=path/to/rentals.parquet benches/lists.sh [--customers N] [--articles N]
set -eu
cd "$(dirname "$0")/.."
: "${RENTTHERUNWAY:?set this variable to the path of rentals.parquet}"
RENTTHERUNWAY=$(realpath "$RENTTHERUNWAY")
export RENTTHERUNWAY
. benches/python.sh
[ -x target/release/inseam ] || cargo build --release
[ -f out/rentherunway.customers ] || target/release/inseam train model/rentherunway.toml
exec "$PYTHON" benches/lists.py "$@"
