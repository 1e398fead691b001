"""The FBI's list of the agencies that report crime to it: each with its ORI, its kind, its county and a point."""

from tracker.imports.fbi.dataset import FbiAgencies

__all__ = ["FbiAgencies"]
