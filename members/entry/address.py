"""From where somebody calls, as it is counted: one IPv4 address, or the whole /64 that a line has of IPv6."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.utils.crypto import salted_hmac

NOWHERE = "0.0.0.0"  # noqa: S104  (no address that anybody calls from: a socket, or rubbish)


def read(text: str) -> IPv4Address | IPv6Address | None:
    """ "203.0.113.9", "203.0.113.9:4711", "[2001:db8::1]:4711", "::ffff:203.0.113.9"; None for what is none."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def counted(text: str) -> str:
    """What tries are counted under."""
    found = read(text)
    if found is None:
        return NOWHERE
    return str(ip_network((found, 64), strict=False).network_address) if found.version == 6 else str(found)


def place_of(text: str) -> str:
    """The same as a hash that nobody reads back without the server's secret."""
    return salted_hmac("chibo.place", counted(text), algorithm="sha256").hexdigest()
