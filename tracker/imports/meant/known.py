"""The organisations we have, as plain data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KnownVendor:
    """A vendor: its name first among `names`, then its aliases; its products' names; its owner's pk."""

    pk: int
    names: tuple[str, ...]
    products: tuple[str, ...] = ()
    parent: int | None = None
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownAgency:
    """An agency. `state` is a postal code, `county` may be several ("KENT; SUSSEX"); what is not known is empty."""

    pk: int
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "other"
    state: str = ""
    city: str = ""
    county: str = ""
    ori: str = ""
