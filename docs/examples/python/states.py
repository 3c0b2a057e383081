"""Provider states: sets up what a case needs, answers with the fixture, clears it away.

For test environments only: it makes users and hands out their tokens and secrets.
"""

import hashlib
import hmac
import secrets
import string
import time
from dataclasses import dataclass
from typing import Annotated, Literal

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

HOUR = 3600


@dataclass(frozen=True)
class State:
    """How a state differs from a device ready to bind."""

    bound_by: Literal["user", "other"] | None = None
    binding_mode: str = "multi"
    open_to: str = "everyone"
    home_role: str | None = None  # home mode is off without one
    list_writable: bool = True
    may_bind: bool = True
    authorised: bool = True
    withdrawn: bool = False
    shared: bool = False
    elsewhere: bool = False
    registered: bool = True
    token_age: int = 0
    token_type: str = "AccessToken"
    audience: str = "Audience"
    gives: tuple[str, ...] = ()


OLD_SECRET, OTHER_TOKEN, HOME = ("oldBindingSecret",), ("otherToken",), ("fid", "frid")
STATES = {
    "a device ready to bind": State(),
    "a device ready to bind in a home": State(home_role="owner", gives=HOME),
    "a device the user has already bound": State(bound_by="user"),
    "a device nobody has bound": State(gives=OLD_SECRET),
    "a device bound by another user, binding mode multi": State(bound_by="other", gives=OLD_SECRET),
    "a device bound by another user, binding mode single": State(bound_by="other", binding_mode="single"),
    "a device bound by another user, binding mode alternate": State(
        bound_by="other", binding_mode="alternate", gives=OLD_SECRET
    ),
    "two users, binding mode single": State(binding_mode="single", gives=OTHER_TOKEN),
    "two users, binding mode alternate": State(binding_mode="alternate", gives=OTHER_TOKEN),
    "a user without permission": State(may_bind=False),
    "a product the user domain is not authorised for": State(authorised=False),
    "a product the user has no permission for": State(open_to="listed"),
    "a product that grants no permission": State(open_to="no one"),
    "a device the cloud cannot look up": State(withdrawn=True),
    "home mode on": State(home_role="owner"),
    "home mode off": State(gives=("fid",)),
    "an ordinary member of the home": State(home_role="ordinary", gives=HOME),
    "a home whose common-device list cannot be written": State(home_role="owner", list_writable=False, gives=HOME),
    "a device whose sharing the user has accepted": State(shared=True),
    "a device registered in another data centre": State(elsewhere=True),
    "an expired token": State(token_age=3 * HOUR),
    "a refresh token": State(token_type="RefreshToken"),
    "a token not yet valid": State(token_age=-HOUR),
    "a token for another audience": State(audience="Elsewhere"),
    "a product whose every device is ready to bind": State(registered=False),
}


class Params(BaseModel):
    id: str


class StateRequest(BaseModel):
    state: str
    params: Params
    action: Literal["setup", "teardown"]


