"""Where police stations are, as the Department of Homeland Security lists them (HIFLD)."""

from tracker.imports.hifld.dataset import Hifld

__all__ = ["Hifld"]
