"""Reads RentTheRunway and makes features for trees from it.

The features are what is known before the rental, and target encodings of the identities, computed
out of fold.
"""

import numpy as np
import pandas as pd

CLASSES = ["small", "fit", "large"]
FOLDS = 5
# How many pseudo-purchases with the overall shares are added to those of an identity.
SMOOTHING = 10.0
IDENTITIES = {"customer": ["user_id"], "article": ["item_id"], "article_size": ["item_id", "size"]}
NUMBERS = ["size", "weight_lbs", "height_in", "age", "bust_size_num"]
WORDS = ["category", "rented_for", "body_type", "bust_size_letter"]


def load_all(path):
    """All rows, in the order of the file."""
    rows = pd.read_parquet(path)
    rows["class"] = rows["fit"].map({name: k for k, name in enumerate(CLASSES)}).astype(int)
    for word in WORDS:
        rows[word] = rows[word].astype("category")
    return rows


def load(path):
    """The training and the validation part, the same as in model/rentherunway.toml."""
    rows = load_all(path)
    part = rows["split"].astype(str)
    return rows[part == "train"].reset_index(drop=True), rows[part == "validation"].reset_index(drop=True)


class Encoder:
    """Encodes rows with what the training part tells about their identities.

    `train` holds the features of the training part, encoded out of fold. `of(rows)` computes those of
    other rows from the whole training part.
    """

    def __init__(self, known, seed):
        self.prior = np.bincount(known["class"], minlength=3) / len(known)
        fold = np.random.default_rng(seed).integers(FOLDS, size=len(known))
        self.train = known[NUMBERS + WORDS].copy()
        self.sums = {}
        for name, keys in IDENTITIES.items():
            own = np.empty((len(known), 3))
            for k in range(FOLDS):
                own[fold == k] = self._rates(_sums(known[fold != k], keys), known[fold == k], keys)
            _add(self.train, name, own)
            self.sums[name] = _sums(known, keys)

    def of(self, rows):
        features = rows[NUMBERS + WORDS].copy()
        for name, keys in IDENTITIES.items():
            _add(features, name, self._rates(self.sums[name], rows, keys))
        return features

    def _rates(self, sums, asked, keys):
        """Smoothed shares of "small" and "large", and the log count, of each asked identity."""
        found = asked[keys].merge(sums, how="left", left_on=keys, right_index=True)[["n", "small", "large"]]
        n, small, large = found.fillna(0.0).to_numpy(float).T
        total = n + SMOOTHING
        return np.column_stack(
            [(small + SMOOTHING * self.prior[0]) / total, (large + SMOOTHING * self.prior[2]) / total, np.log1p(n)]
        )


def _sums(known, keys):
    flags = pd.DataFrame({k: known[k] for k in keys})
    flags["n"], flags["small"], flags["large"] = 1.0, known["class"] == 0, known["class"] == 2
    return flags.groupby(keys, sort=False)[["n", "small", "large"]].sum()


def _add(features, name, values):
    for i, what in enumerate(["small", "large", "count"]):
        features[f"{name}_{what}"] = values[:, i]
