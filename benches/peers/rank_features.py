"""The ranker's features of a candidate size.

They describe the candidate's position in the article's size run, the article's sales, the customer's
body, and the customer's earlier sizes.

The position of a size is the mean weight of the customers who kept it. It is computed per label and
per kind of size run, because the same codes are used on several scales. Everything learned from sizes
and bodies (positions of labels, the regression on bodies, sales and misfits of an article) comes from
the other four of five parts of the customers, so that no feature of a row contains a later size of
its customer. For the sales, leaving out only the row itself would not do: the count of the size taken
would then be one below its full count. Trees learn these full counts by heart for each article; they
named 72 % of the sizes without any history, where the data allow 45 %.
"""

from collections import Counter

import lightgbm
import numpy as np
import pandas as pd

from boosting import REPEATABLE
from features import WORDS

PARTS = 5
BODY = ["weight_lbs", "height_in", "age", "bust_size_num", "bust_size_letter", "body_type"]
FIGURES = {"weight_lbs": "weight", "height_in": "height", "bust_size_num": "bust"}
# How many pseudo-rows with the overall mean are added to the rows of a label or of a size.
FEW = 10.0
# Weight of each earlier row relative to the one after it.
FADE = 0.8
OUTCOMES = ["small", "fit", "large"]


def run_kinds(rows):
    """1 for articles sold in letter sizes, 0 for those sold in numbers.

    The codes of letter sizes include 14 but hardly ever 12 or 16.
    """
    counts = rows.groupby(["item_id", "size"]).size().unstack(fill_value=0)
    return (counts[14] > counts[12] + counts[16]).astype(int)


class Scale:
    """Means per label, and the position expected of a body.

    Both are learned once for each part of the customers, from the other parts.
    """

    def __init__(self, rows, kind, part, threads, seed):
        self.label = kind.to_numpy() * 1000 + rows["size"].to_numpy()
        kept = rows["fit"].eq("fit").to_numpy(bool)
        self.means, self.expected = {}, np.empty(len(rows))
        body = rows[BODY]
        settings = {"objective": "l2", "learning_rate": 0.1, "num_leaves": 31, "min_data_in_leaf": 100}
        settings |= REPEATABLE | {"num_threads": threads, "seed": seed}
        for p in range(PARTS):
            others = kept & (part != p)
            figures = rows.loc[others, list(FIGURES)].astype(float)
            sums = figures.groupby(self.label[others]).agg(["sum", "count"])
            self.means[p] = pd.DataFrame(
                {c: (sums[c]["sum"] + FEW * figures[c].mean()) / (sums[c]["count"] + FEW) for c in FIGURES}
            )
            place = self.means[p]["weight_lbs"].reindex(self.label[others]).to_numpy()
            model = lightgbm.train(settings, lightgbm.Dataset(body[others], place), 100)
            self.expected[part == p] = model.predict(body[part == p], num_threads=threads)

    def of(self, labels, parts, figure):
        """The mean figure of each label, learned without its part; NaN for an unknown label."""
        found = np.full(len(labels), np.nan)
        for p, means in self.means.items():
            at = parts == p
            found[at] = means[figure].reindex(labels[at]).to_numpy()
        return found


def histories(rows, place, tall):
    """Summaries of the positions of each row's strictly earlier rows. `rows` must be in order."""
    columns = [
        "mean",
        "last",
        "mode",
        "faded",
        "weight",
        "lowest",
        "highest",
        "tall",
        *OUTCOMES,
        "last_size",
        "last_fit",
    ]
    out = np.full((len(rows), len(columns)), np.nan)
    before = {}
    fits = rows["class"].to_numpy()
    sizes = rows["size"].to_numpy()
    for i, who in enumerate(rows["user_id"].to_numpy()):
        past = before.setdefault(who, [])
        if past:
            p, t, f = place[past], tall[past], fits[past]
            fade = FADE ** np.arange(len(past))[::-1]
            common = Counter(sizes[past[::-1]]).most_common(1)[0][0]
            mode = p[sizes[past] == common].mean()
            weight = fade.sum()
            ends = [p.mean(), p[-1], mode, fade @ p / weight, weight, p.min(), p.max(), t.mean()]
            by_fit = [p[f == k].mean() if (f == k).any() else np.nan for k in range(3)]
            out[i] = [*ends, *by_fit, sizes[past[-1]], f[-1]]
        past.append(i)
    return pd.DataFrame(out, columns=columns)


def elsewhere(known, keys, values, pairs):
    """Sums and counts of `values` over the rows with each pair's keys, in the other parts."""
    table = known[["part", *keys]].assign(value=values, n=1.0)
    everyone = table.groupby(keys)[["value", "n"]].sum()
    own = table.groupby(["part", *keys])[["value", "n"]].sum()
    all_of = pairs[keys].merge(everyone, how="left", left_on=keys, right_index=True)[["value", "n"]].to_numpy()
    mine = pairs[["part", *keys]].merge(own, how="left", left_on=["part", *keys], right_index=True)
    left = np.nan_to_num(all_of) - np.nan_to_num(mine[["value", "n"]].to_numpy())
    return left[:, 0], left[:, 1]


