# ruff: noqa: E501 - a layout is read more easily when it stands as it is sent
"""Newsrooms as sites of this kind build them: the same six releases, each in another page."""

from collections.abc import Callable
from datetime import date

RELEASES = (
    (
        "we-are-implementing-a-one-year-moratorium",
        "We are implementing a one-year moratorium on police use",
        date(2020, 6, 10),
    ),
    ("statement-on-face-recognition", "Statement on face recognition", date(2020, 6, 8)),
    ("first-quarter-2020-results", "Acme announces first quarter 2020 results and outlook", date(2020, 5, 2)),
    ("new-chief-legal-officer", "Acme names a new chief legal officer", date(2020, 4, 20)),
    ("partnership-with-springfield-police", "Springfield Police Department chooses Acme’s cameras", date(2020, 4, 1)),
    ("transparency-report-2019", "Our transparency report for 2019 is out", date(2020, 3, 30)),
)
TEASER = "The company said on Wednesday what it would do next, and for how long it would do so."
BASE = "https://www.acme.example/newsroom"

MENU = """<header class="site-header"><a href="/">Acme</a><div class="main-menu"><ul><li><a href="/products/body-4">Body cameras for every officer today</a></li>
<li><a href="/solutions/law-enforcement">Solutions for state and local law enforcement</a></li><li><a href="/about">About us</a></li></ul></div></header>"""
FOOT = """<ul class="pagination"><li><a href="/newsroom?page=2">2</a></li><li><a href="/newsroom?page=3">Older posts</a></li></ul>
<div class="social-links"><a href="https://twitter.example/acme">Follow Acme on Twitter for more news</a></div>
<footer><h4>Company</h4><ul><li><a href="/legal/privacy-policy-for-visitors">Privacy policy for all of our visitors</a></li>
<li><a href="/legal/terms-of-use-for-everyone">Terms of use for everyone who visits</a></li><li><a href="/careers/work-with-us-today">Come and work with us, too</a></li></ul></footer>"""


def _page(inside: str, *, language: str = "en") -> bytes:
    return f'<!doctype html><html lang="{language}"><head><title>Newsroom</title></head><body class="page has-sidebar">{MENU}{inside}{FOOT}</body></html>'.encode()


def _each(form: Callable[[str, str, date], str]) -> str:
    return "\n".join(form(f"/newsroom/{slug}", title, day) for slug, title, day in RELEASES)


