"""Who: vendors, agencies and other bodies, what they sell and where they are."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models.functions import Lower

from tracker.organizations.fields import PartialDateField, WordField
from tracker.organizations.history import tracked, update_of
from tracker.organizations.slugs import FormerSlug, keeps_former_slugs


def no_parent_cycle(table: str) -> pgtrigger.Trigger:
    """For the Meta of a model with a `parent` and a `slug`: no row lies above itself."""
    return pgtrigger.Trigger(
        name="no_parent_cycle",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | update_of("parent_id"),
        condition=pgtrigger.Condition("NEW.parent_id IS NOT NULL"),
        func=f"""
            IF EXISTS (
                WITH RECURSIVE above(id) AS (
                    SELECT NEW.parent_id
                    UNION SELECT o.parent_id FROM {table} o JOIN above ON o.id = above.id WHERE o.parent_id IS NOT NULL
                ) SELECT 1 FROM above WHERE id = NEW.id
            ) THEN
                RAISE EXCEPTION '{table} "%" would own itself', NEW.slug USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


class Place(models.Model):
    """A country, a state or province, a county or a city."""

    class Kind(models.TextChoices):
        COUNTRY = "country"
        STATE = "state"
        COUNTY = "county"
        CITY = "city"

    kind = WordField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=160, unique=True)
    code = models.CharField("postal or ISO 3166 code", max_length=6, blank=True, default="")
    fips = models.CharField("FIPS code", max_length=10, blank=True, default="")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("parent", "kind", "name"), name="place_once_in_its_parent"),
            models.CheckConstraint(
                condition=models.Q(kind="country", parent__isnull=True)
                | ~models.Q(kind="country") & models.Q(parent__isnull=False),
                name="place_only_countries_have_no_parent",
            ),
        )
        triggers: ClassVar = [
            no_parent_cycle("organizations_place"),
            *keeps_former_slugs("organizations_placeformerslug"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/places/{self.slug}/"


class PlaceFormerSlug(FormerSlug):
    """A slug by which a place was once known."""

    record = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="former_slugs")


class Technology(models.Model):
    """A kind of surveillance: face recognition, licence-plate readers, …"""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    description = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "technologies"
        triggers: ClassVar = keeps_former_slugs("organizations_technologyformerslug")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/technologies/{self.slug}/"


class TechnologyFormerSlug(FormerSlug):
    """A slug by which a technology was once known."""

    record = models.ForeignKey(Technology, on_delete=models.CASCADE, related_name="former_slugs")


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Organisations, read as English."""

    def vendors(self) -> Self:
        """Those that sell, or run, what is tracked."""
        return self.filter(role=Organization.Role.VENDOR)

    def agencies(self) -> Self:
        """Police and other public bodies."""
        return self.filter(role=Organization.Role.AGENCY)


@tracked()
class Organization(models.Model):
    """A company, an agency or another body. One table, because chains run vendor → vendor → agency."""

    class Role(models.TextChoices):
        """Under which address it is found: /vendors/, /agencies/ or /organizations/."""

        VENDOR = "vendor"
        AGENCY = "agency"
        BODY = "body", "other body"

    class Kind(models.TextChoices):
        COMPANY = "company"
        POLICE = "police"
        SHERIFF = "sheriff"
        FEDERAL = "federal", "federal agency"
        STATE = "state", "state agency"
        LOCAL = "local", "city, county or district"
        LEGISLATURE = "legislature"
        REGULATOR = "regulator"
        GOVERNMENT = "government", "national government"
        NONPROFIT = "nonprofit"
        ADVOCACY = "advocacy", "civil liberties group"
        RESEARCH = "research"
        PRESS = "press"
        OTHER = "other"

    class Standing(models.TextChoices):
        """What became of it."""

        ACTIVE = "active"
        RENAMED = "renamed"
        ACQUIRED = "acquired"
        MERGED = "merged"
        DEFUNCT = "defunct"

    role = WordField(max_length=10, choices=Role)
    kind = WordField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    standing = WordField(max_length=10, choices=Standing, default=Standing.ACTIVE)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="subsidiaries")
    parent_since = PartialDateField(null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="organizations")
    ori = models.CharField("ORI", max_length=9, blank=True, default="", help_text="FBI's Originating Agency Identifier")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    website = models.URLField(max_length=500, blank=True, default="")
    note = models.TextField(blank=True, default="")
    origin = models.CharField(
        max_length=80, blank=True, default="", help_text="the dataset it came from, if no person entered it"
    )

    objects: ClassVar = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=("role", "name"), name="organization_role_name"),)
        constraints = (
            models.CheckConstraint(condition=~models.Q(name=""), name="organization_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="organization_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(parent_since__isnull=True) | models.Q(parent__isnull=False),
                name="organization_parent_since_needs_parent",
            ),
            models.UniqueConstraint(fields=("ori",), condition=~models.Q(ori=""), name="organization_ori_once"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="organization_whole_coordinates",
            ),
        )
        triggers: ClassVar = [
            *keeps_former_slugs("organizations_organizationformerslug"),
            no_parent_cycle("organizations_organization"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/{ {'vendor': 'vendors', 'agency': 'agencies', 'body': 'organizations'}[self.role] }/{self.slug}/"


class OrganizationFormerSlug(FormerSlug):
    """A slug by which an organisation was once known."""

    record = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="former_slugs")


class VendorManager(models.Manager.from_queryset(OrganizationQuerySet)):  # type: ignore[misc]
    """Only vendors."""

    def get_queryset(self) -> OrganizationQuerySet:
        return super().get_queryset().vendors()  # type: ignore[no-any-return]


class AgencyManager(models.Manager.from_queryset(OrganizationQuerySet)):  # type: ignore[misc]
    """Only agencies."""

    def get_queryset(self) -> OrganizationQuerySet:
        return super().get_queryset().agencies()  # type: ignore[no-any-return]


class Vendor(Organization):
    """An organisation that sells or runs surveillance."""

    objects: ClassVar = VendorManager()

    class Meta:
        proxy = True


class Agency(Organization):
    """A public body: police, sheriff, federal agency, legislature, …"""

    objects: ClassVar = AgencyManager()

    class Meta:
        proxy = True
        verbose_name_plural = "agencies"


class Name(models.Model):
    """Abstract: another name for a record; sources use them all."""

    name = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


@tracked()
class Alias(Name):
    """Another name of an organisation: short, legal or former."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ("id",)
        constraints = (models.UniqueConstraint("organization", Lower("name"), name="alias_once"),)


@tracked()
class Product(models.Model):
    """Something a vendor sells, or runs, that is tracked."""

    vendor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="products")
    technology = models.ForeignKey(Technology, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    launched = PartialDateField(null=True, blank=True)
    ended = PartialDateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint("vendor", Lower("name"), name="product_once_per_vendor"),
            models.CheckConstraint(condition=~models.Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(launched__isnull=True)
                | models.Q(ended__isnull=True)
                | models.Q(ended__endswith__gt=models.F("launched__startswith")),
                name="product_ends_after_launch",
            ),
        )
        triggers: ClassVar = keeps_former_slugs("organizations_productformerslug")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/products/{self.slug}/"


class ProductFormerSlug(FormerSlug):
    """A slug by which a product was once known."""

    record = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="former_slugs")


@tracked()
class ProductAlias(Name):
    """Another name of a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name_plural = "product aliases"
        ordering = ("id",)
        constraints = (models.UniqueConstraint("product", Lower("name"), name="product_alias_once"),)
