"""A network like SFNet.

Sheikh et al., "A deep learning system for predicting size and fit in fashion e-commerce", RecSys 2019
(arXiv 1907.09844).

    sfnet_peer.py THREADS

Written from the paper's description, not from its authors' code. One tower takes an embedding of the
customer and the customer's features; the other takes an embedding of the article, the article's
features and the size bought. A head joins both. Towers and head consist of layers with skip
connections; the loss is the cross entropy of a softmax over small, fit and large. The paper leaves
open the widths of the layers, dropout, the optimiser (here AdamW) and the share of hidden identities;
these have the lowest log loss of eleven settings on held-out training rows.

A twentieth of the training part, drawn with a fixed seed, decides when to stop; the best pass on it
is kept. In training, a tenth of the identities are replaced by "unknown", so that unseen customers
and articles have a trained embedding.
"""

import copy
import sys

import numpy as np
import pandas as pd
import torch
from torch import nn

from features import CLASSES
from measure import SEED, held_out, run

CUSTOMER_NUMBERS = ["weight_lbs", "height_in", "age", "bust_size_num"]
CUSTOMER_WORDS = ["body_type", "bust_size_letter"]
ARTICLE_WORDS = ["category", "rented_for", "size"]
IDENTITY, WORD, WIDTH = 16, 8, 64
BATCH, PASSES, PATIENCE = 1024, 40, 3
RATE, DECAY, DROPOUT, UNKNOWN = 2e-3, 0.05, 0.2, 0.1


class Skip(nn.Module):
    """Two layers with a skip connection."""

    def __init__(self, inward, outward):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(inward, outward),
            nn.BatchNorm1d(outward),
            nn.ReLU(),
            nn.Dropout(DROPOUT),
            nn.Linear(outward, outward),
            nn.BatchNorm1d(outward),
        )
        self.around = nn.Identity() if inward == outward else nn.Linear(inward, outward, bias=False)

    def forward(self, x):
        return torch.relu(self.layers(x) + self.around(x))


class Tower(nn.Module):
    """Turns an identity and its features into one vector."""

    def __init__(self, identities, levels, numbers):
        super().__init__()
        self.identity = nn.Embedding(identities, IDENTITY)
        nn.init.normal_(self.identity.weight, std=0.1)
        self.words = nn.ModuleList(nn.Embedding(n, WORD) for n in levels)
        inward = IDENTITY + WORD * len(levels) + numbers
        self.layers = nn.Sequential(Skip(inward, WIDTH), Skip(WIDTH, WIDTH))

    def forward(self, identity, words, numbers):
        embedded = [embed(words[:, i]) for i, embed in enumerate(self.words)]
        return self.layers(torch.cat([self.identity(identity), *embedded, numbers], 1))


class Net(nn.Module):
    def __init__(self, customers, articles, customer_levels, article_levels, numbers):
        super().__init__()
        self.customer = Tower(customers, customer_levels, numbers)
        self.article = Tower(articles, article_levels, 1)
        self.head = nn.Sequential(Skip(2 * WIDTH, WIDTH), Skip(WIDTH, WIDTH // 2), nn.Linear(WIDTH // 2, len(CLASSES)))

    def forward(self, x):
        customer = self.customer(x["customer"], x["customer_words"], x["customer_numbers"])
        article = self.article(x["article"], x["article_words"], x["size"])
        return self.head(torch.cat([customer, article], 1))


class SizeNet:
    def __init__(self, train, threads):
        torch.set_num_threads(threads)
        torch.manual_seed(SEED)
        # 0 is "unknown" in every vocabulary.
        self.vocabularies = {c: pd.Index(train[c].unique()) for c in ["user_id", "item_id"]}
        self.vocabularies |= {c: pd.Index(train[c].dropna().unique()) for c in CUSTOMER_WORDS + ARTICLE_WORDS}
        numbers = train[[*CUSTOMER_NUMBERS, "size"]].astype(float)
        self.mean, self.sd = numbers.mean(), numbers.std()
        levels = {c: len(words) + 1 for c, words in self.vocabularies.items()}
        customer_levels = [levels[c] for c in CUSTOMER_WORDS]
        article_levels = [levels[c] for c in ARTICLE_WORDS]
        self.net = Net(levels["user_id"], levels["item_id"], customer_levels, article_levels, 2 * len(CUSTOMER_NUMBERS))
        aside = held_out(train)
        self._learn(
            self._inputs(train[~aside]), _truth(train[~aside]), self._inputs(train[aside]), _truth(train[aside])
        )

    def _learn(self, x, y, x_aside, y_aside):
        optimiser = torch.optim.AdamW(self.net.parameters(), lr=RATE, weight_decay=DECAY)
        best, kept, since = np.inf, None, 0
        for _ in range(PASSES):
            self.net.train()
            for batch in torch.randperm(len(y)).split(BATCH):
                part = {name: values[batch] for name, values in x.items()}
                for who in ["customer", "article"]:
                    part[who] = torch.where(torch.rand(len(batch)) < UNKNOWN, 0, part[who])
                optimiser.zero_grad()
                nn.functional.cross_entropy(self.net(part), y[batch]).backward()
                optimiser.step()
            loss = nn.functional.cross_entropy(self._logits(x_aside), y_aside).item()
            if loss < best:
                best, kept, since = loss, copy.deepcopy(self.net.state_dict()), 0
            else:
                since += 1
                if since == PATIENCE:
                    break
        self.net.load_state_dict(kept)

    def _inputs(self, rows):
        def words(columns):
            found = [self.vocabularies[c].get_indexer(rows[c]) + 1 for c in columns]
            return torch.from_numpy(np.column_stack(found))

        scaled = (rows[[*CUSTOMER_NUMBERS, "size"]].astype(float) - self.mean) / self.sd
        body = scaled[CUSTOMER_NUMBERS].clip(-5, 5)
        body = np.column_stack([body.fillna(0.0), body.isna()])
        return {
            "customer": words(["user_id"])[:, 0],
            "article": words(["item_id"])[:, 0],
            "customer_words": words(CUSTOMER_WORDS),
            "article_words": words(ARTICLE_WORDS),
            "customer_numbers": torch.from_numpy(body.astype(np.float32)),
            "size": torch.tensor(scaled[["size"]].to_numpy(np.float32)),
        }

    def _logits(self, x):
        self.net.eval()
        with torch.no_grad():
            return self.net(x)

    def chances(self, rows):
        return self._logits(self._inputs(rows)).double().softmax(1).numpy()

    def parts(self):
        weights = {name: x.numpy() for name, x in self.net.state_dict().items()}
        vocabularies = dict(self.vocabularies)
        customers = [vocabularies.pop("user_id"), weights.pop("customer.identity.weight")]
        return [vocabularies, weights, self.mean, self.sd], customers


def _truth(rows):
    return torch.tensor(rows["class"].to_numpy())


if __name__ == "__main__":
    threads = int(sys.argv[1])
    run(lambda train: SizeNet(train, threads))
