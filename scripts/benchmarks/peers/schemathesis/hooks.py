"""What a careful team would add to Schemathesis by hand to test this operation: states, signatures and checks.

Schemathesis decides what is sent: it generates bodies from openapi.yaml, right and wrong ones. `before_call` sets up a provider
state for each, puts the device of that state into the body, encrypts, signs and adds the token. A field that was generated wrong
stays as it is, and the rest is made right around it. The checks know the code of each state and of each wrong field, and look at
the envelope, the effect of a bind, and secrets in answers.

With BENCH_DECLARED=1 the formats of openapi.yaml are the server's own. Otherwise the page leaves them open, and a value counts
as wrong only if it is wrong in every reading.
"""

import atexit
import base64
import copy
import hashlib
import itertools
import json
import os
import re
import threading
import uuid

import requests
import schemathesis
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

STATES = os.environ["BENCH_STATES"]
READY = "a device ready to bind"
# Seconds for an answer, as for the requests of Schemathesis itself: a server may hang.
TIMEOUT = 10
local = threading.local()
# The scenario of each case, by its id.
scenarios = {}
# Requests to the operation; set-ups of states are not counted, as bindgate does not count its own.
sent = itertools.count()


def session():
    if not hasattr(local, "session"):
        local.session = requests.Session()
    return local.session


# The formulas of the page


def encrypt(plaintext, key, iv, pad=True):
    data = plaintext if isinstance(plaintext, bytes) else plaintext.encode()
    if pad:
        padder = padding.PKCS7(128).padder()
        data = padder.update(data) + padder.finalize()
    encryptor = Cipher(algorithms.AES(key.encode()), modes.CBC(iv.encode())).encryptor()
    return base64.b64encode(encryptor.update(data) + encryptor.finalize()).decode()


def sign(body, fixture, **instead):
    code = body.get("encryptedBindingCode") or body.get("bindingCode")
    values = {"pk": body.get("pk"), "dk": body.get("dk"), "code": code, "pwd": body.get("pwd"), **instead}
    text = "".join("" if value is None else str(value) for value in values.values())
    return hashlib.sha256((text + fixture["userDomainSecret"]).encode("utf-8", "surrogatepass")).hexdigest()


def new_secret(fixture, iv, **instead):
    values = {**fixture, **instead}
    return encrypt(f"{values['pk']},{values['dk']},{values['bindingSecret']}", values["ps"], iv)


REFUSED = "refused"
# The page gives three codes for permissions and does not tell them apart.
NO_PERMISSION = {5041, 5327, 5358}

# Each state with what the body takes from its fixture, and the expected codes.
STATE_CODES = [
    (READY, [], {200}),
    ("a device ready to bind in a home", ["fid", "frid"], {200}),
    ("a device the user has already bound", [], {5049}),
    ("a device bound by another user, binding mode multi", ["oldBindingSecret"], {200}),
    ("a device bound by another user, binding mode single", [], {5412}),
    ("a device bound by another user, binding mode alternate", ["oldBindingSecret"], {200}),
    ("a user without permission", [], NO_PERMISSION),
    ("a product the user domain is not authorised for", [], {5229}),
    ("a product the user has no permission for", [], NO_PERMISSION),
    ("a product that grants no permission", [], NO_PERMISSION),
    ("a device the cloud cannot look up", [], REFUSED),
    ("home mode on", [], {5636}),
    ("home mode off", ["fid"], {5624}),
    ("an ordinary member of the home", ["fid"], {5669}),
    ("a home whose common-device list cannot be written", ["fid"], {5893}),
    ("a device whose sharing the user has accepted", [], {6040}),
    ("a device registered in another data centre", [], {6083}),
    ("an expired token", [], {5032}),
    ("a refresh token", [], {5032}),
    ("a token not yet valid", [], {5032}),
    ("a token for another audience", [], {5032}),
]
states = itertools.cycle(STATE_CODES)
lock = threading.Lock()

# The code of a missing field, and of a wrong one; the others have no code of their own.
MISSING = {"pk": 5066, "dk": 5067, "bindingCode": 5179}
WRONG = {"dk": 5361, "bindingCode": 5213, "deviceName": 5333, "pwd": 5357}
FORMATS = {
    "pk": r".+",
    "dk": r"[0-9A-Za-z]{4,32}",
    "bindingCode": r"[0-9A-F]{16}",
    "random": r"[0-9A-Za-z]{16}",
    "encryptedNewBindingSecret": r"(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?",
    "deviceName": r".{1,254}",
    "pwd": r"[\x20-\x7e]{1,64}",
    "signature": r"[0-9a-f]{64}",
}
REQUIRED = ("pk", "dk", "bindingCode", "encryptedNewBindingSecret", "random", "signature")
DECLARED = os.environ.get("BENCH_DECLARED") == "1"


def may_stay(field, value):
    """Whether a valid optional value binds under every reading of its format."""
    if field in ("deviceName", "pwd") and not DECLARED:
        return field == "deviceName" and isinstance(value, str) and re.fullmatch("[0-9A-Za-z ]{1,20}", value.strip()) is not None
    return is_right(field, value)


def is_right(field, value):
    if field == "capabilitiesBitmask":
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 15
    if field == "isCommonDevice":
        return isinstance(value, bool)
    return isinstance(value, str) and re.fullmatch(FORMATS[field], value) is not None


def is_certainly_wrong(field, value):
    """Whether every server must refuse the value; a number may be read as a text, and null as an absent optional field."""
    if isinstance(value, (list, dict)):
        return True
    if value is None or value == "":
        return field in REQUIRED
    if not isinstance(value, str):
        return False
    if DECLARED:
        return not is_right(field, value)
    if field in ("dk", "bindingCode", "random"):
        return len(value) > 300 or not value.isascii() or not value.isprintable()
    return field in ("deviceName", "pwd") and len(value) > 600