class Records:
    """What one set-up makes: all of it is new, so that cases cannot disturb one another."""

    def __init__(self) -> None:
        self.domain, self.domain_secret = letters(12), letters(44)
        self.uid, self.other_uid, self.fid, self.old_secret = (letters(16) for _ in range(4))
        self.pk, self.ps = f"p1{letters(8)}", letters(16)
        self.dk, self.binding_code = secrets.token_hex(6).upper(), secrets.token_hex(8).upper()

    async def insert(self, db: AsyncConnection, state: State, data_centre: str) -> None:
        await db.execute("INSERT INTO user_domains VALUES (%s, %s)", (self.domain, self.domain_secret))
        for uid, may_bind in ((self.uid, state.may_bind), (self.other_uid, True)):
            home_mode = uid == self.uid and state.home_role is not None
            await db.execute("INSERT INTO users VALUES (%s, %s, %s, %s)", (uid, self.domain, may_bind, home_mode))
        if state.home_role:
            await db.execute("INSERT INTO homes VALUES (%s, %s)", (self.fid, state.list_writable))
            await db.execute("INSERT INTO home_members VALUES (%s, %s, %s)", (self.fid, self.uid, state.home_role))
        product = (self.pk, self.ps, state.binding_mode, state.open_to)
        await db.execute("INSERT INTO products VALUES (%s, %s, %s, %s)", product)
        if state.authorised:
            await db.execute("INSERT INTO product_domains VALUES (%s, %s)", (self.pk, self.domain))
        if state.registered:
            place = "elsewhere" if state.elsewhere else data_centre
            device = (self.pk, self.dk, self.binding_code, place, state.withdrawn)
            await db.execute("INSERT INTO devices VALUES (%s, %s, %s, %s, %s)", device)
        if state.shared:
            await db.execute("INSERT INTO device_shares VALUES (%s, %s, %s)", (self.pk, self.dk, self.uid))
        if state.bound_by:
            holder = self.uid if state.bound_by == "user" else self.other_uid
            digest = hashlib.sha256(self.old_secret.encode()).digest()
            binding = (self.pk, self.dk, self.domain, holder, state.binding_mode != "multi", digest)
            await db.execute("INSERT INTO bindings VALUES (%s, %s, %s, %s, %s, %s)", binding)

    async def remove(self, db: AsyncConnection) -> None:
        """Deletes with whatever was bound meanwhile, which cascades."""
        await db.execute("DELETE FROM products WHERE pk = %s", (self.pk,))
        await db.execute("DELETE FROM homes WHERE fid = %s", (self.fid,))
        await db.execute("DELETE FROM user_domains WHERE id = %s", (self.domain,))

    def fixture(self, state: State, token_key: RSAPrivateKey) -> dict[str, str]:
        optional = {"fid": self.fid, "frid": letters(16), "oldBindingSecret": self.old_secret}
        if state.gives == OTHER_TOKEN:
            optional["otherToken"] = issue_token(self.other_uid, State(), token_key)
        return {
            "token": issue_token(self.uid, state, token_key),
            "pk": self.pk,
            "ps": self.ps,
            "dk": self.dk,
            "bindingCode": self.binding_code,
            "bindingSecret": letters(16),
            "userDomainSecret": self.domain_secret,
            **{field: optional[field] for field in state.gives},
        }


def letters(length: int) -> str:
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(length))


def issue_token(uid: str, state: State, token_key: RSAPrivateKey) -> str:
    """What your identity service would issue."""
    issued = int(time.time()) - state.token_age
    claims = {
        "iss": "enduser",
        "aud": state.audience,
        "sub": "subject",
        "type": state.token_type,
        "uid": uid,
        "jti": letters(16),
        "iat": issued,
        "nbf": issued - 120,
        "exp": issued + 2 * HOUR,
    }
    return jwt.encode(claims, token_key, algorithm="RS256")


def states_router(
    pool: AsyncConnectionPool, token_key: RSAPrivateKey, password: str, data_centre: str
) -> APIRouter:
    router = APIRouter()
    made: dict[str, Records] = {}

    @router.post("/_states")
    async def change_state(request: StateRequest, authorization: Annotated[str, Header()] = "") -> JSONResponse:
        # It hands out tokens and secrets, so it has a password wherever others can reach it.
        expected = f"Bearer {password}".encode()
        if password and not hmac.compare_digest(authorization.encode(), expected):
            return JSONResponse({"message": "send Authorization: Bearer and STATES_TOKEN"}, 401)
        if request.action == "teardown":
            records = made.pop(request.params.id, None)
            if records is not None:
                async with pool.connection() as db:
                    await records.remove(db)
            return JSONResponse({})
        state = STATES.get(request.state)
        if state is None:
            # 4xx says "not supported": the cases of this state are skipped.
            return JSONResponse({"message": "this state is not known"}, 404)
        records = made[request.params.id] = Records()
        async with pool.connection() as db:
            await records.insert(db, state, data_centre)
        return JSONResponse(records.fixture(state, token_key))

    return router
