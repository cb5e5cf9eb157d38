"""LightGBM on target-encoded identities, in two settings.

    lightgbm_peer.py shallow|deep THREADS
"""

import sys

import lightgbm

from boosting import REGULARISED, SEED
from features import Encoder
from measure import run

# Usual settings for data of this size. They are not tuned.
SETTINGS = {
    "shallow": {"rounds": 150, "learning_rate": 0.1, "num_leaves": 15, "min_data_in_leaf": 100},
    "deep": {"rounds": 500, "learning_rate": 0.03, "num_leaves": 63, "min_data_in_leaf": 200},
}


class Trees:
    def __init__(self, train, setting, threads):
        settings = dict(SETTINGS[setting])
        rounds = settings.pop("rounds")
        self.encoder = Encoder(train, SEED)
        parameters = REGULARISED | {
            "objective": "multiclass",
            "num_class": 3,
            "num_threads": threads,
            "cat_smooth": 50.0,
            **settings,
        }
        self.model = lightgbm.train(parameters, lightgbm.Dataset(self.encoder.train, train["class"]), rounds)
        self.threads = threads

    def chances(self, rows):
        return self.model.predict(self.encoder.of(rows), num_threads=self.threads)

    def parts(self):
        sums = dict(self.encoder.sums)
        customers = sums.pop("customer")
        return [self.model.model_to_string(), sums, self.encoder.prior], customers


if __name__ == "__main__":
    setting, threads = sys.argv[1], int(sys.argv[2])
    run(lambda train: Trees(train, setting, threads))
