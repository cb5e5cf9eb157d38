#!/bin/sh
# Expectation propagation beside a long run of a sampler, on small shops. See benches/README.md.
#   benches/mcmc/run.sh [--draws N] [--warmup N] [--chains N] [--seed N]
set -eu
cd "$(dirname "$0")/../.."
REQUIREMENTS=benches/mcmc/requirements.txt
. benches/python.sh
cargo build --quiet --release --example mcmc-shop
for knowing in 0 1; do
    echo "Of a size chosen, $knowing of the slope is left:"
    target/release/examples/mcmc-shop "$knowing" 5 | "$PYTHON" benches/mcmc/compare.py "$@"
    echo
done
