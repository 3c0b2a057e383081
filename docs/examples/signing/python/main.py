"""Answers one line of standard input with one of standard output; ../README.md describes the lines."""

import base64
import sys

from signing import decrypt, encrypt, sign


def read(value: str) -> str | None:
    return None if value == "-" else base64.b64decode(value).decode("utf-8")


for line in sys.stdin:
    task, *values = line.rstrip("\n").split("\t")
    given = [read(value) for value in values]
    if task == "sign":
        answer = sign(*given)
    elif task == "encrypt":
        answer = encrypt(*given)
    else:
        try:
            answer = base64.b64encode(decrypt(*given).encode("utf-8")).decode("ascii")
        except ValueError:
            answer = "invalid"
    print(answer)
