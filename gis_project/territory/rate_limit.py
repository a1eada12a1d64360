"""Token buckets that all processes share: how often an address or an account may try something."""

import math
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.models import F, FloatField, Value
from django.db.models.functions import Least

from gis_project.core.errors import DomainError
from gis_project.territory.models import RateBucket
from gis_project.territory.personal_hash import personal_hash

_TAKE = (Path(__file__).parent / "sql" / "take_token.sql").read_text(encoding="utf-8")


class TooManyRequests(DomainError):
    """Too many tries from here in a short time: wait `retry_after_s` seconds."""

    code = "too_many_requests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`burst` tries at once, then one every `every_s` seconds; `advice` is said to who must wait."""

    name: str
    burst: int
    every_s: float
    advice: str = ""


PUBLIC_LOOKUP = Limit(name="public-lookup", burst=60, every_s=2)
# A person asks for a few predios a day; whoever walks through the keys of a town gets no further.
PUBLIC_LOOKUP_DAILY = Limit(
    name="public-lookup-daily",
    burst=90,
    every_s=900,
    advice=" Si necesita muchos valores, pídalos en ventanilla.",
)
PUBLIC_SEARCH = Limit(name="public-search", burst=60, every_s=1)
# A counter scans a paper a minute; nobody walks through 2^48 codes.
PAPER_CHECK = Limit(name="paper-check", burst=30, every_s=4)
# Somebody looks after his procedure now and then; nobody walks through 2^48 codes.
PROCEDURE_TRACKING = Limit(name="procedure-tracking", burst=30, every_s=4)
# A bank's windows pay some bills a second; a stolen address book of desks gets no further.
BANK_MESSAGE = Limit(name="bank-message", burst=200, every_s=0.1)
RECOVERY_HERE = Limit(name="recovery-address", burst=30, every_s=60)
RECOVERY_OF_ACCOUNT = Limit(name="recovery-account", burst=5, every_s=720)
FAILED_SIGN_IN_HERE = Limit(name="sign-in-address", burst=200, every_s=2)
FAILED_SIGN_IN_PAIR = Limit(name="sign-in-account-address", burst=5, every_s=60)
FAILED_SIGN_IN_ANYWHERE = Limit(name="sign-in-account", burst=100, every_s=36)


def seconds_to_wait(limit: Limit, key: str) -> int:
    """0 when a try was left (it is taken), else the seconds until the next one."""
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {"key": _row(limit, key), "burst": limit.burst, "per_second": 1 / limit.every_s},
        )
        seconds: float = cursor.fetchone()[0]
    return math.ceil(seconds)


def check_rate(limit: Limit, key: str) -> None:
    """Take a try or raise TooManyRequests with `retry_after_s`."""
    wait = seconds_to_wait(limit, key)
    if wait:
        raise TooManyRequests(
            f"Demasiadas consultas seguidas. Espere {_duration(wait)}.{limit.advice}",
            details={"retry_after_s": wait},
        )


def give_back(limit: Limit, key: str) -> None:
    """Return the try that was taken: it did not fail."""
    refilled = Least(F("tokens") + 1, Value(float(limit.burst)), output_field=FloatField())
    RateBucket.objects.filter(pk=_row(limit, key)).update(tokens=refilled)


def _duration(seconds: int) -> str:
    return f"{seconds} segundos" if seconds < 120 else f"{math.ceil(seconds / 60)} minutos"


def _row(limit: Limit, key: str) -> str:
    return personal_hash(f"{limit.name} {key}")
