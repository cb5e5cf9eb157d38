"""What every outcome peer does and reports: read, train, predict, one JSON line. Each runs in a process of its own."""

import json
import os
import pickle
import time

import numpy as np
from sklearn.metrics import log_loss, roc_auc_score

from features import load

SEED = 1
BINS = 15


def ece(chances, truth, k):
    """Expected calibration error of class `k` (Naeini, Cooper and Hauskrecht, AAAI 2015), bins of equal counts.

    Bin for bin as `inseam evaluate` has it.
    """
    order = np.argsort(chances[:, k], kind="stable")
    edges = np.arange(BINS + 1) * len(order) // BINS
    off = chances[order, k] - (truth[order] == k)
    return float(np.abs(np.add.reduceat(off, edges[:-1])).sum() / len(order))


def held_out(rows, share=0.05):
    """A mask of the training rows set aside to stop or choose by, drawn by seed. Validation rows never serve for that."""
    return np.random.default_rng(SEED).random(len(rows)) < share


def run(learn):
    """`learn(train)` gives a model: `chances(rows)`, and `parts()`, what must be kept to predict, customers' part apart.

    Prediction is timed from the table's rows, encoding included.
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
