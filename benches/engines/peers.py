"""Trains small models that a shop could put on a page instead of Inseam: trees and a network.

    peers.py FOLDER

They learn from RentTheRunway's training part. Writes trees.json, network.json and network.onnx into
the folder, and rows.json with feature rows and the predictions of both models for them.
"""

import json
import os
import sys

import lightgbm
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.neural_network import MLPClassifier

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "peers"))
from features import WORDS, Encoder, load  # noqa: E402

SEED = 1
# How many sizes one advice compares.
SIZES = 7
ADVICES = 64


def numbers(features, medians):
    """The features as plain numbers, which every runtime accepts.

    Words become codes; missing values become medians.
    """
    plain = features.copy()
    for word in WORDS:
        plain[word] = plain[word].cat.codes
    return plain.fillna(medians).to_numpy(np.float32)


def trees(x, y):
    """LightGBM with settings that keep the model small."""
    settings = {
        "objective": "multiclass",
        "num_class": 3,
        "learning_rate": 0.1,
        "num_leaves": 15,
        "min_data_in_leaf": 100,
        "seed": SEED,
        "deterministic": True,
        "force_row_wise": True,
        "lambda_l2": 10.0,
        "num_threads": 1,
        "verbose": -1,
    }
    return lightgbm.train(settings, lightgbm.Dataset(x, y), 150)


def network(x, y):
    """Weights and biases of a network with 32 and 16 hidden units."""
    mean, sd = x.mean(0), x.std(0)
    fitted = MLPClassifier((32, 16), random_state=SEED, max_iter=12, early_stopping=True).fit((x - mean) / sd, y)
    # The first layer includes the standardisation of the features.
    first = fitted.coefs_[0] / sd[:, None]
    weights = [first, *fitted.coefs_[1:]]
    biases = [fitted.intercepts_[0] - mean @ first, *fitted.intercepts_[1:]]
    return [w.astype(np.float32) for w in weights], [b.astype(np.float32) for b in biases]


def forward(layers, x):
    """The network's probabilities of the three outcomes."""
    weights, biases = layers
    for w, b in zip(weights[:-1], biases[:-1]):
        x = np.maximum(x @ w + b, 0)
    x = x @ weights[-1] + biases[-1]
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def as_onnx(layers):
    """The network as an ONNX model."""
    nodes, values, name = [], [], "rows"
    for i, (w, b) in enumerate(zip(*layers)):
        values += [numpy_helper.from_array(w, f"w{i}"), numpy_helper.from_array(b, f"b{i}")]
        nodes.append(helper.make_node("Gemm", [name, f"w{i}", f"b{i}"], [f"z{i}"]))
        last = i + 1 == len(layers[0])
        name = "chances" if last else f"a{i}"
        nodes.append(helper.make_node("Softmax", [f"z{i}"], [name], axis=1) if last else helper.make_node("Relu", [f"z{i}"], [name]))
    width = layers[0][0].shape[0]
    put = helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, width])
    out = helper.make_tensor_value_info("chances", TensorProto.FLOAT, [None, 3])
    graph = helper.make_graph(nodes, "network", [put], [out], values)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def main():
    folder = sys.argv[1]
    known, asked = load(os.environ["RENTTHERUNWAY"])
    encoder = Encoder(known, SEED)
    plain = encoder.train.copy()
    for word in WORDS:
        plain[word] = plain[word].cat.codes
    medians = plain.median()
    x, y = numbers(encoder.train, medians), known["class"].to_numpy()
    to, truth = numbers(encoder.of(asked), medians), asked["class"].to_numpy()
    forest, layers = trees(x, y), network(x, y)
    for name, chances in [("trees", forest.predict(to)), ("network", forward(layers, to))]:
        auc = roc_auc_score(truth, chances, multi_class="ovr")
        print(f"{name}: macro AUC {auc:.4f}, log loss {log_loss(truth, chances):.4f}", file=sys.stderr)
    rows = to[: SIZES * ADVICES]
    write = lambda name, value: json.dump(value, open(os.path.join(folder, name), "w"))  # noqa: E731
    write("trees.json", forest.dump_model()["tree_info"])
    write("network.json", {"weights": [w.tolist() for w in layers[0]], "biases": [b.tolist() for b in layers[1]]})
    predictions = {"trees": forest.predict(rows).tolist(), "network": forward(layers, rows).tolist()}
    write("rows.json", {"rows": rows.tolist(), **predictions})
    onnx.save(as_onnx(layers), os.path.join(folder, "network.onnx"))


main()
