"""A LightGBM ranker for the size kept last, on exactly the cases of `inseam evaluate --last-kept`.

    kept_size.py PIPELINE [--threads N] [--rounds N]

Inseam writes its cases with --cases; the ranker predicts the same purchases in the same folds of
customers, from the customer's purchases of strictly earlier days. For a fold it learns from every kept
purchase that Inseam's training sees too. What it knows of articles, brands and labels comes from the
customers of the other folds, so that no feature contains the purchase itself. The ranker is lambdarank
(Burges, "From RankNet to LambdaRank to LambdaMART", 2010); its settings are usual for data of this size
and not tuned. One run prints hit and hit@2 of everything.
"""

import argparse
import tempfile
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd

from boosting import REGULARISED, SEED
from kept_features import KeptFeatures
from shop import Shop, header, row

SLICES = {"0": (0, 0), "1": (1, 1), "2-3": (2, 3), "4-9": (4, 9), "10+": (10, np.inf)}
RANKS = {
    "**Inseam**, its choice model": "choice_rank",
    "Inseam, as advised": "advised_rank",
    "customer's modal size": "customer_mode_rank",
    "customer's modal size kept within the fit group": "customer_group_mode_rank",
    "article's modal size": "article_mode_rank",
}
SETTINGS = REGULARISED | {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 5,
    "learning_rate": 0.08,
    "num_leaves": 31,
    "min_data_in_leaf": 100,
}


def in_order(rows, cases):
    """The rows by customer, day and order in the file, with each customer's case and fold.

    `target` marks a customer's last kept row. `fold` is that of the customer's case; customers
    without a case get one at random. `hidden` marks rows of the target's day and later, which a model
    for this fold must not see.
    """
    rows = rows.sort_values(["customer_id", "day"], kind="stable").reset_index(drop=True)
    customers = rows.groupby("customer_id", sort=False)
    kept = rows["returned"].eq(0)
    rows["target"] = False
    rows.loc[rows[kept].groupby("customer_id").tail(1).index, "target"] = True
    rows["target"] &= customers["day"].transform("size") >= 2
    fold = cases.set_index("customer_id")["fold"]
    drawn = pd.Series(
        np.random.default_rng(SEED).integers(fold.max() + 1, size=customers.ngroups), index=customers.size().index
    )
    rows["fold"] = rows["customer_id"].map(fold.reindex(drawn.index).fillna(drawn)).astype(int)
    day = rows["customer_id"].map(rows[rows["target"]].set_index("customer_id")["day"])
    rows["hidden"] = rows["day"] >= day
    return rows


def check(rows, cases):
    """Stops unless the ranker's targets are Inseam's cases."""
    own = rows[rows["target"]].set_index("customer_id")
    theirs = cases.set_index("customer_id").loc[own.index] if len(own) == len(cases) else None
    if theirs is None or not (own["article_id"] == theirs["article_id"]).all():
        raise SystemExit(f"the ranker has {len(own):,} cases, Inseam has {len(cases):,}; they must be the same")


def place_of_taken(pairs, scores, asked):
    """The rank of the size taken of each asked row; infinite where it is not a candidate."""
    ranked = pairs[["row", "taken", "sold"]].assign(score=scores)
    ranked = ranked.sort_values(["row", "score", "sold"], ascending=[True, False, False], kind="stable")
    place = ranked.groupby("row").cumcount()[ranked["taken"]]
    found = pd.Series(np.inf, index=asked)
    found[ranked.loc[ranked["taken"], "row"]] = place.to_numpy()
    return found


def predict(rows, features, settings, rounds):
    """The rank of the size taken of each target, by models that do not see the targets of their fold."""
    ranks = []
    asked = np.flatnonzero(rows["returned"].eq(0).to_numpy(bool))
    pairs = features.candidates(asked)
    x = features.of(pairs)
    fold, hidden, target = (rows[c].to_numpy()[pairs["row"]] for c in ["fold", "hidden", "target"])
    usable = pairs.groupby("row")["taken"].transform("any").to_numpy()
    for k in np.unique(rows["fold"]):
        learn = usable & ~((fold == k) & hidden)
        groups = pairs[learn].groupby("row").size().to_numpy()
        data = lightgbm.Dataset(x[learn], pairs.loc[learn, "taken"].astype(int), group=groups)
        model = lightgbm.train(settings, data, rounds)
        test = (fold == k) & target
        of = np.flatnonzero((rows["fold"] == k).to_numpy() & rows["target"].to_numpy())
        ranks.append(place_of_taken(pairs[test], model.predict(x[test]), of))
    return pd.concat(ranks), x.columns[np.argsort(-model.feature_importance("gain"))[:8]].tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=150)
    args = parser.parse_args()
    shop = Shop(args.pipeline)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "cases.parquet"
        report = shop.evaluate("--last-kept", "--all-rows", "--cases", table)
        cases = pd.read_parquet(table)
    shop.rows["customer_id"] = shop.rows["customer_id"].astype(str)
    shop.rows["article_id"] = shop.rows["article_id"].astype(str)
    rows = in_order(shop.rows, cases)
    check(rows, cases)
    settings = SETTINGS | {"num_threads": args.threads}
    ranks, used = predict(rows, KeptFeatures(rows, shop.extra), settings, args.rounds)
    history = cases.set_index("customer_id")["earlier_purchases"]
    earlier = {name: history.between(*ends).to_numpy() for name, ends in SLICES.items()}
    ranker = pd.Series(ranks.to_numpy(), index=rows.loc[ranks.index, "customer_id"]).reindex(history.index)
    found = {name: cases[column].fillna(np.inf).to_numpy() for name, column in RANKS.items()}
    found["LightGBM ranker"] = ranker.to_numpy()
    lengths = ", ".join(f"{name}: {of.sum():,}" for name, of in earlier.items())
    print(f"{report['cases']:,} cases, by the number of purchases of earlier days {lengths}.\n")
    header("model", ["hit", "hit@2", *(f"{name} earlier" for name in SLICES)])
    for name, rank in found.items():
        row(name, [(rank < 1).mean(), (rank < 2).mean(), *((rank[of] < 1).mean() for of in earlier.values())])
    error = np.sqrt(((found["LightGBM ranker"] < 1) ^ (found["**Inseam**, its choice model"] < 1)).mean() / len(cases))
    print(f"\nStandard error of Inseam's hit minus the ranker's: {error:.4f}. The ranker uses most {', '.join(used)}.")


if __name__ == "__main__":
    main()
