"""Which addresses may be asked: names are resolved, and every address that comes back is checked."""

import ipaddress
import re
import socket
from collections.abc import Callable

from facts.errors import FactsError

#: A name and a port to the addresses behind it, as text.
Resolver = Callable[[str, int], list[str]]
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Networks that `ipaddress` calls global, in some versions at least, and that lead elsewhere all the same: protocol
#: assignments, shared address space, NAT64, Teredo, 6to4, IPv4-compatible and site-local addresses.
_TUNNELS = tuple(
    ipaddress.ip_network(each)
    for each in (
        *("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "198.18.0.0/15", "240.0.0.0/4"),
        *("64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "::/96", "100::/64", "fec0::/10"),
    )
)
#: Decimal, octal, hexadecimal and short forms of IPv4, which resolvers take: 2130706433, 0x7f.1, 0177.0.0.1, 127.1.
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, by the system's resolver. Raises FactsError when there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FactsError("No such host", f"{host}: no address is known for it; check the name") from None
    return [str(info[4][0]) for info in found]


def checked(host: str, port: int, allow_private: bool, resolver: Resolver = resolve) -> list[str]:
    """The addresses of a host that may be asked: all that it has, or none.

    One private address among several is enough to refuse: which of them a connection takes is not for the host to
    choose. Raises FactsError naming the address and the option.
    """
    literal = _literal(host)
    addresses = [host] if literal is not None else resolver(host, port)
    if not addresses:
        raise FactsError("No such host", f"{host}: no address is known for it; check the name")
    for address in addresses:
        if not allow_private and (why := _private(address)):
            shown = host if address == host else f"{host} ({address})"
            raise FactsError("Private address", f"{shown}: {why}; --allow-private if you mean it")
    return addresses


def _literal(host: str) -> _IP | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if _NUMERIC.fullmatch(host):
        raise FactsError("Odd address", f"{host}: an IPv4 address is written as four decimal numbers")
    return None


def _private(text: str) -> str | None:
    """Why an address is not one of the public internet; None when it is."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "not an address"
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address.scope_id):
        return "an IPv4 address in the clothes of IPv6" if address.ipv4_mapped else "an address of the local network"
    kinds = (
        (address.is_loopback, "an address of this machine"),
        (address.is_link_local, "an address of the local network"),
        (address.is_multicast, "a multicast address"),
        (address.is_unspecified, "no address of a host"),
        (address.is_private, "a private address"),
        (any(address in network for network in _TUNNELS if network.version == address.version), "a reserved address"),
        (address.is_reserved or not address.is_global, "a reserved address"),
    )
    return next((why for holds, why in kinds if holds), None)
