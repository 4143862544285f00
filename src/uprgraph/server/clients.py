"""Who asks: the name by which clients are told apart, so that none of them takes the turn of the others."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from starlette.requests import HTTPConnection

_IPV6_NETWORK = 64
"""Bits of an IPv6 address that tell one household or firm from another."""


def client_of(request: HTTPConnection) -> str:
    """Return the address of whoever sent a request; of IPv6 the network, since everybody has many addresses there."""
    return _name("" if request.client is None else request.client.host)


@lru_cache(maxsize=1_024)
def _name(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), _IPV6_NETWORK), strict=False).network_address)
    return host
