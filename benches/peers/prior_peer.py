"""Predicts the shares of the three outcomes in the training part for every row.

    prior_peer.py
"""

import numpy as np

from measure import run


class Prior:
    def __init__(self, train):
        self.shares = np.bincount(train["class"], minlength=3) / len(train)

    def chances(self, rows):
        return np.tile(self.shares, (len(rows), 1))

    def parts(self):
        return self.shares, None


if __name__ == "__main__":
    run(Prior)
