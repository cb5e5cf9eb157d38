"""Times `inseam score` on pairs drawn with replacement from the rentals.

Checks that every pair has advice and probabilities.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pandas as pd
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "target" / "release" / "inseam"
MODEL = ROOT / "out" / "rentherunway.inseam"
# What a shop knows of a pair before the purchase.
COLUMNS = [
    "user_id",
    "item_id",
    "category",
    "size",
    "weight_lbs",
    "height_in",
    "age",
    "bust_size_num",
    "bust_size_letter",
    "body_type",
]
ADDED = ["advised_size", "advised_p_fits", "status", "p_too_small", "p_fits", "p_too_large", "p_returned"]


def processor_seconds():
    """Processor time of the programs run so far.

    Other work on the machine disturbs it less than the time by the clock.
    """
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pairs, scored = Path(folder, "pairs.parquet"), Path(folder, "scored.parquet")
        rows = pd.read_parquet(os.environ["RENTTHERUNWAY"], columns=COLUMNS)
        rows.sample(args.pairs, replace=True, random_state=1).to_parquet(pairs, index=False)
        seconds, processor, loads = [], [], []
        for _ in range(args.repeats):
            loads.append(os.getloadavg()[0])
            files = ["--model", MODEL, "--pairs", pairs, "--out", scored]
            command = [PROGRAM, "score", *files, "--threads", str(args.threads), "--quiet"]
            began, before = time.perf_counter(), processor_seconds()
            done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
            seconds.append(time.perf_counter() - began)
            processor.append(processor_seconds() - before)
            if done.returncode != 0:
                sys.exit(done.stderr)
        out = pq.read_table(scored)
        missing = [c for c in COLUMNS + ADDED if c not in out.column_names]
        if missing or out.num_rows != args.pairs:
            sys.exit(f"{scored} has {out.num_rows} rows instead of {args.pairs}, and lacks the columns {missing}")
        chances = out.select(ADDED[3:6]).to_pandas()
        # An article that only the validation part sells gets no advice, but it gets probabilities,
        # because the model knows the position of its size.
        if chances.isna().any(axis=None) or (chances.sum(axis=1) - 1).abs().max() > 1e-6:
            sys.exit("some pairs have no probabilities, or probabilities that do not sum to one")
        typical = median(seconds)
        print(f"{args.pairs:,} pairs, {args.threads} threads: {typical:.2f} s, {args.pairs / typical:,.0f} pairs a second "
              f"(runs: {', '.join(f'{s:.2f}' for s in seconds)} s; "
              f"load before each {', '.join(f'{x:.1f}' for x in loads)} on {os.cpu_count()} cores)")
        spent = median(processor)
        print(f"{spent:.2f} s of processor time, {spent / args.pairs * 1e6:.1f} microseconds a pair")
        print(f"{pairs.stat().st_size:,} bytes in, {scored.stat().st_size:,} bytes out")


main()
