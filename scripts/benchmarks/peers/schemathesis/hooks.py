"""What a careful team would add to Schemathesis by hand to test this operation.

Schemathesis generates a body from openapi.yaml. `before_call` sets up a provider state for it, puts the device of that state
into the body, encrypts, signs and adds the token. A table of scenarios says what is changed, and what the answer must be.
Valid optional fields stay as they were generated, and so does a wrong required field of a request without another fault.
What the page leaves open is not asserted, so that a server which reads it in another way raises no alarm: formats are only
tried with values that are wrong in every reading. The checks look at the outcome, the envelope, the effect of a bind, and
secrets in answers.
"""

import atexit
import base64
import copy
import hashlib
import itertools
import json
import os
import threading
import uuid

import requests
import schemathesis
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

STATES = os.environ["BENCH_STATES"]
READY = "a device ready to bind"
local = threading.local()
# The scenario of each case, by its id.
scenarios = {}
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


# Changes of a correct request: before signing (`draft`), or after it (`tamper`)


def put(name, value):
    def change(body, fixture):
        body[name] = value

    return change


def drop(name):
    def change(body, fixture):
        body.pop(name, None)

    return change


def other(text):
    return text[:-1] + ("0" if text[-1] != "0" else "1")


def make(name, function):
    def change(body, fixture):
        body[name] = function(body, fixture)

    return change


def encrypted_code(function=lambda fixture: fixture["bindingCode"], key=lambda fixture: fixture["ps"]):
    def change(body, fixture):
        body.pop("bindingCode", None)
        body["encryptedBindingCode"] = encrypt(function(fixture), key(fixture), body["random"])

    return change


def old_secret(function=lambda fixture: fixture["oldBindingSecret"], **instead):
    def change(body, fixture):
        values = {**fixture, **instead}
        plaintext = f"{values['pk']},{values['dk']},{function(fixture)}"
        body["encryptedOldBindingSecret"] = encrypt(plaintext, fixture["ps"], body["random"])

    return change


def home(body, fixture):
    body["fid"] = fixture["fid"]


def flip_bit(base64_text, at):
    data = bytearray(base64.b64decode(base64_text))
    data[at] ^= 1
    return base64.b64encode(bytes(data)).decode()


def token_part(index, value):
    def change(token):
        parts = token.split(".")
        parts[index] = value(parts[index])
        return ".".join(parts)

    return change


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


REFUSED = "refused"

