#!/usr/bin/env python3
"""Reduces pydantic/genai-prices to the vendors that Serai knows.

    pip download --no-deps -d /tmp/prices genai-prices
    python3 config/tools/prices.py /tmp/prices/genai_prices-*.whl YYYY-MM-DD

The date is that of the download. Writes prices.json and its licence beside each other into
config/src/main/resources/dev/serai/config/catalogue. The package's code is read, never run.

What is left out, so that no price is ever wrong: models that do not answer in text for tokens
(no input or no output price), prices of models that also charge other rates for images or audio,
which a token count does not tell apart, and variants by service tier or batch.
"""
import ast
import json
import pathlib
import re
import sys
import zipfile
from decimal import Decimal

VENDORS = ["openai", "anthropic", "deepseek"]
OUT = pathlib.Path(__file__).parents[1] / "src/main/resources/dev/serai/config/catalogue"
TOKEN_PRICES = {
    "input": "input_mtok",
    "cached": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "output": "output_mtok",
}
OTHER_RATES = re.compile(r"(audio|image|video|hours|mchars|reasoning|citation)")


def value(node):
    """A constructor call becomes a mapping with its name under "_"."""
    if isinstance(node, ast.Call):
        called = {"_": getattr(node.func, "id", ""), "args": [value(a) for a in node.args]}
        called.update({k.arg: value(k.value) for k in node.keywords})
        return called
    if isinstance(node, (ast.List, ast.Tuple)):
        return [value(e) for e in node.elts]
    if isinstance(node, ast.Dict):
        return {value(k): value(v) for k, v in zip(node.keys, node.values)}
    if isinstance(node, ast.Attribute):
        return ast.unparse(node)
    return ast.literal_eval(node)


def clauses(match):
    kind = match["_"]
    if kind == "ClauseOr":
        return [c for inner in match["or_"] for c in clauses(inner)]
    mark = {
        "ClauseEquals": ("=", "equals"),
        "ClauseStartsWith": ("^", "starts_with"),
        "ClauseContains": ("*", "contains"),
        "ClauseRegex": ("~", "regex"),
    }[kind]
    return [mark[0] + match[mark[1]]]


def decimal(price):
    text = price["args"][0]
    assert Decimal(text).as_tuple().exponent >= -6, text
    return text


def price(entry):
    """A price, or the price and its tiers: [base, [above, price], ...]."""
    if entry["_"] != "TieredPrices":
        return decimal(entry)
    tiers = sorted(entry["tiers"], key=lambda t: t["start"])
    return [decimal(entry["base"])] + [[t["start"], decimal(t["price"])] for t in tiers]


def utc(time):
    assert time["tzinfo"] == "datetime.UTC"
    hour, minute = (time["args"] + [0])[:2]
    return "%02d:%02d" % (hour, minute)


def prices(conditional):
    """One set of prices and when it holds; None if tokens alone do not tell the cost."""
    priced = conditional["prices"] if conditional["_"] == "ConditionalPrice" else conditional
    if any(OTHER_RATES.search(key) for key in priced):
        return None
    out = {}
    constraint = conditional.get("constraint") or {"_": ""}
    if constraint["_"] == "StartDateConstraint":
        out["from"] = "%04d-%02d-%02d" % tuple(constraint["start_date"]["args"])
    elif constraint["_"] == "TimeOfDateConstraint":
        out["between"] = [utc(constraint["start_time"]), utc(constraint["end_time"])]
    for name, key in TOKEN_PRICES.items():
        if key in priced:
            out[name] = price(priced[key])
    return out


def model(info):
    listed = info.get("prices", [])
    sets = [prices(c) for c in (listed if isinstance(listed, list) else [listed])]
    raw = str(info.get("prices"))
    if "'input_mtok'" not in raw or "'output_mtok'" not in raw:
        return None
    out = {"id": info["id"], "match": clauses(info["match"])}
    if None not in sets and all("input" in s and "output" in s for s in sets):
        out["prices"] = sets
    return out


def main(wheel, date):
    with zipfile.ZipFile(wheel) as package:
        tree = ast.parse(package.read("genai_prices/data.py"))
        licence = next(n for n in package.namelist() if n.endswith("licenses/LICENSE"))
        (OUT / "prices.LICENSE").write_bytes(package.read(licence))
    providers = next(value(s.value) for s in tree.body if isinstance(s, ast.AnnAssign))
    lines = []
    for vendor in VENDORS:
        found = next(p for p in providers if p["id"] == vendor)
        models = [m for m in map(model, found["models"]) if m]
        rows = ",\n".join(json.dumps(m, separators=(",", ":")) for m in models)
        lines.append('"%s":[\n%s\n]' % (vendor, rows))
    head = {
        "source": pathlib.Path(wheel).name.split("-py3")[0].replace("_", "-", 1),
        "project": "pydantic/genai-prices",
        "licence": "MIT, see prices.LICENSE",
        "date": date,
        "unit": "USD per million tokens",
    }
    text = "{%s,\n\"vendors\":{\n%s\n}}\n" % (json.dumps(head)[1:-1], ",\n".join(lines))
    json.loads(text)
    (OUT / "prices.json").write_text(text)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
