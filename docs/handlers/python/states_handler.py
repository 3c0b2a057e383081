"""Provider states, with Python's standard library alone: sets up what a case needs, answers with the fixture, clears it away.

    STORE_URL=http://127.0.0.1:8080/_store TOKEN_KEY=key.pem PORT=8081 python3 states_handler.py

For test environments only: it makes users and hands out their tokens and secrets.
"""

import base64
import json
import os
import secrets
import string
import subprocess
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOUR = 3600
HOME = {"role": "owner", "commonListWritable": True}

# How each state differs from a device ready to bind.
STATES = {
    "a device ready to bind": {},
    "a device ready to bind in a home": {"home": HOME, "gives": ["fid", "frid"]},
    "a device the user has already bound": {"boundBy": "user"},
    "a device nobody has bound": {"gives": ["oldBindingSecret"]},
    "a device bound by another user, binding mode multi": {"boundBy": "other", "gives": ["oldBindingSecret"]},
    "a device bound by another user, binding mode single": {"boundBy": "other", "product": {"bindingMode": "single"}},
    "a device bound by another user, binding mode alternate": {
        "boundBy": "other",
        "product": {"bindingMode": "alternate"},
        "gives": ["oldBindingSecret"],
    },
    "two users, binding mode single": {"product": {"bindingMode": "single"}, "gives": ["otherToken"]},
    "two users, binding mode alternate": {"product": {"bindingMode": "alternate"}, "gives": ["otherToken"]},
    "a user without permission": {"user": {"mayBind": False}},
    "a product the user domain is not authorised for": {"product": {"domains": []}},
    "a product the user has no permission for": {"product": {"permission": "not-this-user"}},
    "a product that grants no permission": {"product": {"permission": "nobody"}},
    "a device the cloud cannot look up": {"device": {"lookUpFails": True}},
    "home mode on": {"home": HOME},
    "home mode off": {"gives": ["fid"]},
    "an ordinary member of the home": {"home": {**HOME, "role": "ordinary"}, "gives": ["fid", "frid"]},
    "a home whose common-device list cannot be written": {
        "home": {**HOME, "commonListWritable": False},
        "gives": ["fid", "frid"],
    },
    "a device whose sharing the user has accepted": {"shared": True},
    "a device registered in another data centre": {"device": {"dataCentre": "elsewhere"}},
    "an expired token": {"times": (-3 * HOUR, -3 * HOUR, -HOUR)},
    "a refresh token": {"times": (0, -120, 720 * HOUR), "claims": {"type": "RefreshToken"}},
    "a token not yet valid": {"times": (HOUR, HOUR, 3 * HOUR)},
    "a token for another audience": {"claims": {"aud": "Elsewhere"}},
    "a product whose every device is ready to bind": {"product": {"everyDeviceReady": True}},
}


def store(action, records):
    """Replace this by your database: `put` writes users, a product, a device and its binding; `remove` deletes them again."""
    body = json.dumps(records).encode()
    request = urllib.request.Request(
        f"{os.environ['STORE_URL']}/{action}", body, {"content-type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=5).close()


def issue_token(claims):
    """Replace this by your identity service: claims become a token, signed with RS256 (here by openssl)."""
    unsigned = f"{segment({'typ': 'JWT', 'alg': 'RS256'})}.{segment(claims)}"
    command = ["openssl", "dgst", "-sha256", "-sign", os.environ["TOKEN_KEY"]]
    signature = subprocess.run(command, input=unsigned.encode(), capture_output=True, check=True).stdout
    return f"{unsigned}.{base64url(signature)}"


def segment(value):
    return base64url(json.dumps(value).encode())


def base64url(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def letters(length, alphabet=string.ascii_letters + string.digits):
    return "".join(secrets.choice(alphabet) for _ in range(length))


def claims_of(uid, times=(0, -120, 2 * HOUR), changes=None):
    """An access token's claims; `times` are iat, nbf and exp relative to now."""
    iat, nbf, exp = (int(time.time()) + seconds for seconds in times)
    fixed = {"iss": "enduser", "aud": "Audience", "sub": "subject", "type": "AccessToken", "uid": uid}
    return {**fixed, "jti": letters(16), "iat": iat, "nbf": nbf, "exp": exp, **(changes or {})}


def set_up(state):
    """Records and fixture of one set-up: everything in them is new, so that cases cannot disturb one another."""
    domain = {"id": letters(12), "secret": letters(44)}
    uid, other_uid, fid, frid, old_secret = (letters(16) for _ in range(5))
    user = {"uid": uid, "domain": domain, "mayBind": True, **state.get("user", {})}
    if "home" in state:
        user["home"] = {"fid": fid, **state["home"]}
    product = {"pk": f"p1{letters(6)}", "ps": letters(16), "bindingMode": "multi", "domains": [domain["id"]]}
    product = {**product, "permission": "everybody", **state.get("product", {})}
    hexadecimal = "0123456789ABCDEF"
    device = {"dk": letters(12, hexadecimal), "bindingCode": letters(16, hexadecimal), "dataCentre": "here"}
    device = {**device, "sharees": [uid] if "shared" in state else [], **state.get("device", {})}
    bound_by = {"user": uid, "other": other_uid}.get(state.get("boundBy"))
    binding = {"domain": domain["id"], "uid": bound_by, "bindingSecret": old_secret}
    records = {
        "users": [user, {"uid": other_uid, "domain": domain, "mayBind": True}],
        "product": product,
        # Where every device is ready to bind, none is on record before its first bind.
        "device": None if "everyDeviceReady" in product else device,
        "binding": binding if bound_by else None,
    }
    optional = {"fid": fid, "frid": frid, "oldBindingSecret": old_secret}
    if "otherToken" in state.get("gives", []):
        optional["otherToken"] = issue_token(claims_of(other_uid))
    fixture = {
        "token": issue_token(claims_of(uid, state.get("times", (0, -120, 2 * HOUR)), state.get("claims"))),
        "pk": product["pk"],
        "ps": product["ps"],
        "dk": device["dk"],
        "bindingCode": device["bindingCode"],
        "bindingSecret": letters(16),
        "userDomainSecret": domain["secret"],
        **{field: optional[field] for field in state.get("gives", [])},
    }
    return records, fixture


made = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if asked["action"] == "teardown":
            records = made.pop(asked["params"]["id"], None)
            if records is not None:
                store("remove", records)
            return self.answer(200, {})
        # 4xx says "not supported": the cases of this state are skipped.
        if asked["state"] not in STATES:
            return self.answer(404, {"message": "this state is not known"})
        records, fixture = set_up(STATES[asked["state"]])
        made[asked["params"]["id"]] = records
        store("put", records)
        return self.answer(200, fixture)

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing is logged: a fixture holds secrets."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8081"))), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
