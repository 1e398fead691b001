"""Which of our organisations a row means. Pure, over plain data; `loaded` reads that from the database.

What is certain is one organisation; what is not is left to a person, with candidates and reasons in words.
"""

from tracker.imports.meant.agencies import Agencies
from tracker.imports.meant.answer import Candidate, Meant
from tracker.imports.meant.known import KnownAgency, KnownVendor
from tracker.imports.meant.vendor_cells import split_vendors
from tracker.imports.meant.vendors import Vendors

__all__ = ["Agencies", "Candidate", "KnownAgency", "KnownVendor", "Meant", "Vendors", "split_vendors"]