class RankFeatures:
    """Makes the features: `of(pairs)` returns those of the candidates from strict.candidates.

    `rows` must be in order.
    """

    def __init__(self, rows, threads, seed):
        self.rows = rows
        self.kind = rows["item_id"].map(run_kinds(rows))
        customers, who = np.unique(rows["user_id"].to_numpy(), return_inverse=True)
        self.part = np.random.default_rng(seed).integers(PARTS, size=len(customers))[who]
        self.scale = Scale(rows, self.kind, self.part, threads, seed)
        place = self.scale.of(self.scale.label, self.part, "weight_lbs")
        tall = self.scale.of(self.scale.label, self.part, "height_in")
        self.history = histories(rows, np.nan_to_num(place, nan=np.nanmean(place)), np.nan_to_num(tall, nan=65.0))

    def of(self, pairs):
        at = pairs["row"].to_numpy()
        rows, part, kind = self.rows.iloc[at].reset_index(drop=True), self.part[at], self.kind.to_numpy()[at]
        label = kind * 1000 + pairs["size"].to_numpy()
        x = pd.DataFrame({"size": pairs["size"].astype("category").to_numpy(), "kind": kind})
        by_row = x.assign(row=at).groupby("row")["kind"]
        x["rank"], x["sizes"] = by_row.cumcount(), by_row.transform("size")
        place = self.scale.of(label, part, "weight_lbs")
        for column, name in FIGURES.items():
            of_label = self.scale.of(label, part, column)
            x[f"label_{name}"], x[f"{name}_off"] = of_label, of_label - rows[column].astype(float)
        expected = self.scale.expected[at]
        x["expected"], x["expected_off"] = expected, place - expected
        self._article(x, pairs, rows, place, expected)
        self._history(x, pairs, at, place, expected)
        for column in WORDS:
            x[column] = rows[column]
        for column in ["weight_lbs", "height_in", "age"]:
            x[column] = rows[column].astype(float)
        for name in ["expected_off", "blend_off", "mean_off", "article_off"]:
            x[f"{name}_rank"] = x[name].abs().groupby(at).rank()
        return x

    def _article(self, x, pairs, rows, place, expected):
        """Adds sales and misfits of the size and of the article, and the bodies that took the size."""
        part = self.part[pairs["row"]]
        keyed = pd.DataFrame({"part": part, "item_id": rows["item_id"], "size": pairs["size"].to_numpy()})
        known = self.rows.assign(part=self.part)
        bodies, n = elsewhere(known, ["item_id", "size"], self.scale.expected, keyed)
        _, total = elsewhere(known, ["item_id"], 1.0, keyed)
        x["sold"], x["article_sold"], x["share"] = n, total, n / np.maximum(total, 1.0)
        x["share_most"] = x["share"] / x["share"].groupby(pairs["row"].to_numpy()).transform("max").clip(lower=1e-9)
        # How much the article's sizes differ from their labels, by the bodies that took them.
        own_place = self.scale.of(self.scale.label, self.part, "weight_lbs")
        away = np.nan_to_num(self.scale.expected - own_place)
        shift, _ = elsewhere(known, ["item_id"], away, keyed)
        shift = shift / (total + FEW)
        x["article_shift"] = shift
        x["article_off"] = (bodies + FEW * (place + shift)) / (n + FEW) - expected
        for k, name in [(0, "small"), (2, "large")]:
            flag = (known["class"] == k).to_numpy(float)
            of_article, _ = elsewhere(known, ["item_id"], flag, keyed)
            of_size, _ = elsewhere(known, ["item_id", "size"], flag, keyed)
            x[f"article_{name}"] = (of_article + FEW * flag.mean()) / (total + FEW)
            x[f"size_{name}"] = (of_size + FEW * x[f"article_{name}"]) / (n + FEW)

    def _history(self, x, pairs, at, place, expected):
        """Adds the candidate's position relative to those of the customer's earlier sizes."""
        past = self.history.iloc[at].reset_index(drop=True)
        x["history"] = self.rows["history"].to_numpy()[at]
        for name in ["mean", "last", "mode", "faded", "lowest", "highest", *OUTCOMES]:
            x[f"{name}_off"] = place - past[name]
        weight = past["weight"].fillna(0.0)
        blend = (expected + weight * past["faded"].fillna(0.0)) / (1.0 + weight)
        x["blend_off"] = place - blend
        x["tall_off"] = x["label_height"] - past["tall"]
        x["as_last"] = (pairs["size"].to_numpy() == past["last_size"]).astype(int)
        x["last_fit"] = past["last_fit"]
        earlier = _times_before(self.rows, pairs)
        x["as_before"], x["as_before_share"] = earlier, earlier / x["history"].clip(lower=1)


def _times_before(rows, pairs):
    """How often the customer of each row took the candidate's size strictly earlier."""
    taken = rows[["user_id", "size"]].assign(times=rows.groupby(["user_id", "size"]).cumcount() + 1, order=rows.index)
    asked = pairs[["row", "size"]].assign(user_id=rows["user_id"].to_numpy()[pairs["row"]], line=range(len(pairs)))
    found = pd.merge_asof(
        asked.sort_values("row"),
        taken,
        left_on="row",
        right_on="order",
        by=["user_id", "size"],
        allow_exact_matches=False,
    )
    return found.sort_values("line")["times"].fillna(0).to_numpy()