# name: (state, changes before signing, changes after signing, change of the token, expected codes)
SCENARIOS = {
    "plain": (READY, [], [], None, {200}),
    "encrypted code": (READY, [encrypted_code()], [], None, {200}),
    "with a Chinese name": (READY, [put("deviceName", "客厅的蓝牙秤")], [], None, {200}),
    "in a home": ("a device ready to bind in a home", [home], [], None, {200}),
    # Token
    "no token": (READY, [], [], lambda token: None, {5106}),
    "blank token": (READY, [], [], lambda token: "", {5106, 5032}),
    "token with another signature": (READY, [], [], token_part(2, lambda part: other(part[:-2]) + part[-2:]), {5032}),
    "token without a signature": (READY, [], [], token_part(2, lambda part: ""), {5032}),
    "token with alg none": (READY, [], [], lambda token: token_part(0, lambda _: encode({"typ": "JWT", "alg": "none"}))(
        token_part(2, lambda _: "")(token)), {5032}),
    "token of another user": (READY, [], [], token_part(1, lambda part: encode({**json.loads(
        base64.urlsafe_b64decode(part + "===")), "uid": "U0"})), {5032}),
    "not a token": (READY, [], [], lambda token: "abc", {5032}),
    "expired token": ("an expired token", [], [], None, {5032}),
    "refresh token": ("a refresh token", [], [], None, {5032}),
    "token not yet valid": ("a token not yet valid", [], [], None, {5032}),
    "token for another audience": ("a token for another audience", [], [], None, {5032}),
    # Required fields
    "no pk": (READY, [drop("pk")], [], None, {5066}),
    "empty pk": (READY, [put("pk", "")], [], None, {5066}),
    "unknown pk": (READY, [put("pk", "p1ZZZZ")], [], None, REFUSED),
    "no dk": (READY, [drop("dk")], [], None, {5067}),
    "empty dk": (READY, [put("dk", "")], [], None, {5067}),
    "dk of spaces": (READY, [put("dk", "    ")], [], None, REFUSED),
    "dk with an umlaut": (READY, [put("dk", "Gerät0001")], [], None, REFUSED),
    "dk with a line break": (READY, [make("dk", lambda body, fixture: fixture["dk"] + "\n")], [], None, REFUSED),
    "dk of 1,000 characters": (READY, [put("dk", "A" * 1000)], [], None, REFUSED),
    "no code": (READY, [drop("bindingCode")], [], None, {5179}),
    "empty code": (READY, [put("bindingCode", "")], [], None, {5179}),
    "code with other letters": (READY, [put("bindingCode", "ÄÖÜ")], [], None, REFUSED),
    "code of 1,000 digits": (READY, [put("bindingCode", "A" * 1000)], [], None, REFUSED),
    "no new secret": (READY, [drop("encryptedNewBindingSecret")], [], None, REFUSED),
    "no random": (READY, [drop("random")], [], None, REFUSED),
    "random of 15 characters": (READY, [put("random", "abcdefghijklmno")], [], None, REFUSED),
    # Ciphertexts
    "new secret with another key": (READY, [make("encryptedNewBindingSecret", lambda body, fixture: new_secret(
        fixture, body["random"], ps="0123456789abcdef"))], [], None, REFUSED),
    "new secret of another device": (READY, [make("encryptedNewBindingSecret", lambda body, fixture: new_secret(
        fixture, body["random"], dk=other(fixture["dk"])))], [], None, REFUSED),
    "new secret of another product": (READY, [make("encryptedNewBindingSecret", lambda body, fixture: new_secret(
        fixture, body["random"], pk="p1ZZZZ"))], [], None, REFUSED),
    "new secret with another IV": (READY, [make("encryptedNewBindingSecret", lambda body, fixture: new_secret(
        fixture, "0123456789abcdef"))], [], None, REFUSED),
    "new secret without commas": (READY, [make("encryptedNewBindingSecret", lambda body, fixture: encrypt(
        fixture["pk"] + fixture["dk"] + fixture["bindingSecret"], fixture["ps"], body["random"]))], [], None, REFUSED),
    "new secret that is no Base64": (READY, [put("encryptedNewBindingSecret", "*" * 24)], [], None, REFUSED),
    "new secret with bad padding": (READY, [make("encryptedNewBindingSecret", lambda body, fixture: encrypt(
        b"\0" * 48, fixture["ps"], body["random"], pad=False))], [], None, REFUSED),
    "new secret with a changed bit": (READY, [make("encryptedNewBindingSecret", lambda body, fixture: flip_bit(
        body["encryptedNewBindingSecret"], 0))], [], None, REFUSED),
    "encrypted code with another key": (READY, [encrypted_code(key=lambda fixture: "0123456789abcdef")], [], None, REFUSED),
    "encrypted code of another device": (READY, [encrypted_code(lambda fixture: other(fixture["bindingCode"]))], [], None, REFUSED),
    "encrypted code that is no code": (READY, [encrypted_code(lambda fixture: "G" * 16)], [], None, REFUSED),
    # Signature
    "no signature": (READY, [], [drop("signature")], None, REFUSED),
    "empty signature": (READY, [], [put("signature", "")], None, REFUSED),
    "wrong last digit": (READY, [], [make("signature", lambda body, fixture: other(body["signature"]))], None, REFUSED),
    "wrong first digit": (READY, [], [make("signature", lambda body, fixture: (
        "0" if body["signature"][0] != "0" else "1") + body["signature"][1:])], None, REFUSED),
    "signature without the secret": (READY, [], [make("signature", lambda body, fixture: sign(
        body, {"userDomainSecret": ""}))], None, REFUSED),
    "signature without the dk": (READY, [], [make("signature", lambda body, fixture: sign(body, fixture, dk=""))], None, REFUSED),
    "signature without the pk": (READY, [], [make("signature", lambda body, fixture: sign(body, fixture, pk=""))], None, REFUSED),
    "signature without the code": (READY, [], [make("signature", lambda body, fixture: sign(body, fixture, code=""))], None, REFUSED),
    "password changed after signing": (READY, [put("pwd", "k3ttle-42")], [put("pwd", "k3ttle-43")], None, REFUSED),
    # Optional fields
    "name of 1,000 characters": (READY, [put("deviceName", "a" * 1000)], [], None, {5333}),
    "password of 1,000 characters": (READY, [put("pwd", "a" * 1000)], [], None, {5357}),
    "password with a line break": (READY, [put("pwd", "a\nb")], [], None, {5357}),
    "capabilities 16": (READY, [put("capabilitiesBitmask", 16)], [], None, REFUSED),
    "old secret of an unbound device": ("a device nobody has bound", [old_secret()], [], None, REFUSED),
    # Records
    "bound by the user": ("a device the user has already bound", [], [], None, {5049}),
    "bound by another, multi": ("a device bound by another user, binding mode multi", [], [], None, {200}),
    "bound by another, multi, old secret": ("a device bound by another user, binding mode multi", [old_secret()], [], None, {200}),
    "bound by another, multi, wrong secret": ("a device bound by another user, binding mode multi",
                                              [old_secret(lambda fixture: "0" * 16)], [], None, REFUSED),
    "bound by another, multi, secret of another device": ("a device bound by another user, binding mode multi",
                                                          [old_secret(dk="ABCD1234")], [], None, REFUSED),
    "bound by another, single": ("a device bound by another user, binding mode single", [], [], None, {5412}),
    "bound by another, alternate": ("a device bound by another user, binding mode alternate", [], [], None, {200}),
    "no permission": ("a user without permission", [], [], None, {5041}),
    "not authorised": ("a product the user domain is not authorised for", [], [], None, {5229}),
    "no permission for the product": ("a product the user has no permission for", [], [], None, {5327}),
    "product grants nothing": ("a product that grants no permission", [], [], None, {5358}),
    "look-up fails": ("a device the cloud cannot look up", [], [], None, {5314}),
    "home mode on": ("home mode on", [], [], None, {5636}),
    "home mode off": ("home mode off", [home], [], None, {5624}),
    "ordinary member": ("an ordinary member of the home", [home], [], None, {5669}),
    "list cannot be written": ("a home whose common-device list cannot be written", [home], [], None, {5893}),
    "sharing accepted": ("a device whose sharing the user has accepted", [], [], None, {6040}),
    "another data centre": ("a device registered in another data centre", [], [], None, {6083}),
}
# Valid requests and each kind of fault come in turn, so that a run of 100 examples tries all of them.
turns = itertools.cycle(SCENARIOS.items())
lock = threading.Lock()

