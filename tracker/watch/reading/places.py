"""Which pieces of a page are what it has to say, and which are furniture around it: by structure alone.

Names, roles and styles say what an element means to be, unless it holds much of the page's prose: a policy in a
`<form>`, in panels that a script opens, or in a box named "cookies" is a policy all the same. The content is the
smallest element that holds nearly all the prose that is left.
"""

from collections.abc import Sequence

from tracker.watch.reading.walk import NOTHING, Piece, Said, Tree

CONTENT = ""
OUTSIDE = "outside"
LINKS = "links"
# From this share of the page's prose on, an element is what the page is about: whatever it says, whatever it is named.
_MOST = 0.5
_MUCH = 0.12
# The smallest element with this share of the prose is the content.
_NEARLY_ALL = 0.9
_SPECIAL = {"main": 0.4, "article": 0.75}
_CONTAINERS = frozenset(
    {"html", "body", "main", "article", "section", "div", "form", "td", "center", "fieldset", "details"}
)
_LINK_SHARE = 0.8
# So many links with no more than a teaser between them are a row of links; a page that is mostly links is a listing.
_ROW = 3
_TEASER_WORDS = 45
_ROW_SHARE = 0.4
_LISTING = 0.3
_PROSE_WORDS = 5
# A box inside the content with a name like furniture's says something of its own from so many words on.
_BOX_WORDS = 20
_BOX_LINKS = 0.4
_BESIDE_WORDS = 6
_BESIDE_LINKS = 0.2


def zones(tree: Tree) -> list[str]:
    """For each piece what it is part of: "" for the content, else the kind of furniture."""
    return _Places(tree).zones()


def _prose(piece: Piece) -> int:
    """How many words of running text a piece has."""
    words = piece.text.count(" ") + 1
    if words < _PROSE_WORDS and not piece.heading:
        return 0
    return int(words * (1 - min(1.0, piece.linked / len(piece.text))))


def _is_link(piece: Piece) -> bool:
    return piece.linked > _LINK_SHARE * len(piece.text)


