"""Inseam and its peers on the same rows: one table for outcomes, one for the size taken and kept.

Each timing is the median of several runs, taken in turn, each in a process of its own.
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
    """Runs to the end; `cpu` is the user and system seconds it took, which other work on the machine disturbs less."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(c) for c in command], check=False, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexit status {done.returncode}\n{done.stderr}")
    done.cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return done


def peer(script, *arguments):
    out = run(sys.executable, HERE / script, *arguments)
    return json.loads(out.stdout.splitlines()[-1]) | {"cpu": out.cpu}


def ours(threads):
    done = run(PROGRAM, "train", PIPELINE, "--threads", threads)
    said = done.stderr
    stages = {stage: float(seconds) for stage, seconds in STAGE.findall(said)}
    if len(stages) != 3:
        sys.exit(f"the program's stages are not as expected:\n{said}")
    return stages | {"sweeps": int(SWEEPS.search(said)[1]), "cpu": done.cpu}


def evaluated(threads):
    """Inseam's outcome figures, named as the peers name theirs, and its report's figures for kept sizes."""
    report = json.loads(run(PROGRAM, "evaluate", PIPELINE, "--json", "--threads", threads).stdout)
    outcome = report["outcome"]
    figures = {"auc": outcome["macro_auc"], "log_loss": outcome["log_loss"], "ece": outcome["ece"]}
    figures["bytes"] = [PUBLIC.stat().st_size, PUBLIC.with_suffix(".customers").stat().st_size]
    figures["rows"] = [report["training_rows"], outcome["rows"]]
    return figures, report["kept_size"]


def outcomes(args):
    """Runs every outcome model, in turn, `--repeats` times; prints their table."""
    runs = {PEERS[key][0]: [] for key in args.peers}
    scripts = {PEERS[key][0]: PEERS[key][1] for key in args.peers}
    if not args.without_inseam:
        runs["**Inseam**"] = []
    loads = []
    for _ in range(args.repeats):
        for name, of in runs.items():
            loads.append(os.getloadavg()[0])
            of.append(peer(*scripts[name], args.threads) if name in scripts else ours(args.threads))
    kept = None
    if not args.without_inseam:
        figures, kept = evaluated(args.threads)
        runs["**Inseam**"][0] |= figures
    rows = {name: of[0]["rows"] for name, of in runs.items()}
    if len(set(map(tuple, rows.values()))) != 1:
        sys.exit(f"not the same rows: {rows}")
    learned, measured = next(iter(rows.values()))
    print(
        f"{learned:,} rentals to train on, {measured:,} to measure on; {args.threads} threads, "
        f"{args.repeats} runs of each in turn, medians."
    )
    print(f"Load of the machine before each run: {min(loads):.1f} to {max(loads):.1f} on {os.cpu_count()} cores.\n")
    heads = ["macro AUC", "log loss", "ECE small", "fits", "large", "reading, s", "training, s"]
    heads += ["whole process, CPU s", "prediction, us a row", "model, bytes", "of customers, bytes"]
    header("model", heads)
    for name, of in runs.items():
        first = of[0]
        cells = [figure(x) for x in [first["auc"], first["log_loss"], *first["ece"]]]
        cells += [f"{median(r[stage] for r in of):.2f}" for stage in ["reading", "training"]]
        cells += [f"{median(r['cpu'] for r in of):.1f}"]
        cells += [f"{median(r['predict_us'] for r in of):.1f}" if "predict_us" in first else ""]
        cells += [f"{n:,}" for n in first["bytes"]]
        row(name, cells)
    print()
    if kept:
        ours_of = runs["**Inseam**"]
        print(
            f"Inseam: {ours_of[0]['sweeps']} sweeps, writing {median(r['writing'] for r in ours_of):.2f} s. "
            f"Size kept in the validation part ({kept['rows']:,} rentals that fit): advised {figure(kept['advised'])}, "
            f"advised or next best {figure(kept['advised_or_next'])}; "
            f"customer's modal size {figure(kept['customer_mode'])}, article's {figure(kept['article_mode'])}."
        )
    every = [name.strip("*") + " " + ", ".join(f"{r['training']:.2f}" for r in of) for name, of in runs.items()]
    print(f"Every run's training seconds: {'; '.join(every)}.\n")


def sizes(args):
    """Runs the ranker and its baselines; prints the table of the strict protocol."""
    report = peer("rank_peer.py", args.threads)
    models = report["models"]
    if not args.without_inseam:
        arguments = ["evaluate", PIPELINE, "--last-kept", "--all-rows", "--json", "--threads", args.threads]
        own = json.loads(run(PROGRAM, *arguments).stdout)
        if own["cases"] != report["cases"]:
            sys.exit(f"not the same cases: {own['cases']} of Inseam, {report['cases']} of the ranker")
        models["**Inseam**, its choice model"] = own
        models["Inseam, as advised"] = own["advised"]
    lengths = ", ".join(f"{name}: {n:,}" for name, n in report["by_slice"].items())
    print(
        f"The size taken and kept, strict protocol: {report['cases']:,} cases (by earlier rentals {lengths}), "
        f"{report['candidates']:.1f} candidates on average, the truth among them in {report['truth_among']:.1%}.\n"
    )
    header("model", ["hit", "hit@2", *(f"{name} earlier" for name in SLICES)])
    for name, of in models.items():
        slices = [of.get("slices", {}).get(length) for length in SLICES]
        row(name, ["" if x is None else figure(x) for x in [of["hit"], of["hit2"], *slices]])
    ranker = models["LightGBM ranker"]
    print(
        f"\nThe ranker: {ranker['learned_from']:,} kept rentals to learn from, {ranker['rounds']} rounds, "
        f"{ranker['training']:.1f} s of training, {ranker['predict_us']:.0f} us a case, {ranker['bytes']:,} bytes.\n"
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
    parser.add_argument("--repeats", type=int, default=3, help="runs of each outcome model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="outcome peers to run")
    parser.add_argument("--without-inseam", action="store_true", help="run the peers alone")
    parser.add_argument("--without-ranker", action="store_true", help="leave the size taken and kept out")
    args = parser.parse_args()
    if args.repeats < 1:
        parser.error("--repeats needs at least one")
    if args.peers or not args.without_inseam:
        outcomes(args)
    if not args.without_ranker:
        sizes(args)
    versions(args)


if __name__ == "__main__":
    main()
