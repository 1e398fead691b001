"""Which police forces show on a transparency portal what they do with Flock's cameras, as The News & Observer found."""

from tracker.imports.flock_portals.dataset import FlockPortals

__all__ = ["FlockPortals"]
