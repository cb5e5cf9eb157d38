#!/bin/sh
# Expectation propagation beside a long run of a sampler, on small shops. See benches/README.md.
#   benches/mcmc/run.sh [--draws N] [--warmup N] [--chains N] [--seed N]
set -eu
cd "$(dirname "$0")/../.."
REQUIREMENTS=benches/mcmc/requirements.txt
. benches/python.sh
cargo build --quiet --release --example mcmc-shop
# How much of the slope is left in a size chosen, and a seed.
for shop in "0.5 7" "1 5"; do
    echo "Shop $shop:"
    # shellcheck disable=SC2086 # two arguments
    target/release/examples/mcmc-shop $shop | "$PYTHON" benches/mcmc/compare.py "$@"
    echo
done
