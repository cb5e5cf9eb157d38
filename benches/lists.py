"""Times `inseam score` on every customer of a list with every article of another.

Beside it, in turns, LightGBM predicts the outcome of the same pairs, each in one size, from
finished features in memory. Needs the model of model/rentherunway.toml.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import lightgbm
import pandas as pd
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benches" / "peers"))
from boosting import REGULARISED, SEED  # noqa: E402
from features import Encoder, load  # noqa: E402
from lightgbm_peer import SETTINGS  # noqa: E402

PROGRAM = ROOT / "target" / "release" / "inseam"
MODEL = ROOT / "out" / "rentherunway.inseam"


def processor_seconds(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def inseam(folder, threads, options):
    """Seconds of scoring, processor seconds of the whole process, and the summary."""
    command = [PROGRAM, "score", "--model", MODEL, "--customers", folder / "customers.parquet",
               "--articles", folder / "articles.parquet", "--threads", str(threads), "--json", "--quiet", *options]
    before = processor_seconds(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    summary = json.loads(done.stdout)
    return summary["result"]["seconds"], processor_seconds(resource.RUSAGE_CHILDREN) - before, summary


def trees(train, setting, threads):
    settings = dict(SETTINGS[setting])
    rounds = settings.pop("rounds")
    parameters = REGULARISED | {"objective": "multiclass", "num_class": 3, "num_threads": threads, "cat_smooth": 50.0,
                                **settings}
    encoder = Encoder(train, SEED)
    return encoder, lightgbm.train(parameters, lightgbm.Dataset(encoder.train, train["class"]), rounds)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=2000)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", nargs="*", choices=list(SETTINGS), default=list(SETTINGS))
    args = parser.parse_args()
    train, _ = load(os.environ["RENTTHERUNWAY"])
    customers = train.drop_duplicates("user_id").sample(args.customers, random_state=1)
    articles = train.drop_duplicates("item_id").sample(args.articles, random_state=1)
    ways = {"in memory (--top 1)": ["--top", "1", "--out", "best.parquet"], "to Parquet": ["--out", "parts"]}
    times = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        customers[["user_id"]].to_parquet(folder / "customers.parquet", index=False)
        articles[["item_id"]].to_parquet(folder / "articles.parquet", index=False)
        peers = {}
        if args.peers:
            pairs = customers.drop(columns=["item_id", "category"]).merge(articles[["item_id", "category"]], how="cross")
            for setting in args.peers:
                encoder, model = trees(train, setting, args.threads)
                peers[f"LightGBM, {setting}"] = (model, encoder.of(pairs))
        for turn in range(args.repeats):
            print(f"turn {turn + 1}: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)
            for what, options in ways.items():
                out = [str(folder / f"{turn}-{o}") if i > 0 and options[i - 1] == "--out" else o
                       for i, o in enumerate(options)]
                seconds, processor, summary = inseam(folder, args.threads, out)
                if summary["result"]["pairs"] != args.customers * args.articles:
                    sys.exit(f"{summary['result']['pairs']} pairs")
                times.setdefault(what, []).append((seconds, processor))
                if what == "to Parquet":
                    table = pq.read_table(summary["out"])
                    if table.num_rows != args.customers * args.articles or table["advised_size"].null_count > 0:
                        sys.exit("some pairs have no advice")
            for what, (model, features) in peers.items():
                began, before = time.perf_counter(), processor_seconds(resource.RUSAGE_SELF)
                model.predict(features, num_threads=args.threads)
                taken = time.perf_counter() - began
                times.setdefault(what, []).append((taken, processor_seconds(resource.RUSAGE_SELF) - before))
    count = args.customers * args.articles
    print(f"{count:,} pairs, {args.threads} threads, medians of {args.repeats}")
    for what, taken in times.items():
        seconds, processor = (median(column) for column in zip(*taken))
        print(f"{what:22} {seconds:7.2f} s {count / seconds:12,.0f} pairs/s {processor:7.2f} s of processor time, "
              f"{processor / count * 1e9:6.0f} ns a pair")


main()