def set_up(state):
    answer = session().post(STATES, json={"state": state, "params": {"id": str(uuid.uuid4())}, "action": "setup"}, timeout=TIMEOUT)
    return answer.json() if answer.ok else None


def correct(fixture):
    iv = hashlib.sha256(uuid.uuid4().bytes).hexdigest()[:16]
    body = {name: fixture[name] for name in ("pk", "dk", "bindingCode")}
    if fixture.get("pwd"):
        body["pwd"] = fixture["pwd"]
    return {**body, "encryptedNewBindingSecret": new_secret(fixture, iv), "random": iv}


@schemathesis.hook
def before_call(ctx, case, kwargs):
    generated = case.body
    if case.method.upper() != "POST" or not isinstance(generated, dict):
        return
    with lock:
        state, given, expected = next(states)
    wrong = [
        field
        for field in (*FORMATS, "capabilitiesBitmask")
        if (field in generated and is_certainly_wrong(field, generated[field]))
        or (field in REQUIRED[2:3] and field not in generated and "encryptedBindingCode" not in generated)
        or (field in REQUIRED and field != "bindingCode" and field not in generated)
    ]
    # A wrong field is tried alone, where its code is certain.
    if wrong:
        state, given, expected = STATE_CODES[0]
    fixture = set_up(state)
    if fixture is None:
        return
    body = correct(fixture)
    for field in ("deviceName", "capabilitiesBitmask", "isCommonDevice", "pwd"):
        if field in generated and field not in body and may_stay(field, generated[field]):
            body[field] = generated[field]
    if "encryptedBindingCode" in generated and "bindingCode" not in generated:
        body["encryptedBindingCode"] = encrypt(body.pop("bindingCode"), fixture["ps"], body["random"])
    for name in given:
        if name == "oldBindingSecret":
            body["encryptedOldBindingSecret"] = new_secret(fixture, body["random"], bindingSecret=fixture[name])
        else:
            body[name] = fixture[name]
    for field in wrong[:1]:
        if field in generated:
            body[field] = generated[field]
        else:
            body.pop(field, None)
        missing = body.get(field) in (None, "")
        code = (MISSING if missing else WRONG).get(field)
        certain = missing or (DECLARED and isinstance(generated.get(field), str))
        expected = {code} if code is not None and certain else REFUSED
    if wrong[:1] != ["signature"]:
        body["signature"] = sign(body, fixture)
    token = fixture["token"].removeprefix("Bearer ")
    case.body = body
    case.headers = {**dict(case.headers or {}), "Authorization": f"Bearer {token}"}
    name = f"{wrong[0]} {generated.get(wrong[0])!r}" if wrong else state
    scenarios[case.id] = {"name": name, "fixture": fixture, "expected": expected, "state": state}


@schemathesis.hook
def after_call(ctx, case, response):
    next(sent)


def send_again(case, body, token):
    next(sent)
    url = case.operation.base_url + case.operation.path
    try:
        answer = session().post(url, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT)
    except requests.Timeout:
        raise AssertionError("a request sent again gets no answer") from None
    return answer.json().get("code")


def scenario_of(case, response):
    """The scenario; none if Schemathesis has changed the request in another way, such as its content type."""
    kind = response.request.headers.get("Content-Type", "")
    return scenarios.get(case.id) if kind.startswith("application/json") else None


@schemathesis.check
def outcome(ctx, response, case):
    bench = scenario_of(case, response)
    if bench is None:
        return
    code = response.json().get("code")
    expected = bench["expected"]
    if expected == REFUSED:
        assert code != 200, f"{bench['name']}: must be refused"
    else:
        assert code in expected, f"{bench['name']}: expected {expected}, got {code}"


@schemathesis.check
def envelope(ctx, response, case):
    bench = scenario_of(case, response)
    if bench is None:
        return
    # A request that cannot be read may be refused with an HTTP status.
    allowed = range(200, 500) if bench["expected"] == REFUSED else (200,)
    assert response.status_code in allowed, f"HTTP {response.status_code}"
    answer = response.json()
    assert isinstance(answer.get("code"), int), "code is no integer"
    assert isinstance(answer.get("msg"), str), "msg is no text"
    if answer["code"] == 200:
        assert isinstance(answer.get("data"), dict) and answer["data"].get("verified") in (0, 1, "0", "1"), "verified"


@schemathesis.check
def effect(ctx, response, case):
    bench = scenario_of(case, response)
    if bench is None or bench["state"] != READY:
        return
    token = bench["fixture"]["token"].removeprefix("Bearer ")
    if response.json().get("code") == 200:
        assert send_again(case, copy.deepcopy(case.body), token) != 200, "a device was bound twice"
    else:
        body = correct(bench["fixture"])
        body["signature"] = sign(body, bench["fixture"])
        assert send_again(case, body, token) == 200, f"{bench['name']}: a refused request had an effect"


@schemathesis.check
def secrets(ctx, response, case):
    bench = scenario_of(case, response)
    if bench is None:
        return
    text = response.text + str(dict(response.headers))
    for name in ("ps", "bindingSecret", "userDomainSecret", "oldBindingSecret", "token"):
        value = bench["fixture"].get(name)
        assert not value or value not in text, f"the answer has the {name}"
    for sign_of_code in ("Exception", "Traceback", "at java.", "SELECT ", "/usr/", "node_modules"):
        assert sign_of_code not in text, f"the answer has {sign_of_code}"


@atexit.register
def write_count():
    file = os.environ.get("BENCH_COUNT_FILE")
    if file:
        with open(file, "w", encoding="utf-8") as out:
            out.write(str(next(sent)))
