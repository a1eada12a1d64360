"""The address a request comes from, whether a proxy stands before the server or not."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address; IPv6 as its /64, because one household has them all. Empty if unknown.

    Behind a proxy (LINDERO_BEHIND_PROXY) the last entry of X-Forwarded-For counts: that one our
    own proxy wrote, the others are the client's claim.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        text = forwarded.rsplit(",", 1)[-1].strip() or text
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address)
