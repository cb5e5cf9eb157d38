"""The protocol for the size kept, its simple rules, and its measures.

- Cases: the last rental with the outcome `fit` of each customer with at least two rentals.
- History: the customer's strictly earlier rows, by date and then by the order in the file. No later
  row counts, whatever its outcome.
- Candidates: the sizes of the article in all other rows. If the size of a case is not among them, the
  case counts as missed.

The split into training and validation rows plays no role here, because cases come from both.
"""

from collections import Counter

import numpy as np
import pandas as pd

SLICES = {"0": (0, 0), "1": (1, 1), "2-3": (2, 3), "4-9": (4, 9), "10+": (10, np.inf)}


def in_order(rows):
    """The rows sorted by date, then by the order in the file.

    Adds `history`, the number of earlier rows of the customer, and `case`.
    """
    rows = rows.sort_values("review_date", kind="stable").reset_index(drop=True)
    by_customer = rows.groupby("user_id")
    rows["history"] = by_customer.cumcount()
    kept = rows["fit"].eq("fit").to_numpy(bool)
    rows["case"] = False
    rows.loc[rows[kept].groupby("user_id").tail(1).index, "case"] = True
    rows["case"] &= by_customer["user_id"].transform("size") >= 2
    return rows


def candidates(rows, asked):
    """The candidates of the asked rows (positions in `rows`), sorted by row and size.

    Columns: `row`, `size`, `taken` (whether the row has this size), and `others`, the number of other
    rows with the same article and size.
    """
    counts = rows.groupby(["item_id", "size"]).size().rename("others").reset_index()
    own = rows.loc[asked, ["item_id", "size"]].rename(columns={"size": "own"}).assign(row=asked)
    pairs = own.merge(counts, on="item_id")
    pairs["taken"] = pairs["size"] == pairs["own"]
    pairs["others"] -= pairs["taken"]
    pairs = pairs[pairs["others"] > 0]
    return pairs.sort_values(["row", "size"])[["row", "size", "taken", "others"]].reset_index(drop=True)


def modal_sizes(rows):
    """The most frequent earlier size of each row's customer; NaN without history.

    Of equally frequent sizes, the latest counts.
    """
    seen, latest, modes = {}, {}, np.full(len(rows), np.nan)
    for i, (who, size) in enumerate(zip(rows["user_id"].to_numpy(), rows["size"].to_numpy(), strict=True)):
        counts = seen.setdefault(who, Counter())
        if counts:
            modes[i] = max(counts, key=lambda s, who=who, counts=counts: (counts[s], latest[who, s]))
        counts[size] += 1
        latest[who, size] = i
    return modes


def baselines(pairs, modes):
    """The candidates' scores by three simple rules.

    Of equally popular sizes of an article, the smaller is its modal size. Without history, the
    customer's modal size is the article's. If the customer's modal size is not a candidate, the second
    rule takes the article's modal size, the third the candidate nearest to the customer's.
    """
    popular = (pairs["others"] - pairs["size"] / 1000.0).to_numpy()
    distance = np.abs(pairs["size"].to_numpy() - modes[pairs["row"]])
    near = np.where(np.isnan(distance), popular, popular / 1e6 - distance)
    return {
        "article's modal size": popular,
        "customer's modal size": popular + 1e6 * (distance == 0),
        "customer's modal size or the nearest": near,
    }


def hits(rows, asked, pairs, scores):
    """The shares of the asked rows whose size is ranked first, and among the first two.

    The share ranked first is also given by length of history.
    """
    ranked = pd.DataFrame({"row": pairs["row"], "taken": pairs["taken"], "score": np.asarray(scores)})
    ranked = ranked.sort_values(["row", "score"], ascending=[True, False], kind="stable")
    place = ranked.groupby("row").cumcount()[ranked["taken"]].to_numpy()
    found = pd.Series(np.inf, index=asked)
    found[ranked.loc[ranked["taken"], "row"]] = place
    length = rows.loc[asked, "history"]
    slices = {name: float((found[length.between(*ends)] < 1).mean()) for name, ends in SLICES.items()}
    return {"hit": float((found < 1).mean()), "hit2": float((found < 2).mean()), "slices": slices}


def overview(rows, asked, pairs):
    """The number of cases, also by length of history, and of candidates.

    Also the share of cases whose true size is a candidate.
    """
    length = rows.loc[asked, "history"]
    return {
        "cases": len(asked),
        "by_slice": {name: int(length.between(*ends).sum()) for name, ends in SLICES.items()},
        "truth_among": float(pairs["taken"].sum() / len(asked)),
        "candidates": len(pairs) / len(asked),
    }
