"""Writes a GeoIP database of the networks that are named, in the MaxMind DB format 2.0, to standard output.

Usage: geoip.py NETWORK=CONTINENT/COUNTRY… > database.mmdb

For a test of what is led by it; 192.0.2.0/24=NA/US for example. Networks are of IPv4 and do not overlap.
"""

import ipaddress
import sys

# Networks of IPv4 lie below ::/96.
BITS_ABOVE = 96
MARKER = b"\xab\xcd\xefMaxMind.com"
UINT16, UINT32, MAP, UINT64, ARRAY = 5, 6, 7, 9, 11


def number(kind, value):
    """An unsigned number, in as few bytes as it needs."""
    octets = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return control(kind, len(octets)) + octets


def control(kind, size):
    """What comes before a value: types beyond 7 stand in a byte of their own."""
    return bytes([kind << 5 | size]) if kind <= 7 else bytes([size, kind - 7])


def text(value):
    octets = value.encode()
    return control(2, len(octets)) + octets


def mapping(**fields):
    return control(MAP, len(fields)) + b"".join(text(name) + value for name, value in fields.items())


def bits(network):
    """The way from the root of the tree to a network."""
    base = int(network.network_address)
    return [0] * BITS_ABOVE + [base >> (31 - at) & 1 for at in range(network.prefixlen)]


def tree(places):
    """Nodes with two sides each: the number of a node, the place of a record as a pair, or nothing."""
    nodes = [[None, None]]
    for network, place in places:
        *way, last = bits(network)
        node = 0
        for side in way:
            if nodes[node][side] is None:
                nodes.append([None, None])
                nodes[node][side] = len(nodes) - 1
            node = nodes[node][side]
        nodes[node][last] = (place,)
    return nodes


def pointer(side, count):
    """A side of a node as a reader follows it: behind the nodes there are 16 bytes, then the records."""
    if side is None:
        return count
    return side if isinstance(side, int) else count + 16 + side[0]


def metadata(count):
    return mapping(
        binary_format_major_version=number(UINT16, 2),
        binary_format_minor_version=number(UINT16, 0),
        build_epoch=number(UINT64, 1_790_000_000),
        database_type=text("Sample-Country"),
        description=mapping(en=text("networks for examples")),
        ip_version=number(UINT16, 6),
        languages=control(ARRAY, 1) + text("en"),
        node_count=number(UINT32, count),
        record_size=number(UINT16, 24),
    )


def database(entries):
    """The file, of pairs of a network and its (continent, country)."""
    records, places = b"", []
    for network, (continent, country) in entries:
        places.append((network, len(records)))
        records += mapping(continent=mapping(code=text(continent)), country=mapping(iso_code=text(country)))
    nodes = tree(places)
    search = b"".join(pointer(side, len(nodes)).to_bytes(3, "big") for node in nodes for side in node)
    return search + bytes(16) + records + MARKER + metadata(len(nodes))


def entry(argument):
    network, _, place = argument.partition("=")
    continent, _, country = place.partition("/")
    return ipaddress.IPv4Network(network), (continent, country)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__.strip())
    try:
        sys.stdout.buffer.write(database([entry(a) for a in sys.argv[1:]]))
    except ValueError as failure:
        sys.exit(f"geoip.py: {failure}")
