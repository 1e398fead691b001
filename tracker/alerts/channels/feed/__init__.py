"""Atom and JSON Feed, for every topic and any search."""