def _us(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def plain_list() -> bytes:
    return _page(
        f"<main><h1>Press releases</h1><ul>{_each(lambda a, t, d: f'<li>{_us(d)} – <a href={a}>{t}</a></li>')}</ul></main>"
    )


def cards_with_categories_and_read_more() -> bytes:
    return _page(
        '<main><div class="grid">'
        + _each(
            lambda a, t, d: (
                f"""<div class="card card-{d.day}"><a class="cat" href="/newsroom/category/press-releases-and-statements">Press releases and our statements</a>
        <a href="{a}"><img src="x.jpg" alt="{t}"></a><h3 class="card-title"><a href="{a}?utm_source=newsroom">{t}</a></h3><p>{TEASER}</p>
        <span class="date">{d:%d %b %Y}</span> <a class="author" href="/author/jane-doe-of-acme">Jane Doe</a> <a class="btn" href="{a}">Read more</a></div>"""
            )
        )
        + "</div></main>"
    )


def whole_cards_are_links() -> bytes:
    return _page(
        '<div id="page-with-menu"><main>'
        + _each(
            lambda a, t, d: (
                f'<a class="tile" href="{a}"><span class="kind">Press release</span><time datetime="{d}T09:00:00Z">{d:%d.%m.%Y}</time><h2>{t}</h2><p>{TEASER}</p></a>'
            )
        )
        + "</main></div>"
    )


def whole_cards_without_headings() -> bytes:
    return _page(
        "<main>"
        + _each(
            lambda a, t, d: (
                f'<div class="css-1x{d.day}"><a href="{a}"><div>News</div><div>{t}</div><div>{_us(d)}</div></a></div>'
            )
        )
        + "</main>"
    )


def a_table() -> bytes:
    return _page(
        "<table class=releases><tr><th>Date</th><th>Release</th><th></th></tr>"
        + _each(
            lambda a, t, d: (
                f"<tr><td>{d:%m/%d/%Y}</td><td><a href='{a}'>{t}</a></td><td><a href='{a}'>PDF</a></td></tr>"
            )
        )
        + "</table>"
    )


def a_definition_list() -> bytes:
    return _page(
        "<div><dl>" + _each(lambda a, t, d: f"<dt>{_us(d)}</dt><dd><a href='{a}'>{t}</a></dd>") + "</dl></div>"
    )


def flat_headings_and_paragraphs() -> bytes:
    return _page(
        "<main><h1>News</h1>"
        + _each(lambda a, t, d: f"<h2><a href='{a}'>{t}</a></h2><p class='meta'>{_us(d)}</p><p>{TEASER}</p>")
        + "</main>"
    )


def headings_that_are_no_links() -> bytes:
    return _page(
        "<main>"
        + _each(
            lambda a, t, d: f"<article><h3>{t}</h3><p>{_us(d)}</p><p>{TEASER}</p><a href='{a}'>Read more</a></article>"
        )
        + "</main>"
    )


def wordpress() -> bytes:
    return _page(
        '<div class="content-area"><main id="main" class="site-main">'
        + _each(
            lambda a, t, d: (
                f"""<article id="post-{d.day}" class="post-{d.day} post type-post category-news {"sticky" if d.day == 10 else ""}"><header class="entry-header">
        <h2 class="entry-title"><a href="https://www.acme.example{a}/" rel="bookmark">{t}</a></h2><div class="entry-meta"><span class="posted-on">Posted on <a href="https://www.acme.example{a}/" rel="bookmark"><time class="entry-date" datetime="{d}T07:00:00-07:00">{_us(d)}</time></a></span>
        <span class="byline"> by <a href="/author/admin/">admin of the site</a></span></div></header><div class="entry-content"><p>{TEASER} <a href="https://www.acme.example{a}/" class="more-link">Continue reading <span class="screen-reader-text">{t}</span></a></p></div>
        <footer class="entry-footer"><a href="/category/news/" rel="category tag">News</a> <a href="/tag/face-recognition-and-the-police/" rel="tag">face recognition and the police</a></footer></article>"""
            )
        )
        + '</main><aside class="widget-area"><h2>Recent posts of others</h2><ul><li><a href="/blog/ten-tips-for-better-reports">Ten tips for better reports</a></li></ul></aside></div>'
    )


def years_apart_with_a_featured_one() -> bytes:
    first, *rest = RELEASES
    lists = "".join(
        f"<h2>{month}</h2><ul>"
        + "".join(f"<li class='row'><a href='/newsroom/{s}'>{t}</a> <em>{_us(d)}</em></li>" for s, t, d in part)
        + "</ul>"
        for month, part in (("May", rest[:2]), ("April", rest[2:4]), ("March", rest[4:]))
    )
    return _page(
        f"<main><section class='hero'><h1><a href='/newsroom/{first[0]}'>{first[1]}</a></h1><p>{_us(first[2])}</p></section>{lists}</main>"
    )


def no_dates_at_all() -> bytes:
    return _page(
        '<section><div class="posts">'
        + _each(lambda a, t, d: f"<div class='post-item'><h3><a href='{a}'>{t}</a></h3><p>{TEASER}</p></div>")
        + '</div></section><section class="products"><div><p><a href="/products/one">Learn more</a></p><p><a href="/products/two">Learn more</a></p></div></section>'
    )


def days_in_the_address() -> bytes:
    return _page(
        "<div id=content>"
        + "".join(f"<p class=entry><a href='/newsroom/{d:%Y/%m/%d}/{s}.html'>{t}</a></p>" for s, t, d in RELEASES)
        + "</div>"
    )


def on_a_wire() -> bytes:
    return _page(
        "<main>"
        + "".join(
            f"<div class=item><div class=date>{d:%b %d, %Y}</div><a href='https://www.businesswire.com/news/home/{d:%Y%m%d}005{d.day:03}/en/{s}'>{t}</a></div>"
            for s, t, d in RELEASES
        )
        + "</main>"
    )


def numbers_in_the_query() -> bytes:
    return _page(
        "<div class=box><br>".join(
            [
                "",
                *(
                    f"<a href='/newsroom?id={d:%m%d}&sid=af3{d.day}'>{t}</a> <font size=1>({_us(d)})</font></div>"
                    for _, t, d in RELEASES
                ),
            ]
        )
    )


def shuffled_classes_of_a_framework() -> bytes:
    return _page(
        '<div id="__next"><div class="Layout_main__q1"><div class="NewsList_grid__Zx9">'
        + _each(
            lambda a, t, d: (
                f'<div class="NewsCard_root__k{d.day}a"><div class="NewsCard_footer__x1"><p class="NewsCard_date__7">{_us(d)}</p><a class="NewsCard_link__b{d.month}" href="{a}"><p class="NewsCard_title__9">{t}</p></a></div></div>'
            )
        )
        + "</div></div></div>"
    )


def in_german() -> bytes:
    months = ["", "Januar", "Februar", "März", "April", "Mai", "Juni"]
    return _page(
        "<main>"
        + _each(
            lambda a, t, d: (
                f"<div class=meldung><span>{d.day}. {months[d.month]} {d.year}</span><h3><a href='{a}'>{t}</a></h3><a href='{a}'>Mehr erfahren</a></div>"
            )
        )
        + "</main>",
        language="de",
    )


def one_paragraph() -> bytes:
    return _page(
        "<div id=body>" + "<br>".join(f"{_us(d)} <a href='/newsroom/{s}'>{t}</a>" for s, t, d in RELEASES) + "</div>"
    )


def read_more_beside_words_that_are_no_headings() -> bytes:
    return _page(
        "<div class=rows>"
        + _each(
            lambda a, t, d: f"<div class=r><div>{d}</div><div>{t}</div><div><a href='{a}'>Read more</a></div></div>"
        )
        + "</div>"
    )


def days_inside_the_links() -> bytes:
    return _page("<ul class=n>" + _each(lambda a, t, d: f"<li><a href='{a}'>{_us(d)} – {t}</a></li>") + "</ul>")


def beside_a_sidebar_of_other_things() -> bytes:
    products = "".join(
        f"<li><a href='/products/thing-{n}-for-police'>The body camera number {n} for police officers</a></li>"
        for n in range(8)
    )
    posts = _each(
        lambda a, t, d: (
            f"<div class=post><h2><a href='{a}'>{t}</a></h2><span>{_us(d)}</span> <a href='/team/{a[-4:]}'>Jane Doe {d.day}</a></div>"
        )
    )
    return _page(
        f"<div class=row><div class=col-8>{posts}</div><div class=col-4><h4>Most popular</h4><ul>{products}</ul></div></div>"
    )


def below_a_menu_that_nothing_names() -> bytes:
    menu = "".join(
        f"<li><a href='/solutions/for-state-number-{n}'>Solutions for the police of state number {n}</a></li>"
        for n in range(20)
    )
    return _page(
        f"<div><ul>{menu}</ul></div><div>"
        + _each(lambda a, t, d: f"<div><h4><a href='{a}'>{t}</a></h4><p>{TEASER}</p></div>")
        + "</div>"
    )


LAYOUTS: tuple[Callable[[], bytes], ...] = (
    plain_list, cards_with_categories_and_read_more, whole_cards_are_links, whole_cards_without_headings, a_table, a_definition_list,
    flat_headings_and_paragraphs, headings_that_are_no_links, wordpress, years_apart_with_a_featured_one, no_dates_at_all,
    days_in_the_address, on_a_wire, numbers_in_the_query, shuffled_classes_of_a_framework, in_german,
    one_paragraph, read_more_beside_words_that_are_no_headings, days_inside_the_links, beside_a_sidebar_of_other_things,
    below_a_menu_that_nothing_names,
)  # fmt: skip
UNDATED = (no_dates_at_all, below_a_menu_that_nothing_names)
