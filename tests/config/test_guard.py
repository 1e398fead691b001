"""The guard of the tests themselves: only the loopback may be reached."""

import pytest

from tests.conftest import leaves_this_machine


@pytest.mark.parametrize(
    ("address", "leaves"),
    [
        (("127.0.0.1", 80), False),
        (("::1", 80, 0, 0), False),
        (("localhost", 80), False),
        ("/run/socket", False),
        (("192.0.2.1", 80), True),
        (("example.org", 443), True),
        (("2001:db8::1", 80, 0, 0), True),
    ],
)
def test_an_address_outside_is_known_for_one(address: object, leaves: bool) -> None:
    assert leaves_this_machine(address) is leaves
