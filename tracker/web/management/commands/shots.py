"""`manage.py shots`: a picture of every kind of public page, at two widths, light and dark, into var/shots/."""

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from tracker.commitments.models import Commitment
from tracker.evidence.models import Source
from tracker.organizations.models import Organization, Place, Product, Technology
from tracker.record.models import Finding, Question

WIDTHS = (375, 1280)
_PREFERRED = (
    "amazon-rekognition-police-moratorium",
    "amazon",
    "ring",
    "ice",
    "rekognition",
    "face-recognition",
    "thorn",
)


def pages() -> dict[str, str]:
    """The address of one example of every kind of page. Kinds without a row in the database are left out."""
    found = {
        "home": "/",
        "vendors": "/vendors/",
        "commitments": "/commitments/",
        "agencies": "/agencies/",
        "technologies": "/technologies/",
        "places": "/places/",
        "questions": "/questions/",
        "evidence": "/evidence/",
        "search": "/search/?q=amazon",
        "about": "/about/",
        "not-found": "/nothing-here/",
        "bad-request": "/?on=yesterday",
    }
    cited = Count("commitments", distinct=True) + Count("clients", distinct=True)
    examples: dict[str, Any] = {
        "commitment": _one(Commitment.objects.public()),
        "vendor": _one(Organization.objects.vendors().annotate(n=cited).order_by("-n")),
        "vendor-subsidiary": Organization.objects.vendors()
        .filter(parent__isnull=False)
        .annotate(n=cited)
        .order_by("-n")
        .first(),
        "agency": _one(Organization.objects.agencies().annotate(n=Count("suppliers")).order_by("-n")),
        "organization": _one(Organization.objects.filter(role=Organization.Role.BODY)),
        "product": _one(Product.objects.annotate(n=Count("partnerships")).order_by("-n")),
        "finding": Finding.objects.filter(published_on__isnull=False, kind="test").first(),
        "question": Question.objects.filter(published_on__isnull=False).first(),
        "source": Source.objects.exclude(archive_url="").first() or Source.objects.first(),
    }
    found |= {name: row.get_absolute_url() for name, row in examples.items() if row is not None}
    if "commitment" in found:
        found["commitment-as-of"] = f"{found['commitment']}?on=2021-03-12"
    lapsed = Commitment.objects.public().filter(slug="ca-ab1215").first()
    if lapsed is not None:
        found["commitment-lapsed"] = lapsed.get_absolute_url()
    place = Place.objects.filter(kind=Place.Kind.STATE).annotate(n=Count("parts")).order_by("-n").first()
    technology = _one(Technology.objects.all())
    if place is not None:
        found["place"] = f"/places/{place.slug}/"
    if technology is not None:
        found["technology"] = f"/technologies/{technology.slug}/"
    return found


def _one(rows: Any) -> Any:
    """The example that is known to show most, else the first."""
    return rows.filter(slug__in=_PREFERRED).order_by("slug").first() or rows.first()


class Command(BaseCommand):
    """Takes the pictures with headless Chromium against a site that runs."""

    help = "Take a picture of every kind of public page, at 375 and 1280 px, light and dark, into var/shots/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--url", default=settings.SITE_URL, help=f"the address of the running site ({settings.SITE_URL})"
        )
        parser.add_argument(
            "--into",
            type=Path,
            default=settings.VAR_DIR / "shots",
            help="the folder for the pictures (var/shots)",
        )
        parser.add_argument(
            "--only", nargs="*", default=[], metavar="PAGE", help="only these pages, such as: home vendor"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Raises CommandError, with what to do, where the browser or the site is missing."""
        known = pages()
        unknown = [name for name in options["only"] if name not in known]
        if unknown:
            raise CommandError(f"There is no page {', '.join(unknown)}. There are: {', '.join(known)}.")
        try:
            from playwright.sync_api import Error, sync_playwright
        except ImportError:
            raise CommandError(
                "playwright is not installed: run `pip install -r requirements-dev.txt` first."
            ) from None
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if chromium is None:
            raise CommandError("Chromium is not installed. On Debian: apt-get install chromium")
        wanted = {name: path for name, path in known.items() if not options["only"] or name in options["only"]}
        options["into"].mkdir(parents=True, exist_ok=True)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else [])
            try:
                for width in WIDTHS:
                    for scheme in ("light", "dark"):
                        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                        page = context.new_page()
                        for name, path in wanted.items():
                            page.goto(options["url"].rstrip("/") + path)
                            page.screenshot(path=options["into"] / f"{name}-{width}-{scheme}.png", full_page=True)
                        context.close()
                        self.stdout.write(f"{len(wanted)} pages at {width} px, {scheme}")
            except Error as error:
                raise CommandError(
                    f"{options['url']} did not show the page: {error.message.splitlines()[0]}. Is the site running?"
                ) from error
            finally:
                browser.close()
        self.stdout.write(f"{options['into']}: {4 * len(wanted)} pictures")
