"""Runs a peer that predicts outcomes: reads the data, trains, predicts, prints one line of JSON."""

import json
import os
import pickle
import time

import numpy as np
from sklearn.metrics import log_loss, roc_auc_score

from boosting import SEED
from features import load

BINS = 15


def ece(chances, truth, k):
    """Expected calibration error of class `k` (Naeini, Cooper and Hauskrecht, AAAI 2015).

    The bins have equal counts; they are the same as in `inseam evaluate`.
    """
    order = np.argsort(chances[:, k], kind="stable")
    edges = np.arange(BINS + 1) * len(order) // BINS
    off = chances[order, k] - (truth[order] == k)
    return float(np.abs(np.add.reduceat(off, edges[:-1])).sum() / len(order))


def held_out(rows, share=0.05):
    """A random mask of training rows, held out to decide when to stop or which setting to use.

    No peer uses validation rows for that.
    """
    return np.random.default_rng(SEED).random(len(rows)) < share


def run(learn):
    """Trains and measures a model, and prints the report.

    `learn(train)` returns the model. `model.chances(rows)` predicts the probabilities of the classes;
    `model.parts()` returns what predicting needs, as a pair: what all customers share, and what
    belongs to single customers. The time of prediction includes encoding the rows.
    """
    began = time.perf_counter()
    train, test = load(os.environ["RENTTHERUNWAY"])
    read = time.perf_counter()
    model = learn(train)
    trained = time.perf_counter()
    chances = model.chances(test)
    predicted = time.perf_counter()
    truth = test["class"].to_numpy()
    shared, customers = model.parts()
    report = {
        "reading": read - began,
        "training": trained - read,
        "predict_us": (predicted - trained) / len(test) * 1e6,
        "auc": float(roc_auc_score(truth, chances, multi_class="ovr", average="macro")),
        "log_loss": float(log_loss(truth, chances)),
        "ece": [ece(chances, truth, k) for k in range(3)],
        "bytes": [len(pickle.dumps(shared)), len(pickle.dumps(customers))],
        "rows": [len(train), len(test)],
    }
    print(json.dumps(report))
