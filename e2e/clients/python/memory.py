"""What a client of the memory gateway does, with the HTTP client of Python: each claim is a line."""

import json
import os
import urllib.error
import urllib.request

URL = os.environ["SERAI_URL"]
FIELDS = {"authorization": "Bearer " + os.environ["SERAI_KEY"], "content-type": "application/json"}
OBJECT = {"city": "Porto", "turns": 3, "note": "the harbour is in the north"}


def send(method, path, body=None, fields=FIELDS):
    """Status and JSON of a reply; an error is one too."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data=data, headers=fields, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def claim(name, real, expected):
    print(f"ok {name}" if real == expected else f"FAIL {name}: {real!r} is not {expected!r}")


FOR_A_SESSION = FIELDS | {"x-tenant-id": "acme", "x-session-id": "s1", "x-consistency-level": "RYW"}

claim("health_check", send("GET", "/healthz", fields={}), (200, {"ok": True}))
claim("put", send("PUT", "/v1/memory/tenant/acme/session/s1", {"object": OBJECT}, FOR_A_SESSION), (200, {"ok": True}))
claim("get", send("GET", "/v1/memory/tenant/acme/session/s1", fields=FOR_A_SESSION), (200, {"object": OBJECT}))
status, found = send("POST", "/v1/memory/search", {"q": "harbour", "ns": "tenant/acme", "top_k": 3}, FOR_A_SESSION)
hits = [(hit["ns"], hit["key"], hit["object"]) for hit in found.get("results", [])]
claim("search", (status, hits, found.get("count")), (200, [("tenant/acme/session", "s1", OBJECT)], 1))
claim("list", [one["key"] for one in send("GET", "/v1/memory/tenant")[1]["objects"]], ["s1"])
claim("missing", send("GET", "/v1/memory/tenant/acme/session/s2"), (200, {"error": "not_found"}))
claim("delete", send("DELETE", "/v1/memory/tenant/acme/session/s1"), (200, {"ok": True}))
claim("deleted", send("GET", "/v1/memory/tenant/acme/session/s1"), (200, {"error": "not_found"}))
claim("no-key", send("GET", "/v1/memory/tenant/acme/session/s1", fields={})[0], 401)
