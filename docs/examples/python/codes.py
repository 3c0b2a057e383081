from enum import IntEnum


class Code(IntEnum):
    """The outcome of a request."""

    SUCCESS = 200

    # What the page documents.
    TOKEN_INVALID = 5032
    NO_PERMISSION = 5041
    ALREADY_BOUND = 5049
    NOT_BOUND = 5052
    PK_MISSING = 5066
    DK_MISSING = 5067
    TOKEN_MISSING = 5106
    BINDING_CODE_MISSING = 5179
    BINDING_CODE_MALFORMED = 5213
    PRODUCT_NOT_AUTHORISED = 5229
    DEVICE_NOT_FOUND = 5314
    NO_PERMISSION_FOR_PRODUCT = 5327
    DEVICE_NAME_TOO_LONG = 5333
    PWD_MALFORMED = 5357
    PRODUCT_WITHOUT_GRANT = 5358
    DK_MALFORMED = 5361
    BOUND_BY_ANOTHER_USER = 5412
    HOME_MODE_OFF = 5624
    HOME_MISSING = 5636
    ORDINARY_MEMBER = 5669
    COMMON_LIST_NOT_WRITTEN = 5893
    SHARING_ACCEPTED = 6040
    OTHER_DATA_CENTRE = 6083

    # What sibling pages have for faults that this page gives no code.
    UNREADABLE = 5000
    SIGNATURE_WRONG = 5420
    NEW_SECRET_MISSING = 5458
    NEW_SECRET_MALFORMED = 5459
    BINDING_CODE_WRONG = 5460
    OLD_SECRET_WRONG = 5465
    SIGNATURE_MISSING = 5550


class Refused(Exception):
    """Ends a request with a code, and rolls back its transaction."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code
