"""A second reader of public model files, written from model/format.md alone, with nothing but Python's own library."""

import hashlib
import itertools
import math
import struct

MAGIC = b"\x89INSEAM"
MOST = 1 << 24


class Refused(Exception):  # with the offset of what breaks a rule
    pass


def check(holds, at):
    if not holds:
        raise Refused(at)


def digest(data):
    return hashlib.sha256(data).digest()[:16]


class Part:
    """A part of the file that is read forwards."""

    def __init__(self, data, at, end):
        self.data, self.at, self.end = data, at, end

    def take(self, count):
        check(count <= self.end - self.at, self.at)
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, code):
        return struct.unpack("<" + code, self.take(struct.calcsize(code)))[0]

    def real(self, holds=lambda _: True, code="f"):
        at, x = self.at, self.number(code)
        check(math.isfinite(x) and holds(x), at)
        return x

    def reals(self, count, holds=lambda _: True):
        return [self.real(holds) for _ in range(count)]

    def varint(self, most=math.inf):
        at, first = self.at, self.number("B")
        check(first < 254, at)
        value = first if first < 251 else self.number("HIQ"[first - 251])
        check(value <= most, at)
        return value

    def signed(self):
        code = self.varint()
        return code >> 1 if code % 2 == 0 else -(code >> 1) - 1

    def text(self):
        length = self.varint(1024)
        at, data = self.at, self.take(length)
        check(data.decode("utf-8", "ignore").encode() == data, at)
        return data.decode("utf-8")

    def bits(self, count, width):
        at = self.at
        value = int.from_bytes(self.take((count * width + 7) // 8), "little")
        check(value >> (count * width) == 0, at)
        return [value >> (i * width) & ((1 << width) - 1) for i in range(count)]

    def column(self, count, least, most):
        if count == 0:
            return []
        at, first, width = self.at, self.signed(), self.number("B")
        check(width <= 56 and least <= first <= most, at)
        at, values = self.at, [first + more for more in self.bits(count, width)]
        check(max(values) <= most, at)
        return values


def unit_of(group):
    unit = 2.0**-4
    while unit * group["slope"] > 1 / 512 and unit > 2.0**-20:
        unit /= 2
    return unit


def belief(codes, unit):
    """Precision and precision times mean; kept as those, as the library has them."""
    sd = codes[1] * 2.0 * unit
    return (1 / (sd * sd), codes[0] * unit / (sd * sd))


def codes_of(precision, product, unit):
    mean = product / precision / unit if precision else 0.0
    sd = math.sqrt(1 / precision) / (2 * unit) if precision else math.inf
    mean, sd = (int(math.copysign(math.floor(min(abs(x), MOST) + 0.5), x)) for x in (mean, sd))
    return mean, max(1, sd)


def widened(known, variance, unit):
    return codes_of(*(part * (1 / (1 + known[0] * variance)) for part in known), unit)


def read_header(part):
    out = {key: [] for key in ("missing", "groups", "traits", "trend", "scales", "runs", "brands")}
    numeric = features = 0
    for _ in range(part.varint(256)):
        part.text()
        at = part.at
        if part.varint(1) == 0:
            part.real(), part.real(lambda x: x > 0)
            numeric, features = numeric + 1, features + 5
        else:
            levels = [part.text() for _ in range(part.varint(4096))]
            check(all(a.encode() < b.encode() for a, b in zip(levels, levels[1:])), at)
            features += len(levels)
        out["missing"].append(part.real(lambda x: x >= 0))
    words, others = features - 5 * numeric, max(0, numeric - 1)
    out["features"] = features + numeric * others // 2 + numeric * (others + words)

    def coefficients():
        at = part.at
        check(part.varint() == out["features"], at)
        part.reals(out["features"])

    at = part.at
    for _ in range(part.varint(32)):
        group = {"name": part.text()}
        part.real(), coefficients()
        group["terms"] = [part.reals(3), part.reals(3)]
        slope = group["slope"] = part.real(lambda x: x >= 0)
        group["chosen"] = part.real(lambda x: -slope <= x <= slope)
        group["advised"] = part.reals(2)
        group["purchase"], group["shared"] = [part.reals(5), part.reals(5)], part.reals(6)
        group["choice"] = [part.real(lambda x: x > 0), part.real(), part.real(lambda x: 0 <= x < 1)]
        group["choice"] += [part.real(), part.real(lambda x: x > 0)]
        group["advice"] = [part.real(lambda x: 0 <= x <= 64), part.number("B")]
        check(group["advice"][1] <= 8, part.at - 1)
        group["returns"] = [part.real(), *part.reals(2, lambda x: x > 0), part.real(lambda x: 0 <= x <= 1)]
        group["offsets"] = part.reals(2, lambda x: x >= 0)
        group["graded"] = part.real(lambda x: x > 0)
        group["spreads"] = part.reals(2, lambda x: x >= 0)
        out["groups"].append(group)
    groups = len(out["groups"])
    check(groups > 0, at)
    check(part.varint() == groups * (groups + 1) // 2, part.at)
    for row, group in enumerate(out["groups"]):
        group["variance"] = [part.real(code="d") for _ in range(row + 1)][-1]
    for _ in range(4):
        intercept, _ = part.real(), coefficients()
        out["traits"].append([intercept, part.real(lambda x: x > 0)])
    for _ in range(part.varint(256)):
        at, day = part.at, part.signed()
        check(-(1 << 31) <= day < 1 << 31 and (not out["trend"] or out["trend"][-1][0] < day), at)
        out["trend"].append([day, *part.reals(2)])
    for _ in range(part.varint(1 << 16)):
        scale = {"group": part.varint(groups - 1), "system": part.number("B"), "labels": []}
        check(scale["system"] <= 13, part.at - 1)
        scale["noise"] = part.real(lambda x: 1 / 16 <= x <= 16)
        for _ in range(part.varint(1 << 16)):
            text, position, at = part.text(), part.real(), part.at
            length, appeal = part.reals(2)
            check(max(abs(length), abs(appeal)) <= 64, at)
            scale["labels"].append([text, position, length, appeal, *part.reals(2)])
        out["scales"].append(scale)
    for _ in range(part.varint(1 << 16)):
        scale = part.varint(len(out["scales"]) - 1)
        out["runs"].append((scale, run(part.bits(len(out["scales"][scale]["labels"]), 1), part.at)))
    read_brands(part, out)
    check(part.at == part.end, part.at)
    return out


def run(bits, at):
    labels = [label for label, bit in enumerate(bits) if bit]
    check(1 <= len(labels) <= 1024, at)
    return labels


def read_brands(part, out):
    texts = [part.text() for _ in range(part.varint(1 << 24))]
    at, count = part.at, part.varint()
    check(count <= 4 * (part.end - part.at), at)
    ranges = [(0, len(texts) - 1)] * 2 + [(0, len(out["groups"]) - 1)] + [(-MOST, MOST), (1, MOST)] * 2
    for name, category, group, *codes in zip(*[part.column(count, *of) for of in ranges]):
        unit = unit_of(out["groups"][group]) / 256
        beliefs = belief(codes[:2], unit), belief(codes[2:], 1 / 512 / 256)
        out["brands"].append((texts[name], texts[category], group, *beliefs))


def read_block(data, start, end, first_key, beyond, header):
    part = Part(data, start, end)
    count = part.varint()
    check(count <= part.end - part.at, start)
    at, gaps = part.at, part.column(count, 1, 1 << 52)
    keys = [first_key - 1 + above for above in itertools.accumulate(gaps)]
    check(not keys or keys[-1] < beyond, at)
    brands = part.column(count, 0, len(header["brands"]) - 1)
    scales, shared = header["scales"], header["runs"]
    codes = part.column(count, 0, len(shared) + len(scales) - 1)
    runs = [shared[code] if code < len(shared) else (code - len(shared), None) for code in codes]
    widths = [len(scales[scale]["labels"]) for scale, labels in runs if labels is None]
    own, at = iter(part.bits(sum(widths), 1)), part.at
    runs = [(scale, labels or run([next(own) for _ in scales[scale]["labels"]], at)) for scale, labels in runs]
    known = part.bits(count, 1)
    beliefs = [part.column(sum(known), least, MOST) for least in (-MOST, 1) * 3] + [part.column(sum(known), -127, 127)]
    known_sizes = part.bits(sum(len(labels) for _, labels in runs), 1)
    popularity = iter(part.column(sum(known_sizes), -127, 127))
    check(part.at == part.end, part.at)
    beliefs, known_sizes = iter(list(zip(*beliefs))), iter(known_sizes)
    for key, brand, (scale, labels), is_known in zip(keys, brands, runs, known):
        _, _, of, offset, spread = header["brands"][brand]
        check(scales[scale]["group"] == of, start)
        group, unit = header["groups"][of], unit_of(header["groups"][of])
        offset, spread = widened(offset, group["offsets"][1], unit), widened(spread, group["spreads"][1], 1 / 512)
        usual = (*offset, *codes_of(1 / group["graded"], 0.0, unit / 4), *spread, 0)
        article = next(beliefs) if is_known else usual
        listed = [[label, next(popularity) / 16 if next(known_sizes) else 0.0] for label in labels]
        known_of = belief(article[:2], unit), belief(article[2:4], unit / 4), belief(article[4:6], 1 / 512)
        yield key, brand, scale, *known_of, article[6] / 32, listed


def read(data):
    check(len(data) >= 32, len(data))
    for at in range(7):
        check(data[at] == MAGIC[at], at)
    kind, version, flags, a, b, c, length = struct.unpack("<BHHIIIQ", data[7:32])
    for holds, at in ((kind == 1, 7), (version == 3, 8), (flags == 0, 10)):
        check(holds, at)
    check(length == len(data), min(length, len(data)))
    check(0 < b <= 1 << 16 and b & (b - 1) == 0, 16)
    end = 32 + a + 2 * b + 16 * min(b, 256) + 96
    check(end <= len(data), 12)
    check(digest(data[: end - 96]) == data[end - 96 : end - 80], 0)
    check(digest(data[end - 96 : end - 16]) == data[end - 16 : end], end - 96)
    header, pins = read_header(Part(data, 32, 32 + a)), 32 + a + 2 * b
    lengths = struct.unpack(f"<{b}H", data[32 + a : pins])
    check(end + sum(lengths) == len(data), 32 + a)
    depth, start, articles = max(0, b.bit_length() - 9), end, []
    for number, size in enumerate(lengths):
        content, way = start + size - 16 * depth, number
        top = digest(data[start:content])
        for proof in range(content, start + size, 16):
            pair = (top, data[proof : proof + 16])
            top, way = digest(b"".join(pair if way % 2 == 0 else pair[::-1])), way >> 1
        check(content >= start and top == data[pins + 16 * way : pins + 16 * way + 16], start)
        first, beyond = ((i << 52) // b for i in (number, number + 1))
        articles += read_block(data, start, content, first, beyond, header)
        start += size
    check(len(articles) == c, 20)
    return header, articles
