#!/usr/bin/env python3
"""Reduces pydantic/genai-prices to the vendors that Serai knows.

    pip download --no-deps -d /tmp/prices genai-prices
    python3 config/tools/prices.py /tmp/prices/genai_prices-*.whl YYYY-MM-DD

The date is that of the download. Writes prices.json and its licence beside each other into
config/src/main/resources/dev/serai/config/catalogue. The package's code is read, never run.

What is left out, so that no price is ever wrong: models that do not answer for tokens (no input or
no output price), and prices of models that also charge other rates for images, video or citations,
which the count of tokens does not tell apart. Prices by request, search or page are left out too:
they are no prices of tokens.
"""
import ast
import json
import pathlib
import re
import sys
import zipfile
from decimal import Decimal

# Our name of a provider, and its name there.
VENDORS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "deepseek": "deepseek",
    "gemini": "google",
    "bedrock": "aws",
    "azure": "azure",
    "mistral": "mistral",
    "groq": "groq",
    "xai": "x-ai",
    "together": "together",
    "fireworks": "fireworks",
    "cohere": "cohere",
}
OUT = pathlib.Path(__file__).parents[1] / "src/main/resources/dev/serai/config/catalogue"
TOKEN_PRICES = {
    "input": "input_mtok",
    "cached": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "cache_write_1h": "cache_write_1h_mtok",
    "audio_input": "input_audio_mtok",
    "audio_cached": "cache_audio_read_mtok",
    "output": "output_mtok",
    "reasoning": "output_reasoning_mtok",
    "audio_output": "output_audio_mtok",
}
OTHER_RATES = re.compile(r"(image|video|hours|mchars|citation)")
# What a provider's answer says of the terms it was served by.
TIERS = ["processing", "service_tier", "speed"]


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


class Unsaid(Exception):
    """What the reduced form has no words for."""


def clauses(match):
    kind = match["_"]
    if kind == "ClauseOr":
        return [c for inner in match["or_"] for c in clauses(inner)]
    if kind == "ClauseAnd":
        return ["~^" + "".join("(?=%s)" % pattern(c) for inner in match["and_"] for c in clauses(inner))]
    mark = {
        "ClauseEquals": ("=", "equals"),
        "ClauseStartsWith": ("^", "starts_with"),
        "ClauseEndsWith": ("$", "ends_with"),
        "ClauseContains": ("*", "contains"),
        "ClauseRegex": ("~", "regex"),
    }.get(kind)
    if mark is None:
        raise Unsaid(kind)
    return [mark[0] + match[mark[1]]]


def pattern(clause):
    """A rule as a regular expression that is tried at the beginning of a name."""
    mark, rule = clause[0], clause[1:]
    if mark == "~":
        return rule.removeprefix("^") if rule.startswith("^") else ".*(?:%s)" % rule
    exact = re.escape(rule)
    return {"=": exact + "$", "^": exact, "$": ".*%s$" % exact, "*": ".*" + exact}[mark]


def decimal(price):
    text = price["args"][0]
    if Decimal(text).normalize().as_tuple().exponent < -6:
        raise Unsaid("finer than a pico dollar a token: " + text)
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


def tiers(info):
    """Prices by the terms of the call: what they leave out is as usual."""
    found = []
    for variant in info.get("price_variants") or []:
        key, word = next(iter(variant["when"].items()))
        if len(variant["when"]) != 1 or key not in TIERS:
            continue
        if any(OTHER_RATES.search(name) for name in variant["prices"]):
            continue
        out = {"tier": word}
        since = variant.get("constraint")
        if since:
            assert since["_"] == "StartDateConstraint"
            out["from"] = "%04d-%02d-%02d" % tuple(since["start_date"]["args"])
        for name, key in TOKEN_PRICES.items():
            if key in variant["prices"]:
                out[name] = price(variant["prices"][key])
        if any(name in out for name in TOKEN_PRICES):
            found.append(out)
    return found


def model(info):
    try:
        return said(info)
    except Unsaid as why:
        print("left out: %s, %s" % (info["id"], why), file=sys.stderr)
        return None


def said(info):
    listed = info.get("prices", [])
    sets = [prices(c) for c in (listed if isinstance(listed, list) else [listed])]
    raw = str(info.get("prices"))
    if "'input_mtok'" not in raw or "'output_mtok'" not in raw:
        return None
    out = {"id": info["id"], "match": clauses(info["match"])}
    if None not in sets and all("input" in s and "output" in s for s in sets):
        out["prices"] = sets
        if tiers(info):
            out["tiers"] = tiers(info)
    if info.get("context_window"):
        out["context"] = info["context_window"]
    return out


def main(wheel, date):
    with zipfile.ZipFile(wheel) as package:
        tree = ast.parse(package.read("genai_prices/data.py"))
        licence = next(n for n in package.namelist() if n.endswith("licenses/LICENSE"))
        (OUT / "prices.LICENSE").write_bytes(package.read(licence))
    providers = next(value(s.value) for s in tree.body if isinstance(s, ast.AnnAssign))
    lines = []
    for vendor, theirs in VENDORS.items():
        found = next(p for p in providers if p["id"] == theirs)
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
