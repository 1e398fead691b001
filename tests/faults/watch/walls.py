"""Pages that come with status 200 and are not the page."""

# ruff: noqa: E501 - sentences of pages stay on one line

from tests.faults.watch.pages import page

NOT_FOUND = page(
    "<h1>Page not found</h1><p>Sorry, we could not find what you were looking for. It may have been moved or deleted.</p>"
    '<p>Try our <a href="/search">search</a>, or read our latest news.</p>',
    title="404",
)
CHALLENGE = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body><h1>www.example.com</h1>"
    "<h2>Checking if the site connection is secure</h2><p>www.example.com needs to review the security of your connection before proceeding.</p>"
    "<noscript>Enable JavaScript and cookies to continue</noscript><p>Ray ID: 7d1f00c0ffee</p></body></html>"
)
MAINTENANCE = page(
    "<h1>We’ll be back soon</h1><p>Sorry for the inconvenience: we are down for scheduled maintenance at the moment and will be online shortly.</p>",
    title="Maintenance",
)
LOGIN = page(
    "<h1>Sign in</h1><p>You must be logged in to view this page.</p><form><input name=user><input name=password type=password></form>",
    title="Sign in",
)
TRACEBACK = (
    "<html><head><title>Fatal error</title></head><body><b>Fatal error</b>: Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused "
    "in /var/www/html/wp-includes/class-wpdb.php:1987 Stack trace: #0 /var/www/html/wp-settings.php(144): require_wp_db()</body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://127.0.0.1/</link>'
    + "".join(
        f"<item><title>We opened office number {number}</title><guid isPermaLink='false'>office-{number}</guid>"
        f"<description>Our company has opened its office number {number} in a town nearby.</description></item>"
        for number in range(3)
    )
    + "</channel></rss>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "Amazon bans police use of Rekognition. ">'
    + "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    + ']><rss version="2.0"><channel><title>&l9;</title><item><title>&l9;</title><guid>l</guid></item></channel></rss>'
)
