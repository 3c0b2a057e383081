"""Signature and ciphertexts of a binding request. Needs the package `cryptography`."""

import base64
import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7


def sign(pk: str, dk: str, binding_code: str, pwd: str | None, user_domain_secret: str) -> str:
    """binding_code is the plain code, or the text of encryptedBindingCode."""
    text = pk + dk + binding_code + (pwd or "") + user_domain_secret
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def encrypt(plaintext: str, ps: str, random: str) -> str:
    padder = PKCS7(128).padder()
    padded = padder.update(plaintext.encode("utf-8")) + padder.finalize()
    encryptor = Cipher(AES(ps.encode("ascii")), CBC(random.encode("ascii"))).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode("ascii")


def decrypt(ciphertext: str, ps: str, random: str) -> str:
    """Raises ValueError for a ciphertext that is not Base64 or is padded wrongly."""
    decryptor = Cipher(AES(ps.encode("ascii")), CBC(random.encode("ascii"))).decryptor()
    padded = decryptor.update(base64.b64decode(ciphertext, validate=True)) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode("utf-8")
