"""The code on a paper that leads to its verification: nobody can guess one, and a slip of the pen is told.

Ten random signs and a check sign from 29 that are not mistaken for each other on paper (no 0, 1, I,
L, O, U, V). The modulus is prime and the weights differ, so every wrong sign and every swap of two
neighbours fails.
"""

import secrets

from gis_project.core.errors import InvalidInput

ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_RANDOM_SIGNS = 10


class InvalidVerificationCode(InvalidInput):
    """The code has a wrong sign: copy it again from the paper, eleven letters and digits."""

    code = "invalid_verification_code"


def new_code() -> str:
    """A fresh code of eleven signs (2^48 possibilities)."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_SIGNS))
    return signs + _check_sign(signs)


def read_code(typed: str) -> str:
    """The code in its stored form from what a person typed: any case, spaces or hyphens."""
    code = "".join(sign for sign in typed.upper() if sign not in " -‐–.\t\r\n")
    is_whole = len(code) == _RANDOM_SIGNS + 1 and set(code) <= set(ALPHABET)
    if not is_whole or _check_sign(code[:-1]) != code[-1]:
        raise InvalidVerificationCode(
            "Ese código no existe: tiene once letras y números. Cópielo otra vez del documento."
        )
    return code


def shown_code(code: str) -> str:
    """``ABCDEFGHJKM`` as ``ABCD-EFGH-JKM``."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _check_sign(signs: str) -> str:
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(signs, start=2))
    return ALPHABET[total % len(ALPHABET)]
