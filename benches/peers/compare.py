"""Class prior, LightGBM twice, and Inseam on the same rows: one table. Each timing is the median of several runs, taken in turn."""

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

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target" / "release" / "inseam"
PIPELINE = ROOT / "model" / "rentherunway.toml"
PUBLIC = ROOT / "out" / "rentherunway.inseam"
STAGE = re.compile(r"^(reading|training|writing): .*\(([\d.]+) s\)$", re.M)
SWEEPS = re.compile(r"(\d+) sweeps")


def run(*command):
    """Runs to the end; `cpu` is the user and system seconds it took, which other work on the machine disturbs less."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexit status {done.returncode}\n{done.stderr}")
    done.cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return done


def peer(setting, threads):
    out = run(sys.executable, Path(__file__).with_name("lightgbm_peer.py"), setting, threads)
    return json.loads(out.stdout.splitlines()[-1]) | {"cpu": out.cpu}


def ours(threads):
    done = run(PROGRAM, "train", PIPELINE, "--threads", threads)
    said = done.stderr
    stages = {stage: float(seconds) for stage, seconds in STAGE.findall(said)}
    if len(stages) != 3:
        sys.exit(f"the program's stages are not as expected:\n{said}")
    return stages | {"sweeps": int(SWEEPS.search(said)[1]), "cpu": done.cpu}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--settings", nargs="*", choices=["shallow", "deep"], default=["shallow", "deep"], help="of LightGBM")
    args = parser.parse_args()
    if not args.settings:
        parser.error("--settings needs at least one")
    names = {f"LightGBM, {setting}": setting for setting in args.settings}
    runs = {name: [] for name in [*names, "Inseam"]}
    loads = []
    for _ in range(args.repeats):
        for name in runs:
            loads.append(os.getloadavg()[0])
            runs[name].append(peer(names[name], args.threads) if name in names else ours(args.threads))
    report = json.loads(run(PROGRAM, "evaluate", PIPELINE, "--json", "--threads", args.threads).stdout)
    outcome = report["outcome"]
    first = runs[next(iter(names))][0]
    rows = first["rows"]
    if rows != [report["training_rows"], outcome["rows"]]:
        sys.exit(f"not the same rows: peers {rows}, Inseam {report['training_rows']} and {outcome['rows']}")

    def seconds(name, stage):
        return median(r[stage] for r in runs[name])

    inseam = seconds("Inseam", "training")
    print(f"{rows[0]:,} rentals to train on, {rows[1]:,} to measure on; {args.threads} threads, {args.repeats} runs of each in turn, medians.")
    print(f"Load of the machine before each run: {min(loads):.1f} to {max(loads):.1f} on {os.cpu_count()} cores.\n")
    print("| model | macro AUC | log loss | reading, s | training, s | writing, s | training, times Inseam's | whole process, CPU s | model, bytes |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    print(f"| class prior | .5000 | {figure(first['prior_log_loss'])} | | | | | | |")
    for name in names:
        r = runs[name][0]
        training = seconds(name, "training")
        print(f"| {name} | {figure(r['auc'])} | {figure(r['log_loss'])} | {seconds(name, 'reading'):.2f} | {training:.2f} | | {training / inseam:.2f} | {seconds(name, 'cpu'):.1f} | {r['bytes']:,} |")
    stages = " | ".join(f"{seconds('Inseam', s):.2f}" for s in ["reading", "training", "writing"])
    print(f"| **Inseam**, {runs['Inseam'][0]['sweeps']} sweeps | **{figure(outcome['macro_auc'])}** | **{figure(outcome['log_loss'])}** | {stages} | 1 | {seconds('Inseam', 'cpu'):.1f} | {PUBLIC.stat().st_size:,} |")
    print()
    hit = report["kept_size"]
    print(f"Size kept ({hit['rows']:,} rentals that fit): advised {figure(hit['advised'])}, advised or next best {figure(hit['advised_or_next'])}; "
          f"customer's modal size {figure(hit['customer_mode'])}, article's {figure(hit['article_mode'])}.")
    print(f"Calibration error (too small, fits, too large): {', '.join(figure(e) for e in outcome['ece'])}.\n")
    every = [name + " " + ", ".join(f"{r['training']:.2f}" for r in of) for name, of in runs.items()]
    print(f"Every run's training seconds: {'; '.join(every)}.")
    packages = ", ".join(f"{p} {version(p)}" for p in ["lightgbm", "numpy", "pandas", "pyarrow", "scikit-learn"])
    print(f"Versions: {run(PROGRAM, '--version').stdout.strip()} ({commit()}), {packages}, Python {platform.python_version()}.")


def figure(x):
    return f"{x:.4f}".lstrip("0")


def commit():
    done = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=7"], capture_output=True, text=True)
    return done.stdout.strip() or "no commit"


main()
