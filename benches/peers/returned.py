"""LightGBM and Inseam on one question: does a purchase come back, for whatever reason?

    returned.py PIPELINE [--after DATE] [--gap DAYS] [--threads N]

The pipeline file names a history with returns. Without --after, the peers learn from the rows that the
`where` of [history] selects and are measured on those of [test], and Inseam trains on the same rows.
With --after, both learn from what was bought before that day less the gap, and are measured on what was
bought from that day on. One run prints both.

LightGBM knows the smoothed rates of return of customer, article, brand, size, brand and size, article
and size, computed out of fold (five folds). A second model also knows the day, the number of rows of
the customer on that day, and every other column of the file. The settings are usual for data of this
size; they are not tuned.
"""

import argparse

import lightgbm
import numpy as np
import pandas as pd
from sklearn.metrics import log_loss, roc_auc_score

from boosting import REGULARISED, SEED
from shop import Shop, header, row

FOLDS, ROUNDS = 5, 150
# How many pseudo-purchases with the overall rate are added to those of an identity.
SMOOTHING = 10.0
IDENTITIES = {
    "customer": ["customer_id"],
    "article": ["article_id"],
    "brand": ["brand"],
    "size": ["size"],
    "brand_size": ["brand", "size"],
    "article_size": ["article_id", "size"],
}
SETTINGS = REGULARISED | {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 100,
}


def rates(known, asked, keys, prior):
    """The smoothed rate of return and the log count of each asked row's identity."""
    sums = known.groupby(keys)["returned"].agg(back="sum", n="size")
    found = asked[keys].merge(sums, how="left", left_on=keys, right_index=True)[["back", "n"]].fillna(0.0)
    back, n = found.to_numpy(float).T
    return (back + SMOOTHING * prior) / (n + SMOOTHING), np.log1p(n)


def features(train, test, others):
    """The features of both tables; those of `train` are computed out of fold."""
    fold = np.random.default_rng(SEED).integers(FOLDS, size=len(train))
    prior = train["returned"].mean()
    learned, measured = train[others].copy(), test[others].copy()
    for name, keys in IDENTITIES.items():
        if not set(keys) <= set(train.columns):
            continue
        own = np.empty((len(train), 2))
        for k in range(FOLDS):
            own[fold == k] = np.column_stack(rates(train[fold != k], train[fold == k], keys, prior))
        learned[[f"{name}_rate", f"{name}_count"]] = own
        measured[[f"{name}_rate", f"{name}_count"]] = np.column_stack(rates(train, test, keys, prior))
    return learned, measured


def figures(truth, chances):
    return [float(roc_auc_score(truth, chances)), float(log_loss(truth, chances)), float(np.mean(chances))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline")
    parser.add_argument("--after")
    parser.add_argument("--gap", type=int, default=30)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    shop = Shop(args.pipeline)
    rows = shop.rows
    rows["rows_that_day"] = rows.groupby(["customer_id", "day"])["day"].transform("size")
    if args.after:
        day = (pd.Timestamp(args.after) - pd.Timestamp("1970-01-01")).days
        rows["train"], rows["test"] = rows["day"] < day - args.gap, rows["day"] >= day
        report = shop.evaluate("--after", args.after, "--gap", args.gap, "--all-rows")
    else:
        report = shop.evaluate("--train")
    train, test = rows[rows["train"]].reset_index(drop=True), rows[rows["test"]].reset_index(drop=True)
    own = report["returned"]
    print(
        f"Learned from {len(train):,} purchases, measured on {len(test):,} ({own['rows']:,} by Inseam), of which "
        f"{test['returned'].mean():.1%} came back.\n"
    )
    header("model", ["AUC", "log loss", "mean prediction"])
    for name, others in {
        "LightGBM, identities": [],
        "LightGBM, all columns": ["day", "rows_that_day", *shop.extra],
    }.items():
        learned, measured = features(train, test, others)
        settings = SETTINGS | {"num_threads": args.threads}
        model = lightgbm.train(settings, lightgbm.Dataset(learned, train["returned"]), ROUNDS)
        row(name, figures(test["returned"], model.predict(measured)))
    row("**Inseam**", [own["auc"], own["log_loss"], own["mean"]])
    row("Inseam, ignoring sizes", [own["auc_without_sizes"], own["log_loss_without_sizes"], None])
    row("share in the history", [0.5, own["prior_log_loss"], None])
    print(f"\nInseam's calibration error over tenths: {own['ece']:.4f}.")


if __name__ == "__main__":
    main()
