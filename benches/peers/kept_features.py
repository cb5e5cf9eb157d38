"""The ranker's features of a candidate size, for a shop with one column of sizes for everything it sells.

They describe the candidate's sales (of the article, of the brand, of all articles), its place among the
article's sizes, and how it compares with the sizes of the customer's earlier purchases: the same label,
the distance within a family of labels, labels that customers take together, and how alike the size runs
of the two articles are. Sales and pairs of labels come from the customers of the other folds.
"""

import re

import numpy as np
import pandas as pd

LETTERS = {"xxs": -3.0, "xs": -2.0, "s": -1.0, "m": 0.0, "l": 1.0, "xl": 2.0, "xxl": 3.0, "xxxl": 4.0, "4xl": 5.0}
FAMILIES = ["letter", "up to 20", "20 to 34", "35 to 60", "above 60", "four digits", "other"]
# How many pseudo-rows with the brand's shares are added to those of an article.
FEW = 5.0


def family_and_value(label):
    """The family of a label, as an index into FAMILIES, and its number there."""
    if label in LETTERS:
        return 0, LETTERS[label]
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(\+?)", label)
    if not found:
        return FAMILIES.index("other"), 0.0
    value = float(found[1]) + (0.5 if found[2] else 0.0)
    if value >= 1000:
        return FAMILIES.index("four digits"), value // 100 + value % 100 / 100
    return 1 + int(np.searchsorted([20, 35, 61], value, side="right")), value


