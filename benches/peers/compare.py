"""Compares Inseam with its peers on the same rows: one table for outcomes, one for the size kept.

Every model runs several times in its own process; the models take turns. Timings are medians.
"""

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median

from strict import SLICES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAM = ROOT / "target" / "release" / "inseam"
PIPELINE = ROOT / "model" / "rentherunway.toml"
PUBLIC = ROOT / "out" / "rentherunway.inseam"
STAGE = re.compile(r"^(reading|training|writing): .*\(([\d.]+) s\)$", re.MULTILINE)
SWEEPS = re.compile(r"(\d+) sweeps")
PEERS = {
    "prior": ("class prior", ["prior_peer.py"]),
    "1-lv-lr": ("1-LV-LR (Misra et al. 2018)", ["latent_peer.py", "1-LV-LR"]),
    "k-lf-lr": ("K-LF-LR (Misra et al. 2018)", ["latent_peer.py", "K-LF-LR"]),
    "sfnet": ("SFNet-like (Sheikh et al. 2019)", ["sfnet_peer.py"]),
    "shallow": ("LightGBM, shallow", ["lightgbm_peer.py", "shallow"]),
    "deep": ("LightGBM, deep", ["lightgbm_peer.py", "deep"]),
}


def run(*command):
    """Runs a program to its end; stops the script if it fails.

    `cpu` of the result is the processor time in seconds, which other work on the machine disturbs
    less than time by the clock.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(c) for c in command], check=False, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed with exit status {done.returncode}:\n{done.stderr}")
    done.cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return done


def peer(script, *arguments):
    """Runs a peer and returns its report."""
    out = run(sys.executable, HERE / script, *arguments)
    return json.loads(out.stdout.splitlines()[-1]) | {"cpu": out.cpu}


def trained(threads):
    """Trains Inseam and returns the seconds of each stage, the sweeps and the processor time."""
    done = run(PROGRAM, "train", PIPELINE, "--threads", threads)
    log = done.stderr
    stages = {stage: float(seconds) for stage, seconds in STAGE.findall(log)}
    if len(stages) != 3:
        sys.exit(f"inseam train must report the stages reading, training and writing, but printed:\n{log}")
    return stages | {"sweeps": int(SWEEPS.search(log)[1]), "cpu": done.cpu}


def evaluated(threads):
    """Inseam's figures for outcomes, under the peers' names, and its figures for kept sizes."""
    report = json.loads(run(PROGRAM, "evaluate", PIPELINE, "--json", "--threads", threads).stdout)
    outcome = report["outcome"]
    figures = {"auc": outcome["macro_auc"], "log_loss": outcome["log_loss"], "ece": outcome["ece"]}
    figures["bytes"] = [PUBLIC.stat().st_size, PUBLIC.with_suffix(".customers").stat().st_size]
    figures["rows"] = [report["training_rows"], outcome["rows"]]
    return figures, report["kept_size"]


def outcomes(args):
    """Runs the models of outcomes, `--repeats` rounds of all of them, and prints their table."""
    runs = {PEERS[key][0]: [] for key in args.peers}
    scripts = {PEERS[key][0]: PEERS[key][1] for key in args.peers}
    if not args.without_inseam:
        runs["**Inseam**"] = []
    loads = []
    for _ in range(args.repeats):
        for name, reports in runs.items():
            loads.append(os.getloadavg()[0])
            reports.append(peer(*scripts[name], args.threads) if name in scripts else trained(args.threads))
    kept = None
    if not args.without_inseam:
        figures, kept = evaluated(args.threads)
        runs["**Inseam**"][0] |= figures
    rows = {name: reports[0]["rows"] for name, reports in runs.items()}
    if len({learned for learned, _ in rows.values()}) != 1:
        sys.exit(f"the models used different numbers of (training, validation) rows: {rows}")
    learned, measured = next(iter(rows.values()))
    print(
        f"Trained on {learned:,} rentals, measured on {measured:,}; {args.threads} threads, "
        f"medians of {args.repeats} runs."
    )
    # Inseam counts rows that repeat a purchase once.
    for name, (_, own) in rows.items():
        if own != measured:
            print(f"{name} is measured on {own:,} of them.")
    print(f"Load of the machine before the runs: {min(loads):.1f} to {max(loads):.1f} on {os.cpu_count()} cores.\n")
    heads = ["macro AUC", "log loss", "ECE small", "fits", "large", "reading, s", "training, s"]
    heads += ["whole process, CPU s", "prediction, us a row", "model, bytes", "of customers, bytes"]
    header("model", heads)
    for name, reports in runs.items():
        first = reports[0]
        cells = [figure(x) for x in [first["auc"], first["log_loss"], *first["ece"]]]
        cells += [f"{median(r[stage] for r in reports):.2f}" for stage in ["reading", "training"]]
        cells += [f"{median(r['cpu'] for r in reports):.1f}"]
        cells += [f"{median(r['predict_us'] for r in reports):.1f}" if "predict_us" in first else ""]
        cells += [f"{n:,}" for n in first["bytes"]]
        row(name, cells)
    print()
    if kept:
        own = runs["**Inseam**"]
        print(
            f"Inseam: {own[0]['sweeps']} sweeps, writing {median(r['writing'] for r in own):.2f} s. "
            f"Size kept in the validation part ({kept['rows']:,} rentals that fit): advised {figure(kept['advised'])}, "
            f"advised or next best {figure(kept['advised_or_next'])}; "
            f"customer's modal size {figure(kept['customer_mode'])}, article's {figure(kept['article_mode'])}."
        )
    every = [
        name.strip("*") + " " + ", ".join(f"{r['training']:.2f}" for r in reports)
        for name, reports in runs.items()
    ]
    print(f"Training seconds of every run: {'; '.join(every)}.\n")


def sizes(args):
    """Runs the ranker, the baselines and Inseam on the size kept, and prints their table."""
    report = peer("rank_peer.py", args.threads)
    models = report["models"]
    if not args.without_inseam:
        arguments = ["evaluate", PIPELINE, "--last-kept", "--same-day", "--all-rows", "--json", "--threads", args.threads]
        own = json.loads(run(PROGRAM, *arguments).stdout)
        if own["cases"] != report["cases"]:
            sys.exit(f"Inseam has {own['cases']} cases, but the ranker has {report['cases']}; they must be the same")
        models["**Inseam**, its choice model"] = own
        models["Inseam, as advised"] = own["advised"]
    lengths = ", ".join(f"{name}: {n:,}" for name, n in report["by_slice"].items())
    print(
        f"The size kept: {report['cases']:,} cases (by number of earlier rentals {lengths}), "
        f"{report['candidates']:.1f} candidates on average, the size kept among them in {report['truth_among']:.1%}.\n"
    )
    header("model", ["hit", "hit@2", *(f"{name} earlier" for name in SLICES)])
    for name, measures in models.items():
        slices = [measures.get("slices", {}).get(length) for length in SLICES]
        row(name, ["" if x is None else figure(x) for x in [measures["hit"], measures["hit2"], *slices]])
    ranker = models["LightGBM ranker"]
    print(
        f"\nThe ranker learned from {ranker['learned_from']:,} kept rentals in {ranker['rounds']} rounds and "
        f"{ranker['training']:.1f} s; it takes {ranker['predict_us']:.0f} us per case and {ranker['bytes']:,} bytes.\n"
    )


def header(first, names):
    print(f"| {' | '.join([first, *names])} |")
    print(f"| --- | {' | '.join(['---:'] * len(names))} |")


def row(name, cells):
    print(f"| {' | '.join([name, *cells])} |")


def figure(x):
    return f"{x:.4f}".lstrip("0")


def versions(args):
    packages = ["lightgbm", "numpy", "pandas", "pyarrow", "scikit-learn", "torch"]
    named = [f"{p} {version(p)}" for p in packages] + [f"Python {platform.python_version()}"]
    if not args.without_inseam:
        named.insert(0, f"{run(PROGRAM, '--version').stdout.strip()} ({commit()})")
    print(f"Versions: {', '.join(named)}.")


def commit():
    command = ["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=7"]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip() or "no commit"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="runs of each model of outcomes")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="peers that predict outcomes")
    parser.add_argument("--without-inseam", action="store_true", help="run the peers only")
    parser.add_argument("--without-ranker", action="store_true", help="do not compare the size kept")
    args = parser.parse_args()
    if args.repeats < 1:
        parser.error("--repeats must be at least 1")
    if args.peers or not args.without_inseam:
        outcomes(args)
    if not args.without_ranker:
        sizes(args)
    versions(args)


if __name__ == "__main__":
    main()
