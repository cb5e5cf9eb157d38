"""The strict protocol for the size taken and kept, its baselines, and its measures.

- Cases: each customer's last rental with `fit`, of customers with at least two rentals.
- History: the customer's rows strictly earlier in (date, order in the file). Nothing later, whatever its outcome.
- Candidates: the sizes that the article has in the other rows. A case whose size is not among them counts as missed.

Training and validation rows count alike here: the cases cut across that split, so it says nothing about them.
"""

from collections import Counter

import numpy as np
import pandas as pd

SLICES = {"0": (0, 0), "1": (1, 1), "2-3": (2, 3), "4-9": (4, 9), "10+": (10, np.inf)}


def in_order(rows):
    """Rows by (date, order in the file), with `history`, how many the customer has before, and `case`."""
    rows = rows.sort_values("review_date", kind="stable").reset_index(drop=True)
    by_customer = rows.groupby("user_id")
    rows["history"] = by_customer.cumcount()
    kept = rows["fit"].eq("fit").to_numpy(bool)
    rows["case"] = False
    rows.loc[rows[kept].groupby("user_id").tail(1).index, "case"] = True
    rows["case"] &= by_customer["user_id"].transform("size") >= 2
    return rows


def candidates(rows, asked):
    """One line a candidate of each asked row (positions in `rows`): `row`, `size`, `taken`, and `others`, the article's
    other rows in that size. Sorted by (row, size).
    """
    counts = rows.groupby(["item_id", "size"]).size().rename("others").reset_index()
    own = rows.loc[asked, ["item_id", "size"]].rename(columns={"size": "own"}).assign(row=asked)
    pairs = own.merge(counts, on="item_id")
    pairs["taken"] = pairs["size"] == pairs["own"]
    pairs["others"] -= pairs["taken"]
    pairs = pairs[pairs["others"] > 0]
    return pairs.sort_values(["row", "size"])[["row", "size", "taken", "others"]].reset_index(drop=True)


def modal_sizes(rows):
    """Each row's most frequent earlier size of its customer, of equals the latest; NaN without history."""
    seen, latest, modes = {}, {}, np.full(len(rows), np.nan)
    for i, (who, size) in enumerate(zip(rows["user_id"].to_numpy(), rows["size"].to_numpy(), strict=True)):
        counts = seen.setdefault(who, Counter())
        if counts:
            modes[i] = max(counts, key=lambda s, who=who, counts=counts: (counts[s], latest[who, s]))
        counts[size] += 1
        latest[who, size] = i
    return modes


def baselines(pairs, modes):
    """Scores of the candidates. Of equally popular sizes of an article the smaller counts as its mode.

    Without history the customer's modal size is the article's; so it is where the modal size is not a candidate, or,
    in the third, the candidate nearest to it.
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
    """Share of the asked rows whose size is the first, and among the first two; the former by length of history."""
    ranked = pd.DataFrame({"row": pairs["row"], "taken": pairs["taken"], "score": np.asarray(scores)})
    ranked = ranked.sort_values(["row", "score"], ascending=[True, False], kind="stable")
    place = ranked.groupby("row").cumcount()[ranked["taken"]].to_numpy()
    found = pd.Series(np.inf, index=asked)
    found[ranked.loc[ranked["taken"], "row"]] = place
    length = rows.loc[asked, "history"]
    slices = {name: float((found[length.between(*ends)] < 1).mean()) for name, ends in SLICES.items()}
    return {"hit": float((found < 1).mean()), "hit2": float((found < 2).mean()), "slices": slices}


def overview(rows, asked, pairs):
    """How many cases, by slice too; how often the truth is a candidate; candidates on average."""
    length = rows.loc[asked, "history"]
    return {
        "cases": len(asked),
        "by_slice": {name: int(length.between(*ends).sum()) for name, ends in SLICES.items()},
        "truth_among": float(pairs["taken"].sum() / len(asked)),
        "candidates": len(pairs) / len(asked),
    }
