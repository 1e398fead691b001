"""An export of the Atlas and whom it names, as the tests of imports have them."""

from tests.imports.conftest import axon, sheet, usa

__all__ = ["axon", "sheet", "usa"]
