"""1-LV-LR and K-LF-LR: latent sizes, then logistic regression.

Two baselines of Misra, Wan and McAuley, "Decomposing fit semantics for product size recommendation in
metric spaces", RecSys 2018.

    latent_peer.py 1-LV-LR|K-LF-LR THREADS

Written from the paper's description, not from its authors' code. Customer c, parent product p (an
article) and child product s (the article in one size) have a fit score f. A high score means too
small, a low one too large.

- 1-LV: f = w (u_c - v_s), with one true size for the customer and one for the child product (the
  method of Sembium et al., "Recommending product sizes to customers", RecSys 2017). Both start at the
  standardised sizes bought, and the penalty pulls them back there.
- K-LF: f = w . [1, b_c, b_p, u_c * v_s], with biases and K latent factors; `*` is by element. The
  penalty pulls towards 0.

Hinge losses, summed over the training rows, place the thresholds t1 < t2 that separate large, fit and
small. Within an article, a larger size never has a smaller factor: after each step of gradient
descent, a running maximum enforces this. The paper's second step is a multinomial logistic regression
on the learned factors: u_c - v_s and its square for 1-LV, [b_c, b_p, u_c * v_s] for K-LF.

Choices that the paper leaves open: the optimiser is Adam. An unseen customer is the mean customer, an
unseen size of an article is its nearest seen size, and an unseen article is the mean of all articles
in that size. The factors learn from nine tenths of the training part and the regression from the
other tenth, drawn with a fixed seed; a regression that learns from the same rows as the factors
trusts them too much (log loss above 1). Penalty, number of factors and number of steps are the best
of a few values on held-out training rows.
"""

import sys

import numpy as np
import pandas as pd
import torch
from sklearn.linear_model import LogisticRegression

from measure import SEED, held_out, run

SETTINGS = {
    "1-LV-LR": {"factors": 1, "penalty": 0.1, "steps": 400},
    "K-LF-LR": {"factors": 10, "penalty": 10.0, "steps": 200},
}
RATE = 0.05
# Share of the training part from which the regression learns.
ASIDE = 0.1


class Children:
    """The child products (articles in one size), sorted by article and size."""

    def __init__(self, rows):
        pairs = rows[["item_id", "size"]].drop_duplicates().sort_values(["item_id", "size"])
        self.articles, article = np.unique(pairs["item_id"].to_numpy(), return_inverse=True)
        self.article, self.size = article, pairs["size"].to_numpy(float)
        first = np.searchsorted(article, np.arange(len(self.articles)))
        self.place = np.arange(len(article)) - first[article]

    def rising(self, v):
        """The running maximum of `v` along the sizes of each article."""
        grid = torch.full((len(self.articles), int(self.place.max()) + 1, v.shape[1]), -torch.inf)
        grid[self.article, self.place] = v
        return torch.cummax(grid, 1).values[self.article, self.place]

    def find(self, rows):
        """Each row's article and the child product nearest to its size; -1 for an unseen article."""
        article = pd.Index(self.articles).get_indexer(rows["item_id"])
        size = rows["size"].to_numpy(float)
        keys, wanted = self.article * 1000 + self.size, article * 1000 + size
        right = np.searchsorted(keys, wanted).clip(0, len(keys) - 1)
        left = (right - 1).clip(0)
        nearest = np.where(np.abs(keys[left] - wanted) < np.abs(keys[right] - wanted), left, right)
        return article, np.where(article < 0, -1, nearest)


