"""What the scripts here share. A claim is a function of a provider's name; each prints a line:
"ok <provider> <claim>" or "FAIL <provider> <claim>: why". What a claim returns stands at the end."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

URL = os.environ["SERAI_URL"]
HELLO = "Hello, wörld 👋! 日本."
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIA"
    "X8jx0gAAAABJRU5ErkJggg=="
)
# What the cassette of two calls calls, in order.
CALLS = [("get_weather", {"city": "Zürich", "days": 2}), ("get_time", {"zone": "CET"})]
PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


def get_weather(city: str, days: int) -> str:
    """Tells the weather.

    Args:
      city: where
      days: how many
    """
    return f"{city} {days}"


def get_time(zone: str) -> str:
    """Tells the time.

    Args:
      zone: where
    """
    return zone


def structured(p):
    """Anthropic's models say by their names whether they know schemas; older ones are given a tool instead."""
    return {
        "anthropic": "anthropic/claude-sonnet-4-5--structured",
        "bedrock": "bedrock/anthropic.claude-3-haiku-20240307-v1:0--structured",
    }.get(p, f"{p}/structured")


def check(real, expected):
    assert real == expected, f"{real!r} is not {expected!r}"


def fails(call, kind, status=None):
    """The error, which must be of that kind and, where one is given, have that status."""
    try:
        call()
    except Exception as e:
        assert isinstance(e, kind), f"a {kind} and not {type(e).__name__}: {e}"
        if status:
            check(getattr(e, "status_code", None) or getattr(e, "code", None), status)
        return e
    raise AssertionError(f"no {kind}")


def run(providers, scope):
    """Every function of that scope whose name begins with "claim_" for every provider, the providers side by side."""
    claims = [(n.removeprefix("claim_").replace("_", "-"), f) for n, f in scope.items() if n.startswith("claim_")]
    with ThreadPoolExecutor(len(providers)) as side_by_side:
        list(side_by_side.map(lambda provider: run_all(provider, claims), providers))


def run_all(provider, claims):
    for name, claim in claims:
        try:
            at = claim(provider)
            tell(f"ok {provider} {name} " + ("" if at is None else str(int(at * 1000))))
        except Exception as e:
            tell(f"FAIL {provider} {name}: {type(e).__name__} " + str(e).replace("\n", " "))


def tell(line):
    """In one piece and on a line of its own: libraries print too, from other threads."""
    sys.stdout.write("\n" + line + "\n")
    sys.stdout.flush()
