"""Putting resolved rows into the tables, and keeping a ledger of what was done."""
