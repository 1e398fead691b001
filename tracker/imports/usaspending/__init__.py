"""What ICE and CBP promised to pay under contracts, as USAspending has it: awards, their sellers and their makers."""

from tracker.imports.usaspending.dataset import UsaSpending

__all__ = ["UsaSpending"]
