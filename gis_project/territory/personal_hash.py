"""Keyed hashes of personal data, for journals that must not hold the data themselves.

A plain hash of a cédula is no secret: there are only a thousand million. The key stays outside
the database, so a copy of the journals alone tells nobody's name.
"""

import hashlib
import hmac
import unicodedata

from django.conf import settings


def personal_hash(value: str) -> str:
    """64 hexadecimal digits, equal for equal values (case, accents of composition and blanks aside)."""
    normal = " ".join(unicodedata.normalize("NFC", value).casefold().split())
    return hmac.new(settings.PRIVACY_KEY.encode(), normal.encode(), hashlib.sha256).hexdigest()
