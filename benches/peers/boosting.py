"""Settings of LightGBM that all peers share. They are usual ones for data of this size, not tuned."""

SEED = 1

# The same trees in every run.
REPEATABLE = {"seed": SEED, "deterministic": True, "force_row_wise": True, "verbose": -1}
# Sampling and shrinkage.
REGULARISED = REPEATABLE | {
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
}
