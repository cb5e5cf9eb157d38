"""LightGBM on target-encoded identities, in two settings, in a process of its own: prints one JSON line.

    lightgbm_peer.py SETTING THREADS
"""

import json
import os
import sys
import time

import lightgbm
import numpy as np
from features import load, matrices
from sklearn.metrics import log_loss, roc_auc_score

SEED = 1
# Usual ones for data of this size, not the outcome of a search.
SETTINGS = {
    "shallow": {"rounds": 150, "learning_rate": 0.1, "num_leaves": 15, "min_data_in_leaf": 100},
    "deep": {"rounds": 500, "learning_rate": 0.03, "num_leaves": 63, "min_data_in_leaf": 200},
}


def main():
    name, threads = sys.argv[1], int(sys.argv[2])
    settings = dict(SETTINGS[name])
    rounds = settings.pop("rounds")
    began = time.perf_counter()
    train, test = load(os.environ["RENTTHERUNWAY"])
    read = time.perf_counter()
    x, x_test = matrices(train, test, SEED)
    data = lightgbm.Dataset(x, train["class"])
    parameters = {
        "objective": "multiclass", "num_class": 3, "num_threads": threads, "seed": SEED, "deterministic": True,
        "force_row_wise": True, "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 10.0,
        "cat_smooth": 50.0, "verbose": -1, **settings,
    }
    model = lightgbm.train(parameters, data, rounds)
    trained = time.perf_counter()
    chances = model.predict(x_test)
    truth = test["class"].to_numpy()
    prior = np.tile(np.bincount(train["class"], minlength=3) / len(train), (len(test), 1))
    print(json.dumps({
        "reading": read - began,
        "training": trained - read,
        "auc": roc_auc_score(truth, chances, multi_class="ovr", average="macro"),
        "log_loss": log_loss(truth, chances),
        "prior_log_loss": log_loss(truth, prior),
        "bytes": len(model.model_to_string().encode()),
        "rows": [len(train), len(test)],
    }))


main()
