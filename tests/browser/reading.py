"""What a browser notices on a page that a reader would trip over, in words that say where.

Every check returns its findings instead of failing at the first, so that one visit tells everything.
"""

from importlib.resources import files
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (375, 1280)
HEIGHT = 900
RUNNING, REST = 7.0, 4.5  # contrast to the paper: WCAG 2.2, 1.4.6 and 1.4.3
SERIOUS = ("serious", "critical")
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"

# Which elements reach beyond the right edge, if the page scrolls sideways at all.
OVERFLOW = """() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const wide = [...document.body.querySelectorAll('*')].filter(
        one => one.getBoundingClientRect().right > root.clientWidth + 0.5)
    return [`${root.scrollWidth} px`, ...wide.slice(0, 5).map(
        one => `<${one.tagName.toLowerCase()} class="${one.getAttribute('class') || ''}"> ${
            one.textContent.trim().slice(0, 30)}`)]
}"""

# Whether the skip link has the focus and can be seen.
SKIP_LINK_SHOWN = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect()
    return one.matches('a[href="#main"]') && box.x >= 0 && box.y >= 0 && box.width >= 20 && box.height >= 10
}"""

# Which links, buttons and fields cannot be focused, or look the same when they are.
UNFOCUSED = """(focusable) => {
    const look = one => {
        const style = getComputedStyle(one)
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
        return [ring ? style.outline : '', style.boxShadow, style.borderColor].join('|')
    }
    const found = []
    for (const one of document.querySelectorAll(focusable)) {
        if (!one.checkVisibility({visibilityProperty: true})) continue
        const name = `<${one.tagName.toLowerCase()}> ${one.textContent.trim().slice(0, 40)}`
        const before = look(one)
        one.focus({preventScroll: true})
        if (document.activeElement !== one) found.push(`${name} cannot be focused`)
        else if (look(one) === before) found.push(`${name} looks the same when focused`)
        one.blur()
    }
    return [...new Set(found)].slice(0, 5)
}"""

# Brightness of the paper and of the ink, 0 to 255.
PAPER_AND_INK = """() => {
    const style = getComputedStyle(document.body)
    const brightness = colour => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3
    return [brightness(style.backgroundColor), brightness(style.color)]
}"""

# Words that stand out too little from what is under them, by WCAG's ratio: running text needs more than the rest.
PALE = """([running, rest]) => {
    const pixel = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true})
    const parts = new Map(), under = new Map(), found = new Map()
    const parse = colour => {
        if (!parts.has(colour)) {
            pixel.clearRect(0, 0, 1, 1)
            pixel.fillStyle = colour
            pixel.fillRect(0, 0, 1, 1)
            parts.set(colour, [...pixel.getImageData(0, 0, 1, 1).data])
        }
        return parts.get(colour)
    }
    const over = ([r, g, b, a], below) => [r, g, b].map((part, n) => (part * a + below[n] * (255 - a)) / 255)
    const paper = one => {
        if (one === null) return [255, 255, 255]
        if (!under.has(one)) {
            under.set(one, over(parse(getComputedStyle(one).backgroundColor), paper(one.parentElement)))
        }
        return under.get(one)
    }
    const light = colour => colour.map(part => part / 255)
        .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0)
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (words.nextNode()) {
        const one = words.currentNode.parentElement, text = words.currentNode.data.trim()
        if (!text || one.closest('svg, script, style') || !one.checkVisibility({visibilityProperty: true})) continue
        const below = paper(one), ink = over(parse(getComputedStyle(one).color), below)
        const [dark, bright] = [light(below), light(ink)].sort((a, b) => a - b)
        const ratio = (bright + 0.05) / (dark + 0.05)
        const least = one.matches('main :is(p, li, dd, td, blockquote, h1, h2)') ? running : rest
        if (ratio < least) found.set(
            `${ink.map(Math.round)} on ${below.map(Math.round)}`, `${ratio.toFixed(1)}:1 <${
                one.tagName.toLowerCase()} class="${one.className}"> ${text.slice(0, 40)}`)
    }
    return [...found].map(([colours, where]) => `${colours}: ${where}`)
}"""

AXE_RUN = """async (contrast) => {
    const answer = await axe.run(document, {
        resultTypes: ['violations'], iframes: false, preload: false, rules: {'color-contrast': {enabled: contrast}},
    })
    return answer.violations.map(({id, impact, help, nodes}) => ({
        id, impact, help, count: nodes.length,
        first: nodes[0].html.slice(0, 160), why: nodes[0].failureSummary.replace(/\\s+/g, ' ').slice(0, 200),
    }))
}"""


class Visit:
    """One tab on one page, with what the page made the browser do since it was opened."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def __enter__(self) -> Self:
        self.page.on("console", self._listen)
        self.page.on("pageerror", self._fail)
        self.page.on("request", self._ask)
        self.page.on("response", self._answer)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.page.remove_listener("console", self._listen)
        self.page.remove_listener("pageerror", self._fail)
        self.page.remove_listener("request", self._ask)
        self.page.remove_listener("response", self._answer)

    def _listen(self, message: ConsoleMessage) -> None:
        own_status = (
            "the server responded with a status of" in message.text and message.location["url"] == self.page.url
        )
        if message.type in ("error", "warning") and not own_status:
            self.complaints.append(message.text)

    def _fail(self, error: Error) -> None:
        self.complaints.append(error.message)

    def _ask(self, request: Request) -> None:
        self.requests.append(request.url)

    def _answer(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.url} answers {response.status}")

    def open(self, path: str, status: int = 200) -> list[str]:
        """Open the page at the first width, in light colours."""
        self.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        self.page.emulate_media(color_scheme="light")
        response = self.page.goto(self.site + path)
        assert response is not None
        return [] if response.status == status else [f"answers {response.status}, not {status}"]

    def manners(self) -> list[str]:
        """Errors in the console (a breach of the CSP is one), calls to other hosts, cookies."""
        host = urlsplit(self.site).netloc
        elsewhere = [f"asks {url}" for url in self.requests if urlsplit(url).netloc not in (host, "")]
        kept = [f"keeps the cookie {cookie['name']}" for cookie in self.page.context.cookies()]
        return [f"console: {text}" for text in self.complaints] + elsewhere + kept

    def headings(self) -> list[str]:
        """One first heading, and a title."""
        count = self.page.locator("h1").count()
        problems = [] if count == 1 else [f"{count} h1"]
        return problems if self.page.title().strip() else [*problems, "no title"]

    def width(self, pixels: int) -> list[str]:
        """Make the window as wide as that; nothing may have to be scrolled sideways."""
        self.page.set_viewport_size({"width": pixels, "height": HEIGHT})
        return self.overflow()

    def overflow(self) -> list[str]:
        """What reaches beyond the window, if the page scrolls sideways."""
        return [f"overflows: {one}" for one in self.page.evaluate(OVERFLOW)]

    def colours(self, scheme: Any) -> list[str]:
        """Switch to `light` or `dark`; paper and ink follow."""
        self.page.emulate_media(color_scheme=scheme)
        paper, ink = self.page.evaluate(PAPER_AND_INK)
        return [] if (paper > ink) == (scheme == "light") else [f"{scheme}: ink {ink:.0f} on paper {paper:.0f}"]

    def skip_link(self) -> list[str]:
        """The first Tab shows a link, Enter on it goes past the masthead."""
        keys, problems = self.page.keyboard, []
        keys.press("Tab")
        if not self.page.evaluate(SKIP_LINK_SHOWN):
            problems.append("the first Tab does not show the skip link")
        keys.press("Enter")
        if self.page.evaluate("document.activeElement.id") != "main":
            problems.append("the skip link does not lead to the page")
        keys.press("Tab")
        if not self.page.evaluate("document.activeElement.closest('main, footer') !== null"):
            problems.append("after the skip link, Tab goes back to the masthead")
        return problems

    def focus(self) -> list[str]:
        """Whatever can be pressed or filled in can be reached, and shows it. After a key was pressed."""
        found: list[str] = self.page.evaluate(UNFOCUSED, FOCUSABLE)
        return found

    def pale(self) -> list[str]:
        """Words that are hard to make out, in the colours as they are now."""
        found: list[str] = self.page.evaluate(PALE, [RUNNING, REST])
        return [f"pale: {one}" for one in found]

    def barriers(self, *, contrast: bool) -> list[str]:
        """What axe-core finds serious or critical, its slow look at contrast included or not. Needs JavaScript."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        return [
            f"axe: {one['id']} ({one['impact']}, {one['count']}x): {one['help']}: {one['first']}: {one['why']}"
            for one in self.page.evaluate(AXE_RUN, contrast)
            if one["impact"] in SERIOUS
        ]

    def heading(self) -> str:
        """What the first heading says."""
        return self.page.locator("h1").inner_text()

    def text(self) -> str:
        """What is to be read on it."""
        return self.page.locator("body").inner_text()
