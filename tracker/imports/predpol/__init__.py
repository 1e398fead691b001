"""Which police departments used PredPol (now Geolitica), as The Markup and Gizmodo found out in 2021."""

from tracker.imports.predpol.dataset import PredPol

__all__ = ["PredPol"]