class _Places:
    """One page, weighed."""

    def __init__(self, tree: Tree) -> None:
        self.nodes, self.pieces = tree.nodes, tree.pieces
        self.prose = [_prose(piece) for piece in self.pieces]
        self.total = sum(self.prose)
        self.weights = self._sums(self.prose)
        self.letters = self._sums([len(piece.text) for piece in self.pieces])
        self.linked = self._sums([piece.linked for piece in self.pieces])

    def zones(self) -> list[str]:
        """See the function of this name."""
        said = self._believed()
        own = [said[piece.node] if piece.node >= 0 else NOTHING for piece in self.pieces]
        shown = [prose if of is NOTHING else 0 for prose, of in zip(self.prose, own, strict=True)]
        root, main = self._content(self._sums(shown), sum(shown))
        last = self._last(root)
        boxes, beside = self._boxes(said), self._beside(said, root, main)
        titles = range(main, self._last(main) + 1) if main >= 0 else range(0)
        found = [
            _zone(
                piece,
                of,
                inside=root <= piece.node <= last
                or piece.node in beside
                or (piece.heading == 1 and piece.node in titles),
                speaks=piece.node in boxes,
            )
            for piece, of in zip(self.pieces, own, strict=True)
        ]
        return self._without_lists(found)

    def _without_lists(self, found: list[str]) -> list[str]:
        """Rows of links to other pages, taken out of the content of a page that is not itself such a list."""
        content = [place for place, zone in enumerate(found) if zone == CONTENT]
        links = [place for place in content if _is_link(self.pieces[place])]
        linked = sum(self.pieces[place].text.count(" ") + 1 for place in links)
        if linked > _LISTING * sum(self.pieces[place].text.count(" ") + 1 for place in content):
            return found
        prose = sum(self.prose[place] for place in content)
        for row in _rows(links, self.pieces):
            for place in self._row(row, prose):
                if found[place] == CONTENT:
                    found[place] = LINKS
        return found

    def _row(self, row: Sequence[int], prose: int) -> Sequence[int]:
        """The pieces that go with a row of links: all of the smallest element around it, unless that says much more."""
        box = self.pieces[row[0]].node
        while box >= 0 and self._last(box) < self.pieces[row[-1]].node:
            box = self.nodes[box].parent
        if box < 0 or self.weights[box] > _ROW_SHARE * prose:
            return row
        last = self._last(box)
        return [place for place, piece in enumerate(self.pieces) if box <= piece.node <= last]

    def _sums(self, weights: Sequence[int]) -> list[int]:
        """For each element the weight of the pieces inside it."""
        sums = [0] * len(self.nodes)
        for piece, weight in zip(self.pieces, weights, strict=True):
            if piece.node >= 0:
                sums[piece.node] += weight
        for place in range(len(self.nodes) - 1, -1, -1):
            if self.nodes[place].parent >= 0:
                sums[self.nodes[place].parent] += sums[place]
        return sums

    def _believed(self) -> list[Said]:
        """What each element is, by its own word or by that of an element around it, as far as it is believed."""
        much = self._names_of_much()
        believed: list[Said] = []
        for node, weight in zip(self.nodes, self.weights, strict=True):
            around = believed[node.parent] if node.parent >= 0 else NOTHING
            if around is NOTHING and node.said.weight and node.said.name not in much:
                most = weight > self.total * _MOST
                around = NOTHING if most and node.said.weight != "consent" else node.said
            believed.append(around)
        return believed

    def _names_of_much(self) -> frozenset[str]:
        """The doubtful names that stand over much of this page's prose: here they mean no furniture."""
        inside: list[frozenset[str]] = []
        shares: dict[str, int] = {}
        for node, weight in zip(self.nodes, self.weights, strict=True):
            names = inside[node.parent] if node.parent >= 0 else frozenset()
            name = node.said.name
            if node.said.weight == "mild" and name not in names:
                shares[name] = shares.get(name, 0) + weight
                names |= {name}
            inside.append(names)
        return frozenset(name for name, weight in shares.items() if weight > self.total * _MUCH)

    def _content(self, sums: Sequence[int], total: int) -> tuple[int, int]:
        """The element that is the content, and the `<main>` around it, if there is one."""
        heaviest: dict[int, int] = {}
        for place, node in enumerate(self.nodes):
            best = heaviest.get(node.parent)
            if best is None or sums[place] > sums[best]:
                heaviest[node.parent] = place
        root, main, weight = -1, -1, total
        while weight and (child := heaviest.get(root)) is not None:
            tag = self.nodes[child].tag
            if tag not in _CONTAINERS or sums[child] < _SPECIAL.get(tag, _NEARLY_ALL) * weight:
                break
            root, weight = child, sums[child]
            main = child if tag == "main" else main
        return root, main

    def _last(self, root: int) -> int:
        """The last element inside `root`: those inside follow it without a gap."""
        if root < 0:
            return len(self.nodes) - 1
        after = (place for place in range(root + 1, len(self.nodes)) if self.nodes[place].parent < root)
        return next(after, len(self.nodes)) - 1

    def _beside(self, said: Sequence[Said], root: int, main: int) -> frozenset[int]:
        """The elements inside `<main>`, but beside its content, that are in boxes of prose with few links."""
        if main < 0 or main == root:
            return frozenset()
        way = {root}
        while root != main:
            root = self.nodes[root].parent
            way.add(root)
        found: set[int] = set()
        for place in range(main, self._last(main) + 1):
            parent = self.nodes[place].parent
            box = said[place] is NOTHING and self._is_prose(place, _BESIDE_WORDS, _BESIDE_LINKS)
            if place not in way and (parent in found or (parent in way and box)):
                found.add(place)
        return frozenset(found)

    def _is_prose(self, place: int, words: int, links: float) -> bool:
        return self.weights[place] >= words and self.linked[place] < links * self.letters[place]

    def _boxes(self, said: Sequence[Said]) -> frozenset[int]:
        """The elements in boxes of doubtful name that say something of their own."""
        speaking: list[bool] = []
        for place, node in enumerate(self.nodes):
            if said[place].weight != "mild":
                speaks = False
            elif node.parent >= 0 and said[node.parent] is said[place]:
                speaks = speaking[node.parent]
            else:
                speaks = self._is_prose(place, _BOX_WORDS, _BOX_LINKS)
            speaking.append(speaks)
        return frozenset(place for place, speaks in enumerate(speaking) if speaks)


def _rows(links: Sequence[int], pieces: Sequence[Piece]) -> list[list[int]]:
    """The links that follow each other with at most a teaser between them, where there are several of them."""
    rows: list[list[int]] = []
    for place in links:
        between = range(rows[-1][-1] + 1, place) if rows else range(0)
        words = sum(pieces[other].text.count(" ") + 1 for other in between)
        if rows and words <= _TEASER_WORDS:
            rows[-1].append(place)
        else:
            rows.append([place])
    return [row for row in rows if len(row) >= _ROW]


def _zone(piece: Piece, said: Said, *, inside: bool, speaks: bool) -> str:
    if inside and (speaks or (said.name == "header" and (piece.heading or _prose(piece)))):
        return CONTENT
    if said is not NOTHING:
        return said.name
    return CONTENT if inside else OUTSIDE