class KeptFeatures:
    """Makes the features. `rows` must be in the order of kept_size.in_order."""

    def __init__(self, rows, extra):
        self.rows, self.extra = rows, extra
        codes = {name: pd.factorize(rows[name], sort=True) for name in ["customer_id", "article_id", "brand", "size"]}
        self.customer, self.article, self.brand, self.size = (found[0] for found in codes.values())
        labels = codes["size"][1]
        self.family, self.value = map(np.array, zip(*map(family_and_value, labels), strict=True))
        self.day, self.fold = rows["day"].to_numpy(), rows["fold"].to_numpy()
        self.kept = rows["returned"].to_numpy() == 0
        self.start = np.searchsorted(self.customer, np.arange(self.customer.max() + 2))
        folds, hidden = self.fold.max() + 1, rows["hidden"].to_numpy()
        every, visible = np.ones(len(rows), bool), ~hidden
        self.by_article = self._outside(self.article, folds, every)
        self.by_brand = self._outside(self.brand, folds, every)
        self.together = self._together(folds)
        total = self._counts(self.article, every)
        seen = [total - self._counts(self.article, (self.fold == k) & ~visible) for k in range(folds)]
        self.offered = np.stack(seen)
        share = self.by_article / np.maximum(self.by_article.sum(2, keepdims=True), 1.0)
        self.run = np.sqrt(share)

    def _counts(self, key, which):
        table = np.zeros((key.max() + 1, len(self.family)))
        np.add.at(table, (key[which], self.size[which]), 1.0)
        return table

    def _outside(self, key, folds, which):
        """For each fold the counts of each key and size among the customers of the other folds."""
        return np.stack([self._counts(key, which & (self.fold != k)) for k in range(folds)])

    def _together(self, folds):
        """For each fold, how often two labels were kept by one customer of the other folds."""
        own = np.zeros((folds, len(self.family), len(self.family)))
        for who in range(len(self.start) - 1):
            rows = np.arange(self.start[who], self.start[who + 1])
            kept = self.size[rows[self.kept[rows]]]
            if len(kept) > 1:
                counts = np.bincount(kept, minlength=len(self.family)).astype(float)
                some = np.flatnonzero(counts)
                pairs = np.outer(counts[some], counts[some]) - np.diag(counts[some])
                own[self.fold[rows[0]]][np.ix_(some, some)] += pairs
        return own.sum(0) - own

    def candidates(self, asked):
        """The sizes in which the asked rows' articles were sold to other customers.

        Columns: `row`, `size` (a code), `taken`, and `sold`, the sales to customers of other folds.
        """
        hidden, parts = self.rows["hidden"].to_numpy(), []
        for i in asked:
            k, a = self.fold[i], self.article[i]
            mine = np.arange(self.start[self.customer[i]], self.start[self.customer[i] + 1])
            mine = mine[(self.article[mine] == a) & ~hidden[mine]]
            others = self.offered[k, a] - np.bincount(self.size[mine], minlength=len(self.family))
            sizes = np.flatnonzero(others > 0)
            parts.append((np.full(len(sizes), i), sizes, self.by_article[k, a, sizes]))
        row, size, sold = (np.concatenate(part) for part in zip(*parts, strict=True))
        return pd.DataFrame({"row": row, "size": size, "taken": self.size[row] == size, "sold": sold})

    def of(self, pairs):
        """The features of candidates."""
        rows, sizes = pairs["row"].to_numpy(), pairs["size"].to_numpy()
        ends = np.flatnonzero(np.diff(rows, append=-1)) + 1
        parts, begin = [], 0
        for end in ends:
            i, offer = rows[begin], sizes[begin:end]
            parts.append(self._sales(i, offer) | self._history(i, offer))
            begin = end
        x = pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
        for column in self.extra:
            x[column] = self.rows[column].iloc[rows].reset_index(drop=True)
        return x

    def _sales(self, i, offer):
        """Sales of the candidates, and their place among the article's sizes."""
        k, n = self.fold[i], len(offer)
        sold, of_brand = self.by_article[k, self.article[i], offer], self.by_brand[k, self.brand[i], offer]
        everywhere = self.by_brand[k][:, offer].sum(0)
        brand_share = (of_brand + FEW * everywhere / max(everywhere.sum(), 1.0)) / (of_brand.sum() + FEW)
        share = (sold + FEW * brand_share) / (sold.sum() + FEW)
        place = np.argsort(np.argsort(self.value[offer], kind="stable"), kind="stable")
        return {
            "sold": sold,
            "share": share,
            "share_most": share / share.max(),
            "brand_share": brand_share,
            "article_sold": np.full(n, sold.sum()),
            "family": self.family[offer],
            "value": self.value[offer],
            "place": place,
            "from_middle": place - share @ place,
            "sizes": np.full(n, n),
        }

    def _history(self, i, offer):
        """The candidates compared with the customer's purchases of strictly earlier days."""
        k, n = self.fold[i], len(offer)
        past = np.arange(self.start[self.customer[i]], i)
        past = past[self.day[past] < self.day[i]]
        kept = past[self.kept[past]]
        alike = self.run[k, self.article[past]] @ self.run[k, self.article[i]] + 0.01
        own = self.kept[past]
        same = self.size[past][:, None] == offer[None, :]
        weight = alike * own
        near = self.family[self.size[past]][:, None] == self.family[offer][None, :]
        gap = self.value[offer][None, :] - self.value[self.size[past]][:, None]
        by_weight = np.where(near, weight[:, None], 0.0)
        total = by_weight.sum(0)
        brand = (self.brand[past] == self.brand[i]) & own
        article = self.article[past] == self.article[i]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean_gap = np.where(total > 0, (by_weight * gap).sum(0) / total, np.nan)
            far = np.where(total > 0, (by_weight * np.abs(gap)).sum(0) / total, np.nan)
        nearest = np.where(near & own[:, None], np.abs(gap), np.inf).min(axis=0, initial=np.inf)
        pairs = self.together[k][self.size[kept]][:, offer] + 0.5
        likely = np.log(pairs / pairs.sum(1, keepdims=True))
        weights = weight[own][:, None]
        latest = np.full(n, 0.0)
        if len(kept):
            latest = same[own][np.argmax(alike[own] + 1e-6 * np.arange(len(kept)))].astype(float)
        return {
            "history": np.full(n, len(past)),
            "kept": np.full(n, len(kept)),
            "same_kept": same[own].sum(0),
            "same_returned": same[~own].sum(0),
            "same_alike": weight @ same,
            "same_alike_share": weight @ same / max(weight.sum(), 1e-9),
            "returned_alike": (alike * ~own) @ same,
            "same_brand": brand @ same,
            "same_article_kept": (article & own) @ same,
            "same_article_returned": (article & ~own) @ same,
            "latest_alike": latest,
            "mean_gap": mean_gap,
            "mean_distance": far,
            "nearest": np.where(np.isfinite(nearest), nearest, np.nan),
            "near": total,
            "together": likely.sum(0) if len(kept) else np.zeros(n),
            "together_alike": (weights * likely).sum(0) if len(kept) else np.zeros(n),
        }
