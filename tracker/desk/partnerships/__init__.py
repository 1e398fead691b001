"""Leads about a partnership, or the denial of one: what they propose, their form, and what an accept writes."""
