"""A server of the operation that binds a pure-Bluetooth device to a user, with PostgreSQL behind it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from fastapi import Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg_pool import AsyncConnectionPool

from bind import bind
from codes import Code, Refused
from payload import Payload
from tokens import uid_of

DATA_CENTRE = os.environ.get("DATA_CENTRE", "eu")
TOKEN_KEY = load_pem_public_key(os.environ["TOKEN_PUBLIC_KEY"].encode())
pool = AsyncConnectionPool(os.environ["DATABASE_URL"], open=False, max_size=10, timeout=10)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with pool:
        yield


app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)


def caller(authorization: Annotated[str, Header()] = "") -> str:
    return uid_of(authorization, TOKEN_KEY)


@app.post("/v2/binding/enduserapi/deviceBindingByPureBt")
async def device_binding_by_pure_bt(uid: Annotated[str, Depends(caller)], payload: Payload) -> JSONResponse:
    async with pool.connection() as db:  # a transaction: committed at the end, rolled back by an exception
        await bind(db, uid, payload, DATA_CENTRE)
    return JSONResponse({"code": Code.SUCCESS, "msg": "", "data": {"verified": 1}, "extMsg": None})


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    async with pool.connection() as db:
        await db.execute("SELECT 1")
    return {"status": "ok"}


@app.exception_handler(Refused)
async def refused(_: Request, refusal: Refused) -> JSONResponse:
    return failure(refusal.code)


@app.exception_handler(RequestValidationError)
async def unreadable(_: Request, __: RequestValidationError) -> JSONResponse:
    return failure(Code.UNREADABLE)


@app.exception_handler(Exception)
async def broken(_: Request, __: Exception) -> JSONResponse:
    """The log has the reason; the caller learns nothing of it."""
    return failure(Code.UNREADABLE, status=500)


def failure(code: Code, status: int = 200) -> JSONResponse:
    return JSONResponse({"code": code, "msg": "refused", "data": None, "extMsg": None}, status)


# The private key exists in test environments only, and so do the states.
if "STATES_TOKEN_KEY" in os.environ:
    from states import states_router

    states_token_key = load_pem_private_key(os.environ["STATES_TOKEN_KEY"].encode(), password=None)
    app.include_router(states_router(pool, states_token_key, os.environ.get("STATES_TOKEN", ""), DATA_CENTRE))
