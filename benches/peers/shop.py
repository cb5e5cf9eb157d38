"""Reads the history of a pipeline file for the peers that work on any shop, and runs Inseam on it.

Only what such a shop needs is understood: Parquet or CSV, `where`, the names of columns and the words
for outcomes.
"""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target" / "release" / "inseam"
# Columns of words with more values are left out: trees would learn single values by heart.
MANY = 20
NAMES = ["customer_id", "article_id", "size", "outcome", "ordered_at", "brand"]


class Shop:
    """The rows of a history under Inseam's names for columns, in the order of the file.

    `extra` are the other columns that may tell something: numbers and words with few values, but
    nothing that numbers the rows.
    """

    def __init__(self, pipeline):
        self.pipeline = Path(pipeline)
        self.settings = tomllib.loads(self.pipeline.read_text())
        history = self.settings["history"]
        table = _read(self.pipeline.parent / os.path.expandvars(history["path"]))
        given = {name: history.get("columns", {}).get(name, name) for name in NAMES}
        missing = [column for name, column in given.items() if name != "brand" and column not in table]
        if missing:
            sys.exit(f"{pipeline}: the history has no column {', '.join(missing)}")
        rows = pd.DataFrame({name: table[column] for name, column in given.items() if column in table})
        words = history.get("outcomes", {})
        rows["outcome"] = rows["outcome"].astype(str).map(lambda word: words.get(word, word))
        rows["returned"] = rows["outcome"].ne("kept").astype(int)
        rows["day"] = (pd.to_datetime(rows["ordered_at"]) - pd.Timestamp("1970-01-01")).dt.days
        rows["size"] = rows["size"].astype(str).str.strip().str.lower()
        rows["train"], rows["test"] = _where(table, history), _where(table, self.settings.get("test", {}))
        self.extra = []
        for column in table.columns.difference(list(given.values())):
            values = table[column]
            chosen = set(self.settings.get("test", {}).get("where", {}))
            if values.is_unique or column in chosen:
                continue
            if pd.api.types.is_numeric_dtype(values):
                rows[column] = values.astype(float)
            elif values.nunique() <= MANY:
                rows[column] = values.astype("category")
            else:
                continue
            self.extra.append(column)
        self.rows = rows[rows["outcome"].ne("pending")].reset_index(drop=True)

    def evaluate(self, *options):
        """Inseam's report on this pipeline."""
        command = [PROGRAM, "evaluate", self.pipeline, "--json", "--quiet", *options]
        done = subprocess.run([str(c) for c in command], check=False, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} failed with exit status {done.returncode}:\n{done.stderr}")
        return json.loads(done.stdout)


def _read(path):
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)


def _where(table, section):
    """Which rows a section's conditions select."""
    chosen = pd.Series(True, index=table.index)
    for column, values in section.get("where", {}).items():
        values = values if isinstance(values, list) else [values]
        chosen &= table[column].astype(str).isin([str(value) for value in values])
    return chosen.to_numpy()


def header(first, names):
    print(f"| {' | '.join([first, *names])} |")
    print(f"| --- | {' | '.join(['---:'] * len(names))} |")


def row(name, values):
    cells = ["" if value is None else f"{value:.4f}".lstrip("0") for value in values]
    print(f"| {' | '.join([name, *cells])} |")
