"""The Atlas of Surveillance of the Electronic Frontier Foundation: which agency uses what, bought from whom."""

from tracker.imports.atlas.dataset import Atlas

__all__ = ["Atlas"]
