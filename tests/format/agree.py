"""Reads every fixture with reader.py, and exits with 1 if one is not what model/fixtures/expected.json says."""

import json
import sys
from pathlib import Path

from reader import Refused, read


def contents(header, articles):
    """What expected.json says of a file."""

    def shown(known):
        return [known[1] / known[0], known[0]]

    hidden = ("offsets", "graded", "spreads")
    out = {key: header[key] for key in ("missing", "features", "traits", "trend", "scales")}
    out["groups"] = [{key: group[key] for key in group if key not in hidden} for group in header["groups"]]
    out["brands"] = [[*brand[:3], shown(brand[3]), shown(brand[4])] for brand in header["brands"]]
    out["articles"], out["first"] = len(articles), None
    for key, brand, scale, offset, grade, spread, cut, sizes in articles[:1]:
        of = {"offset": shown(offset), "grade": shown(grade), "spread": shown(spread), "cut": cut, "sizes": sizes}
        out["first"] = {"key": f"{key:016x}", "brand": brand, "scale": scale, **of}
    return out


def main():
    folder = Path(__file__).parents[2] / "model" / "fixtures"
    wrong = []
    expected = json.loads((folder / "expected.json").read_text())
    for name, said in expected.items():
        try:
            found = {"contents": contents(*read((folder / f"{name}.inseam").read_bytes()))}
        except Refused as fault:
            found = {"at": fault.args[0]}
        said = {key: said[key] for key in said if key != "what"}
        if found != said:
            wrong.append(name)
            print(f"{name}: {found}, not {said}")
    print(f"{len(expected) - len(wrong)} of {len(expected)} fixtures read as expected")
    sys.exit(bool(wrong or not expected))


if __name__ == "__main__":
    main()
