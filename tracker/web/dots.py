"""Dots on a map of the United States: where on the drawing a place is. Pure: no database, no clock.

The drawing is 975 wide and 610 high, in Albers' equal-area conic projection, with Alaska (at 35 % of its size) and
Hawaii moved below the south-west: the same as that of the outline in templates/web/_states.svg.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin, sqrt

_SCALE, _MIDDLE = 1300, (487.5, 305)


@dataclass(frozen=True)
class _Part:
    """A part of the country with a conic of its own: where it is, its parallels and middle, where that is drawn."""

    south: float
    north: float
    west: float
    east: float
    parallels: tuple[float, float]
    meridian: float
    middle: tuple[float, float]
    size: float = 1
    moved: tuple[float, float] = (0, 0)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether the point is in it; the Aleutians beyond 180° count as west of it."""
        return self.south <= latitude <= self.north and self.west <= _unwound(longitude) <= self.east

    def drawn(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where the point is on the drawing."""
        (x, y), (middle_x, middle_y) = self._flat(latitude, longitude), self._flat(*self.middle)
        return (
            _MIDDLE[0] + _SCALE * (self.moved[0] + self.size * (x - middle_x)),
            _MIDDLE[1] + _SCALE * (self.moved[1] + self.size * (y - middle_y)),
        )

    def _flat(self, latitude: float, longitude: float) -> tuple[float, float]:
        one, other = (sin(radians(degrees)) for degrees in self.parallels)
        n = (one + other) / 2
        radius = sqrt(1 + one * (2 * n - one) - 2 * n * sin(radians(latitude))) / n
        turned = n * radians(_unwound(longitude) - self.meridian)
        return radius * sin(turned), radius * cos(turned)


def _unwound(longitude: float) -> float:
    return longitude - 360 if longitude > 170 else longitude


_PARTS = (
    _Part(24, 49.6, -125, -66.8, (29.5, 45.5), -96, (38.7, -96.6)),
    _Part(51, 72, -190, -129, (55, 65), -154, (58.5, -156), 0.35, (-0.307, 0.201)),
    _Part(18.5, 22.5, -161, -154, (8, 18), -157, (19.9, -160), 1, (-0.205, 0.212)),
)


def spot(latitude: float, longitude: float) -> tuple[int, int] | None:
    """Where on the drawing a point is, in whole units; None outside the fifty states."""
    for part in _PARTS:
        if part.holds(latitude, longitude):
            x, y = part.drawn(latitude, longitude)
            return round(x), round(y)
    return None


@dataclass(frozen=True)
class Drawn:
    """Dots as the `d` of three paths, by how many agencies a dot stands for; how many are shown, and how many not."""

    one: str
    few: str
    many: str
    shown: int
    without: int


FEW, MANY = 2, 5


def draw(counted: Mapping[tuple[float, float], int], *, without: int = 0) -> Drawn:
    """Dots for counts by (latitude, longitude). What lies outside the states is added to those `without` a dot."""
    spots: dict[tuple[int, int], int] = {}
    for point, number in counted.items():
        at = spot(*point)
        if at is None:
            without += number
        else:
            spots[at] = spots.get(at, 0) + number
    sizes: dict[str, list[str]] = {"one": [], "few": [], "many": []}
    for (x, y), number in sorted(spots.items()):
        size = "many" if number >= MANY else "few" if number >= FEW else "one"
        sizes[size].append(f"M{x} {y}h0")
    return Drawn(**{size: "".join(dots) for size, dots in sizes.items()}, shown=sum(spots.values()), without=without)
