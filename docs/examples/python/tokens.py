import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from codes import Code, Refused


def uid_of(authorization: str, key: RSAPublicKey) -> str:
    """The user whom the header names by an access token that is signed, current and meant for us."""
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(Code.TOKEN_MISSING)
    try:
        claims = jwt.decode(
            token.strip(),
            key,
            algorithms=["RS256"],  # the algorithm is ours to choose, not the token's
            issuer="enduser",
            audience="Audience",
            options={"require": ["exp", "nbf", "uid", "type"]},
        )
    except jwt.InvalidTokenError:
        raise Refused(Code.TOKEN_INVALID) from None
    if claims["type"] != "AccessToken":
        raise Refused(Code.TOKEN_INVALID)
    return claims["uid"]
