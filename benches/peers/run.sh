#!/bin/sh
# Compares Inseam with its peers on the same rows, in one run: benches/README.md.
#   RENTTHERUNWAY=path/to/rentals.parquet benches/peers/run.sh \
#       [--repeats N] [--threads N] [--peers NAME...] [--without-inseam] [--without-ranker]
set -eu
cd "$(dirname "$0")/../.."
: "${RENTTHERUNWAY:?set this variable to the path of rentals.parquet}"
RENTTHERUNWAY=$(realpath "$RENTTHERUNWAY")
export RENTTHERUNWAY
. benches/python.sh
case " $* " in
*" --without-inseam "* | *" --help "* | *" -h "*) ;;
*) [ -x target/release/inseam ] || cargo build --release ;;
esac
exec "$PYTHON" benches/peers/compare.py "$@"
