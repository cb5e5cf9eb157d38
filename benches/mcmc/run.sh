#!/bin/sh
# Compares the posteriors of training with those of a sampler, on small shops: benches/README.md.
#   benches/mcmc/run.sh [--draws N] [--warmup N] [--chains N] [--seed N]
set -eu
cd "$(dirname "$0")/../.."
REQUIREMENTS=benches/mcmc/requirements.txt
. benches/python.sh
cargo build --quiet --release --example mcmc-shop
# Two arguments per shop: its chosen slope as a share of its slope, and a seed.
for shop in "0.5 7" "1 5"; do
    echo "Shop $shop:"
    # shellcheck disable=SC2086 # splits into two arguments on purpose
    target/release/examples/mcmc-shop $shop | "$PYTHON" benches/mcmc/compare.py "$@"
    echo
done
