"""Who we say we are."""

from django.conf import settings

PRODUCT = "Watchback"
VERSION = "1.0"


def user_agent() -> str:
    """The product, its version and a page about it."""
    site = str(getattr(settings, "SITE_URL", "")).rstrip("/")
    return f"{PRODUCT}/{VERSION} (+{site}/about)"
