"""The operation on the records: all of it is one transaction, which a refusal rolls back."""

import hmac
from dataclasses import dataclass
from typing import TypeVar

from psycopg import AsyncConnection
from psycopg.rows import class_row

from codes import Code, Refused
from payload import Opened, Payload

Row = TypeVar("Row")


@dataclass
class User:
    uid: str
    domain_id: str
    domain_secret: str
    may_bind: bool
    home_mode: bool


@dataclass
class Product:
    ps: str
    binding_mode: str
    open_to: str
    authorised: bool
    listed: bool


@dataclass
class Device:
    binding_code: str
    data_centre: str
    withdrawn: bool
    shared: bool


@dataclass
class Membership:
    role: str
    common_list_writable: bool


async def bind(db: AsyncConnection, uid: str, payload: Payload, data_centre: str) -> None:
    """Checks the fields, the product, signature and ciphertexts, permissions, the home, the device and its bindings.

    What costs least comes first, and only who can sign learns anything of homes and devices.
    """
    payload.check()
    user = await find_user(db, uid)
    product = await find_product(db, payload.pk, user)
    if not product.authorised:
        raise Refused(Code.PRODUCT_NOT_AUTHORISED)
    payload.verify_signature(user.domain_secret)
    opened = payload.open(product.ps)
    permit(user, product)
    await check_home(db, payload, user)
    await lock_device(db, payload, opened, user, data_centre)
    if opened.old_secret is not None:
        await check_old_secret(db, payload, opened.old_secret, user)
    await insert_binding(db, payload, opened, user, product)
    if payload.is_common:
        await db.execute(
            "INSERT INTO common_devices (fid, pk, dk) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (payload.fid, payload.pk, payload.dk),
        )


async def one(db: AsyncConnection, kind: type[Row], query: str, values: tuple, missing: Code) -> Row:
    """The only row of a query; without one, the code says what that means."""
    async with db.cursor(row_factory=class_row(kind)) as cursor:
        row = await (await cursor.execute(query, values)).fetchone()
    if row is None:
        raise Refused(missing)
    return row


async def find_user(db: AsyncConnection, uid: str) -> User:
    query = """
        SELECT uid, domain_id, secret AS domain_secret, may_bind, home_mode
        FROM users JOIN user_domains ON id = domain_id
        WHERE uid = %s
    """
    return await one(db, User, query, (uid,), Code.TOKEN_INVALID)


async def find_product(db: AsyncConnection, pk: str, user: User) -> Product:
    query = """
        SELECT ps, binding_mode, open_to,
            EXISTS (SELECT FROM product_domains d WHERE d.pk = p.pk AND domain_id = %s) AS authorised,
            EXISTS (SELECT FROM product_users u WHERE u.pk = p.pk AND uid = %s) AS listed
        FROM products p
        WHERE pk = %s
    """
    return await one(db, Product, query, (user.domain_id, user.uid, pk), Code.DEVICE_NOT_FOUND)


def permit(user: User, product: Product) -> None:
    if not user.may_bind:
        raise Refused(Code.NO_PERMISSION)
    if product.open_to == "no one":
        raise Refused(Code.PRODUCT_WITHOUT_GRANT)
    if product.open_to == "listed" and not product.listed:
        raise Refused(Code.NO_PERMISSION_FOR_PRODUCT)


async def check_home(db: AsyncConnection, payload: Payload, user: User) -> None:
    """Asks the records whether the home is the caller's own: the signature does not cover fid."""
    if not user.home_mode:
        if payload.fid:
            raise Refused(Code.HOME_MODE_OFF)
        return
    if not payload.fid:
        raise Refused(Code.HOME_MISSING)
    query = """
        SELECT role, common_list_writable
        FROM home_members JOIN homes USING (fid)
        WHERE fid = %s AND uid = %s
    """
    member = await one(db, Membership, query, (payload.fid, user.uid), Code.NO_PERMISSION)
    if member.role == "ordinary":
        raise Refused(Code.ORDINARY_MEMBER)
    if payload.is_common and not member.common_list_writable:
        raise Refused(Code.COMMON_LIST_NOT_WRITTEN)


async def lock_device(db: AsyncConnection, payload: Payload, opened: Opened, user: User, data_centre: str) -> None:
    """Registers a device that appears for the first time, and locks its row.

    Requests for one device wait here for one another, so nothing that is read below changes before the end.
    """
    await db.execute(
        "INSERT INTO devices (pk, dk, binding_code, data_centre) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (payload.pk, payload.dk, opened.binding_code, data_centre),
    )
    query = """
        SELECT binding_code, data_centre, withdrawn,
            EXISTS (SELECT FROM device_shares s WHERE s.pk = d.pk AND s.dk = d.dk AND uid = %s) AS shared
        FROM devices d
        WHERE pk = %s AND dk = %s
        FOR UPDATE
    """
    device = await one(db, Device, query, (user.uid, payload.pk, payload.dk), Code.DEVICE_NOT_FOUND)
    if device.withdrawn:
        raise Refused(Code.DEVICE_NOT_FOUND)
    if device.data_centre != data_centre:
        raise Refused(Code.OTHER_DATA_CENTRE)
    if device.shared:
        raise Refused(Code.SHARING_ACCEPTED)
    if not hmac.compare_digest(device.binding_code, opened.binding_code):
        raise Refused(Code.BINDING_CODE_WRONG)


async def check_old_secret(db: AsyncConnection, payload: Payload, old_secret: bytes, user: User) -> None:
    """Wants the secret of an earlier bind of the user domain."""
    stored = await db.execute(
        "SELECT secret_digest FROM bindings WHERE pk = %s AND dk = %s AND domain_id = %s",
        (payload.pk, payload.dk, user.domain_id),
    )
    digests = [digest for (digest,) in await stored.fetchall()]
    if not digests:
        raise Refused(Code.NOT_BOUND)
    if not any(hmac.compare_digest(digest, old_secret) for digest in digests):
        raise Refused(Code.OLD_SECRET_WRONG)


INSERT_BINDING = """
    INSERT INTO bindings (pk, dk, domain_id, uid, exclusive, secret_digest, device_name, capabilities, fid, frid)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT
"""
# The new user takes the place of the one before.
ALTERNATE = """
    (pk, dk, domain_id) WHERE exclusive DO UPDATE
    SET (uid, secret_digest, device_name, capabilities, fid, frid, bound_at) =
        (excluded.uid, excluded.secret_digest, excluded.device_name, excluded.capabilities,
            excluded.fid, excluded.frid, excluded.bound_at)
    WHERE bindings.uid <> excluded.uid
"""


async def insert_binding(db: AsyncConnection, payload: Payload, opened: Opened, user: User, product: Product) -> None:
    """Leaves the decision to the unique constraints: of twenty requests at once, one inserts its row."""
    device = (payload.pk, payload.dk, user.domain_id, user.uid)
    details = (payload.device_name, payload.capabilities_bitmask, payload.fid, payload.frid)
    inserted = await db.execute(
        INSERT_BINDING + (ALTERNATE if product.binding_mode == "alternate" else "DO NOTHING"),
        (*device, product.binding_mode != "multi", opened.new_secret, *details),
    )
    if inserted.rowcount == 1:
        return
    own = await db.execute("SELECT FROM bindings WHERE pk = %s AND dk = %s AND domain_id = %s AND uid = %s", device)
    raise Refused(Code.ALREADY_BOUND if own.rowcount == 1 else Code.BOUND_BY_ANOTHER_USER)
