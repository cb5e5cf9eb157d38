"""A LightGBM ranker for the size kept, and the simple rules, under the protocol of strict.py.

    rank_peer.py THREADS

The ranker is lambdarank (Burges, "From RankNet to LambdaRank to LambdaMART", 2010). It learns from
kept rows that are not cases, each with its strictly earlier rows as history. A twentieth of their
customers, drawn with a fixed seed, decides when to stop; the settings of the trees are the best of
four on that twentieth. Prints one line of JSON.
"""

import json
import os
import sys
import time

import lightgbm
import numpy as np

from boosting import REGULARISED, SEED
from features import load_all
from rank_features import RankFeatures
from strict import baselines, candidates, hits, in_order, modal_sizes, overview

ROUNDS, PATIENCE = 600, 40
SETTINGS = REGULARISED | {
    "objective": "lambdarank",
    "metric": "ndcg",
    "eval_at": [1],
    "lambdarank_truncation_level": 5,
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_data_in_leaf": 500,
    "cat_smooth": 50.0,
}


def learn(rows, features, threads):
    asked = np.flatnonzero(rows["fit"].eq("fit").to_numpy(bool) & ~rows["case"].to_numpy())
    pairs = candidates(rows, asked)
    pairs = pairs[pairs.groupby("row")["taken"].transform("any")].reset_index(drop=True)
    customers, who = np.unique(rows["user_id"].to_numpy(), return_inverse=True)
    aside = (np.random.default_rng(SEED + 1).random(len(customers)) < 0.05)[who][pairs["row"]]
    x = features.of(pairs)

    def dataset(at, reference=None):
        groups = pairs[at].groupby("row").size().to_numpy()
        return lightgbm.Dataset(x[at], pairs.loc[at, "taken"].astype(int), group=groups, reference=reference)

    known = dataset(~aside)
    stop = lightgbm.early_stopping(PATIENCE, verbose=False)
    settings = SETTINGS | {"num_threads": threads}
    return lightgbm.train(settings, known, ROUNDS, valid_sets=[dataset(aside, known)], callbacks=[stop]), len(asked)


def main():
    threads = int(sys.argv[1])
    rows = in_order(load_all(os.environ["RENTTHERUNWAY"]))
    cases = np.flatnonzero(rows["case"])
    pairs = candidates(rows, cases)
    began = time.perf_counter()
    features = RankFeatures(rows, threads, SEED)
    model, learned_from = learn(rows, features, threads)
    trained = time.perf_counter()
    scores = model.predict(features.of(pairs), num_threads=threads)
    predicted = time.perf_counter()
    models = {name: hits(rows, cases, pairs, s) for name, s in baselines(pairs, modal_sizes(rows)).items()}
    models["LightGBM ranker"] = hits(rows, cases, pairs, scores) | {
        "training": trained - began,
        "predict_us": (predicted - trained) / len(cases) * 1e6,
        "bytes": len(model.model_to_string().encode()),
        "rounds": model.best_iteration,
        "learned_from": learned_from,
    }
    print(json.dumps(overview(rows, cases, pairs) | {"models": models}))


if __name__ == "__main__":
    main()