VALID_OPTIONAL = {
    "deviceName": lambda value: isinstance(value, str) and 0 < len(value) <= 60 and value.isprintable(),
    "capabilitiesBitmask": lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 15,
    "isCommonDevice": lambda value: isinstance(value, bool),
}


def set_up(state):
    answer = session().post(STATES, json={"state": state, "params": {"id": str(uuid.uuid4())}, "action": "setup"})
    next(sent)
    return answer.json() if answer.ok else None


def correct(fixture):
    iv = hashlib.sha256(uuid.uuid4().bytes).hexdigest()[:16]
    body = {name: fixture[name] for name in ("pk", "dk", "bindingCode")}
    if fixture.get("pwd"):
        body["pwd"] = fixture["pwd"]
    return {**body, "encryptedNewBindingSecret": new_secret(fixture, iv), "random": iv}


def is_plainly_wrong(value):
    return value is None or value == "" or isinstance(value, (list, dict))


@schemathesis.hook
def before_call(ctx, case, kwargs):
    generated = case.body
    if case.method.upper() != "POST" or not isinstance(generated, dict):
        return
    with lock:
        name, (state, draft, tamper, change_token, expected) = next(turns)
    fixture = set_up(state)
    if fixture is None:
        return
    body = correct(fixture)
    for field, is_valid in VALID_OPTIONAL.items():
        if field in generated and is_valid(generated[field]) and field not in body:
            body[field] = generated[field]
    # A body that was generated wrong keeps its wrong required field. With two faults any refusal is right.
    wrong = [field for field in body if field in generated and is_plainly_wrong(generated[field])]
    if name == "plain" and wrong:
        body.update({field: generated[field] for field in wrong})
        name, expected = f"{', '.join(wrong)} wrong", REFUSED
    for change in draft:
        change(body, fixture)
    body["signature"] = sign(body, fixture)
    for change in tamper:
        change(body, fixture)
    token = fixture["token"].removeprefix("Bearer ")
    token = token if change_token is None else change_token(token)
    case.body = body
    case.headers = dict(case.headers or {})
    case.headers.pop("Authorization", None)
    if token is not None:
        case.headers["Authorization"] = f"Bearer {token}"
    scenarios[case.id] = {"name": name, "fixture": fixture, "expected": expected, "state": state}


@schemathesis.hook
def after_call(ctx, case, response):
    next(sent)


def send_again(case, body, token):
    next(sent)
    url = case.operation.base_url + case.operation.path
    return session().post(url, json=body, headers={"Authorization": f"Bearer {token}"}).json().get("code")


@schemathesis.check
def outcome(ctx, response, case):
    bench = scenarios.get(case.id)
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
    if scenarios.get(case.id) is None:
        return
    # A request that cannot be read may be refused with an HTTP status.
    allowed = range(200, 500) if scenarios[case.id]["expected"] == REFUSED else (200,)
    assert response.status_code in allowed, f"HTTP {response.status_code}"
    answer = response.json()
    assert isinstance(answer.get("code"), int), "code is no integer"
    assert isinstance(answer.get("msg"), str), "msg is no text"
    if answer["code"] == 200:
        assert isinstance(answer.get("data"), dict) and answer["data"].get("verified") in (0, 1, "0", "1"), "verified"


@schemathesis.check
def effect(ctx, response, case):
    bench = scenarios.get(case.id)
    if bench is None or bench["state"] != READY:
        return
    token = bench["fixture"]["token"].removeprefix("Bearer ")
    if response.json().get("code") == 200:
        assert send_again(case, copy.deepcopy(case.body), token) == 5049, "a device was bound twice"
    else:
        body = correct(bench["fixture"])
        body["signature"] = sign(body, bench["fixture"])
        assert send_again(case, body, token) == 200, f"{bench['name']}: a refused request had an effect"


@schemathesis.check
def secrets(ctx, response, case):
    bench = scenarios.get(case.id)
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
