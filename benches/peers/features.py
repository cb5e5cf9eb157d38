"""RentTheRunway as features for trees: out-of-fold target encodings of identities, and what is known before the rental."""

import numpy as np
import pandas as pd

CLASSES = ["small", "fit", "large"]
FOLDS = 5
# Pseudo-purchases at the class prior that stand before an identity's own.
SMOOTHING = 10.0
IDENTITIES = {"customer": ["user_id"], "article": ["item_id"], "article_size": ["item_id", "size"]}
NUMBERS = ["size", "weight_lbs", "height_in", "age", "bust_size_num"]
WORDS = ["category", "rented_for", "body_type", "bust_size_letter"]


def load(path):
    """The training and the validation part, as model/rentherunway.toml has them."""
    rows = pd.read_parquet(path)
    rows["class"] = rows["fit"].map({name: k for k, name in enumerate(CLASSES)}).astype(int)
    for word in WORDS:
        rows[word] = rows[word].astype("category")
    part = rows["split"].astype(str)
    return rows[part == "train"].reset_index(drop=True), rows[part == "validation"].reset_index(drop=True)


def _rates(known, asked, keys, prior):
    """Smoothed shares of "small" and "large", and the log count, of each asked row's identity among the known rows."""
    flags = pd.DataFrame({k: known[k] for k in keys})
    flags["n"], flags["small"], flags["large"] = 1.0, known["class"] == 0, known["class"] == 2
    sums = flags.groupby(keys, sort=False)[["n", "small", "large"]].sum()
    found = asked[keys].merge(sums, how="left", left_on=keys, right_index=True)[["n", "small", "large"]]
    n, small, large = found.fillna(0.0).to_numpy(float).T
    total = n + SMOOTHING
    return np.column_stack(
        [(small + SMOOTHING * prior[0]) / total, (large + SMOOTHING * prior[2]) / total, np.log1p(n)]
    )


def matrices(train, test, seed):
    """Features of both parts: training rows encoded out of fold, test rows from the whole training part."""
    prior = np.bincount(train["class"], minlength=3) / len(train)
    fold = np.random.default_rng(seed).integers(FOLDS, size=len(train))
    encoded = [train[NUMBERS + WORDS].copy(), test[NUMBERS + WORDS].copy()]
    for name, keys in IDENTITIES.items():
        own = np.empty((len(train), 3))
        for k in range(FOLDS):
            own[fold == k] = _rates(train[fold != k], train[fold == k], keys, prior)
        for into, values in zip(encoded, [own, _rates(train, test, keys, prior)]):
            for i, what in enumerate(["small", "large", "count"]):
                into[f"{name}_{what}"] = values[:, i]
    return encoded
