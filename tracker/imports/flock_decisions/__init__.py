"""Which towns and counties ended, paused, refused or took up again a contract with Flock, as DeFlock lists it."""

from tracker.imports.flock_decisions.dataset import FlockDecisions

__all__ = ["FlockDecisions"]