class LatentSizes:
    def __init__(self, train, kind, threads, factors, penalty, steps):
        torch.set_num_threads(threads)
        torch.manual_seed(SEED)
        self.kind = kind
        aside = held_out(train, ASIDE)
        train, aside = train[~aside].reset_index(drop=True), train[aside]
        self.children = Children(train)
        self.customers, who = np.unique(train["user_id"].to_numpy(), return_inverse=True)
        parent, child = self.children.find(train)
        self._start(train, who, factors)
        truth = torch.tensor(train["class"].to_numpy())
        index = [torch.from_numpy(i) for i in (who, parent, child)]
        self._descend(index, truth, penalty, steps)
        self._fill_gaps(self.children.size)
        self.regression = LogisticRegression(C=1.0, max_iter=1000)
        self.regression.fit(self._features(aside), aside["class"])

    def _start(self, train, who, factors):
        """Start values: the sizes bought for 1-LV, small noise for K-LF."""
        n, articles, children = len(self.customers), len(self.children.articles), len(self.children.size)
        self.mean, self.sd = train["size"].mean(), train["size"].std()
        if self.kind == "1-LV-LR":
            bought = (train["size"].to_numpy(float) - self.mean) / self.sd
            u = torch.from_numpy(np.bincount(who, bought) / np.bincount(who)).float()[:, None]
            v = torch.from_numpy((self.children.size - self.mean) / self.sd).float()[:, None]
            w = torch.ones(1)
        else:
            u, v = 0.1 * torch.randn(n, factors), 0.1 * torch.randn(children, factors)
            w = torch.ones(factors + 3)
        self.start = {"u": u, "v": self.children.rising(v), "w": w}
        self.start |= {"customer": torch.zeros(n), "article": torch.zeros(articles), "cut": torch.tensor([-1.0, 1.0])}

    def _descend(self, index, truth, penalty, steps):
        now = {name: x.clone().requires_grad_() for name, x in self.start.items()}
        drawn = ["u", "v", "customer", "article", "w"]
        home = self.start if self.kind == "1-LV-LR" else {name: torch.zeros_like(x) for name, x in self.start.items()}
        optimiser = torch.optim.Adam(now.values(), lr=RATE)
        small, fits, large = truth == 0, truth == 1, truth == 2
        for _ in range(steps):
            optimiser.zero_grad()
            f = _score(self.kind, now, *index)
            low, high = f - now["cut"][0], f - now["cut"][1]
            loss = torch.relu(1 - high)[small].sum() + torch.relu(1 + low)[large].sum()
            loss = loss + (torch.relu(1 - low) + torch.relu(1 + high))[fits].sum()
            loss = loss + penalty / 2 * sum(((now[name] - home[name]) ** 2).sum() for name in drawn)
            loss.backward()
            optimiser.step()
            with torch.no_grad():
                now["v"].copy_(self.children.rising(now["v"]))
        self.now = {name: x.detach().numpy() for name, x in now.items()}

    def _fill_gaps(self, sizes):
        """Appends a mean customer, article and child product, which replace unseen ones.

        Also computes the mean child product of each size.
        """
        for name in ["u", "v", "customer", "article"]:
            self.now[name] = np.concatenate([self.now[name], self.now[name].mean(0, keepdims=True)])
        self.typical = pd.DataFrame(self.now["v"][:-1]).groupby(sizes).mean()

    def _features(self, rows):
        who = pd.Index(self.customers).get_indexer(rows["user_id"])
        parent, child = self.children.find(rows)
        v = self.now["v"][child]
        alike = self.typical.reindex(rows["size"].to_numpy(float)).to_numpy()
        v = np.where((child < 0)[:, None] & ~np.isnan(alike), alike, v)
        u = self.now["u"][who]
        if self.kind == "1-LV-LR":
            return np.column_stack([u - v, (u - v) ** 2])
        return np.column_stack([self.now["customer"][who], self.now["article"][parent], u * v])

    def chances(self, rows):
        return self.regression.predict_proba(self._features(rows))

    def parts(self):
        shared = [self.children, self.now["v"], self.now["article"], self.typical, self.regression]
        return shared, [self.customers, self.now["u"], self.now["customer"]]


def _score(kind, now, who, parent, child):
    u, v, w = now["u"][who], now["v"][child], now["w"]
    if kind == "1-LV-LR":
        return (u - v)[:, 0] * w[0]
    return w[0] + w[1] * now["customer"][who] + w[2] * now["article"][parent] + (u * v) @ w[3:]


if __name__ == "__main__":
    kind, threads = sys.argv[1], int(sys.argv[2])
    run(lambda train: LatentSizes(train, kind, threads, **SETTINGS[kind]))
