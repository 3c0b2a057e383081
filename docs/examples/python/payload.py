"""What a request says: its fields, its signature and what its ciphertexts hold."""

import base64
import hashlib
import hmac
import re
from typing import Annotated, NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from codes import Code, Refused

# These are the formats that bindgate.config.yaml declares.
DK = re.compile(r"[0-9A-Za-z]{4,32}")
BINDING_CODE = re.compile(r"[0-9A-F]{16}")
PWD = re.compile(r"[\x20-\x7e]{1,64}")
RANDOM = re.compile(r"[0-9A-Za-z]{16}")
DEVICE_NAME_LIMIT = 254


def storable(text: str) -> str:
    """PostgreSQL stores neither NUL nor half of a surrogate pair, which JSON can escape."""
    if "\0" in text:
        raise ValueError("NUL")
    text.encode()  # a UnicodeEncodeError is a ValueError
    return text


# An absent field, null and "" are the same to us.
Text = Annotated[str, BeforeValidator(lambda text: "" if text is None else text), AfterValidator(storable)]


class Opened(NamedTuple):
    """What the ciphertexts hold. Secrets are digests: they are only ever compared."""

    binding_code: str
    new_secret: bytes
    old_secret: bytes | None


class Payload(BaseModel):
    model_config = ConfigDict(strict=True, alias_generator=to_camel)

    pk: Text = ""
    dk: Text = ""
    binding_code: Text = ""
    encrypted_binding_code: Text = ""
    encrypted_new_binding_secret: Text = ""
    encrypted_old_binding_secret: Text = ""
    random: Text = ""
    signature: Text = ""
    pwd: Text = ""
    device_name: Text = ""
    fid: Text = ""
    frid: Text = ""
    capabilities_bitmask: Annotated[int, Field(ge=0, le=15)] | None = None
    is_common_device: bool | None = None

    def check(self) -> None:
        """Refuses what can be seen in the fields alone."""
        if not self.pk:
            raise Refused(Code.PK_MISSING)
        if not self.dk:
            raise Refused(Code.DK_MISSING)
        if not self.binding_code and not self.encrypted_binding_code:
            raise Refused(Code.BINDING_CODE_MISSING)
        if not DK.fullmatch(self.dk):
            raise Refused(Code.DK_MALFORMED)
        if not self.encrypted_binding_code and not BINDING_CODE.fullmatch(self.binding_code):
            raise Refused(Code.BINDING_CODE_MALFORMED)
        if len(self.device_name) > DEVICE_NAME_LIMIT:
            raise Refused(Code.DEVICE_NAME_TOO_LONG)
        if self.pwd and not PWD.fullmatch(self.pwd):
            raise Refused(Code.PWD_MALFORMED)
        if not self.signature:
            raise Refused(Code.SIGNATURE_MISSING)
        if not self.encrypted_new_binding_secret:
            raise Refused(Code.NEW_SECRET_MISSING)
        if not RANDOM.fullmatch(self.random):
            raise Refused(Code.NEW_SECRET_MALFORMED)

    @property
    def is_common(self) -> bool:
        """Whether the device joins the common devices of a home, which is the default."""
        return bool(self.fid) and self.is_common_device is not False

    def verify_signature(self, user_domain_secret: str) -> None:
        """Compares in constant time. The ciphertext of a binding code is signed as it was sent."""
        code = self.encrypted_binding_code or self.binding_code
        text = self.pk + self.dk + code + self.pwd + user_domain_secret
        due = hashlib.sha256(text.encode()).hexdigest()
        if not hmac.compare_digest(due.encode(), self.signature.encode()):
            raise Refused(Code.SIGNATURE_WRONG)

    def open(self, ps: str) -> Opened:
        """Decrypts. Bad padding and bad content get the same answer, or the field would be a padding oracle."""
        code = self.binding_code
        if self.encrypted_binding_code:
            code = (self._decrypt(self.encrypted_binding_code, ps) or b"").decode("latin-1")
            if not BINDING_CODE.fullmatch(code):
                raise Refused(Code.BINDING_CODE_MALFORMED)
        new_secret = self._secret_in(self.encrypted_new_binding_secret, ps)
        if new_secret is None:
            raise Refused(Code.NEW_SECRET_MALFORMED)
        if not self.encrypted_old_binding_secret:
            return Opened(code, new_secret, None)
        old_secret = self._secret_in(self.encrypted_old_binding_secret, ps)
        if old_secret is None:
            raise Refused(Code.OLD_SECRET_WRONG)
        return Opened(code, new_secret, old_secret)

    def _secret_in(self, ciphertext: str, ps: str) -> bytes | None:
        """The digest of the secret in "PK,DK,bindingSecret", if that names this very device."""
        plaintext = self._decrypt(ciphertext, ps) or b""
        match plaintext.split(b","):
            case [pk, dk, secret] if pk == self.pk.encode() and dk == self.dk.encode() and secret:
                return hashlib.sha256(secret).digest()
        return None

    def _decrypt(self, text: str, ps: str) -> bytes | None:
        """Reverses Base64 and AES-128-CBC with PKCS #5 padding."""
        try:
            data = base64.b64decode(text, validate=True)
            # Base64 that does not come out the same holds stray bits.
            if base64.b64encode(data) != text.encode():
                return None
            decryptor = Cipher(AES128(ps.encode()), CBC(self.random.encode())).decryptor()
            unpadder = PKCS7(AES128.block_size).unpadder()
            return unpadder.update(decryptor.update(data) + decryptor.finalize()) + unpadder.finalize()
        except ValueError:
            return None
