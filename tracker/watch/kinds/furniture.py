"""What of a page is never a listing: menus, footers, share buttons, sidebars. By structure only."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re

from lxml import etree

_TAGS = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "dialog", "menu", "head"}
)
_ROLES = frozenset({"navigation", "contentinfo", "search", "menu", "menubar", "dialog", "toolbar", "complementary"})
_PARTS = re.compile(
    r"(?:^|[-_])(?:nav|navbar|navigation|menu|menubar|megamenu|footer|masthead|breadcrumbs?|pagination|paginator|pager|paging|social|sharing|share"
    r"|cookies?|consent|newsletter|subscribe|sidebar|tagcloud|skip|offcanvas|dropdown|langs?|topbar|utility)(?:$|[-_])",
    re.IGNORECASE,
)
# "card-footer" belongs to an entry, "has-sidebar" says how the page is laid out.
_OF_AN_ENTRY = re.compile(
    r"(?:^|[-_])(?:card|post|entry|article|item|teaser|story|release|tile|news|press|listing|has|no|with|is|without|not|l|layout|u|d|js|col)[-_]", re.IGNORECASE
)  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SITE_HEADER = re.compile(r"(?:^|[-_])(?:site|global|main|top|page)[-_]?header(?:$|[-_])|^header$", re.IGNORECASE)
_WITHIN = frozenset({"article", "li", "section", "main", "td"})


def is_furniture(element: etree._Element) -> bool:
    """Whether nothing inside `element` can be an entry."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _TAGS:
        return True
    attributes = element.attrib
    if tag in ("header", "aside") and not any(parent.tag in _WITHIN for parent in _first(element.iterancestors(), 12)):
        return not _holds_the_page(element)
    if not attributes or tag in ("html", "body", "main", "article", "a") or (tag[:1] == "h" and tag[1:].isdigit()):
        return False
    if "hidden" in attributes or attributes.get("role") in _ROLES:
        return True
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if len(named) < 4 or not any(_names_furniture(name) for name in named.split()):
        return False
    return not _holds_the_page(element)


def _names_furniture(name: str) -> bool:
    name = _CAMEL.sub("-", name)
    return (_PARTS.search(name) is not None and _OF_AN_ENTRY.search(name) is None) or _SITE_HEADER.search(
        name
    ) is not None


def _holds_the_page(element: etree._Element) -> bool:
    """A wrapper named after one thing in it ("page-with-menu") is not that thing."""
    return any(True for _ in element.iter("main", "article"))


def _first(elements: object, most: int) -> list[etree._Element]:
    found: list[etree._Element] = []
    for element in elements:  # type: ignore[attr-defined]
        found.append(element)
        if len(found) >= most:
            break
    return found
