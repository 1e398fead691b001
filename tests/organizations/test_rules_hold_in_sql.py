"""What an organisation, a product and a place may be, tried by SQL past the ORM."""

import re
import threading

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.evidence.claims import a_company
from tests.refusals import refused, rows, sql
from tracker.organizations.fields import WordField
from tracker.organizations.models import Alias, Organization, Place, Product, Technology

pytestmark = pytest.mark.django_db
ORGANIZATION = "organizations_organization"


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("role", "customer", "_role_"),
        ("kind", "Police", "_kind_"),
        ("kind", "", "_kind_"),
        ("standing", "gone", "_standing_"),
        ("name", "", "organization_has_a_name"),
        ("parent_since", "[2018-02-27,2018-02-28)", "organization_parent_since_needs_parent"),
        ("latitude", 95, "organization_whole_coordinates"),
        ("slug", None, "not-null"),
    ],
)
def test_a_column_that_breaks_its_rule(column: str, value: object, rule: str) -> None:
    company = a_company()
    with refused(rule):
        sql(f"UPDATE {ORGANIZATION} SET {column} = %s WHERE id = %s", value, company.pk)


def test_coordinates_beyond_the_earth() -> None:
    company = a_company()
    with refused("organization_whole_coordinates"):
        sql(f"UPDATE {ORGANIZATION} SET latitude = 91, longitude = 0 WHERE id = %s", company.pk)
    sql(f"UPDATE {ORGANIZATION} SET latitude = -90, longitude = 180 WHERE id = %s", company.pk)


@pytest.mark.parametrize("half", ["latitude", "longitude"])
def test_half_a_pair_of_coordinates(half: str) -> None:
    company = a_company()
    with refused("organization_whole_coordinates"):
        sql(f"UPDATE {ORGANIZATION} SET {half} = 5 WHERE id = %s", company.pk)


def test_nobody_owns_itself_through_however_many_others() -> None:
    first, second, third = a_company("first"), a_company("second"), a_company("third")
    own = f"UPDATE {ORGANIZATION} SET parent_id = %s WHERE id = %s"
    sql(own, first.pk, second.pk)
    sql(own, second.pk, third.pk)
    with refused("organization_not_its_own_parent|would own itself"):
        sql(own, first.pk, first.pk)
    with refused("would own itself"):
        sql(own, third.pk, first.pk)
    with refused("would own itself"):
        sql(
            f"UPDATE {ORGANIZATION} SET parent_id = CASE id WHEN %s THEN %s ELSE parent_id END",
            first.pk,
            third.pk,
        )


def test_an_agency_identifier_is_given_once_and_many_have_none() -> None:
    a_company("first"), a_company("second", ori="CA0190000"), a_company("third")
    with refused("organization_ori_once"):
        sql(f"UPDATE {ORGANIZATION} SET ori = 'CA0190000' WHERE slug = 'first'")


class TestSlugs:
    def test_two_records_never_share_one(self) -> None:
        a_company("amazon"), a_company("ring")
        with refused("slug"):
            sql(f"UPDATE {ORGANIZATION} SET slug = 'amazon' WHERE slug = 'ring'")

    def test_an_old_slug_leads_to_the_record_it_named_and_never_to_another(self) -> None:
        predpol, other = a_company("predpol"), a_company("other")
        sql(f"UPDATE {ORGANIZATION} SET slug = 'geolitica' WHERE id = %s", predpol.pk)
        assert rows("SELECT slug, record_id FROM organizations_organizationformerslug") == [("predpol", predpol.pk)]
        with refused("leads to another record"):
            sql(f"UPDATE {ORGANIZATION} SET slug = 'predpol' WHERE id = %s", other.pk)
        with refused("leads to another record"):
            sql(
                f"""INSERT INTO {ORGANIZATION} (slug, name, role, kind, standing, ori, website, note, origin)
                    VALUES ('predpol', 'PredPol', 'vendor', 'company', 'active', '', '', '', '')"""
            )

    def test_a_record_may_take_its_own_old_slug_back(self) -> None:
        predpol = a_company("predpol")
        for slug in ("geolitica", "predpol"):
            sql(f"UPDATE {ORGANIZATION} SET slug = %s WHERE id = %s", slug, predpol.pk)
        assert rows("SELECT slug FROM organizations_organizationformerslug") == [("geolitica",)]

    def test_products_keep_theirs_too(self) -> None:
        product = a_product()
        sql("UPDATE organizations_product SET slug = 'amazon-rekognition' WHERE id = %s", product.pk)
        assert rows("SELECT slug, record_id FROM organizations_productformerslug") == [("rekognition", product.pk)]


@pytest.mark.django_db(transaction=True)
def test_a_slug_given_up_at_this_very_moment_is_not_taken_by_another() -> None:
    predpol, other = a_company("predpol"), a_company("other")
    second = connection.copy()
    second.inc_thread_sharing()
    second.ensure_connection()
    pid = second.connection.info.backend_pid
    taken: list[bool] = []

    def take() -> None:
        try:
            with second.cursor() as cursor:
                cursor.execute(f"UPDATE {ORGANIZATION} SET slug = 'predpol' WHERE id = %s", [other.pk])
            taken.append(True)
        except DatabaseError:
            taken.append(False)

    thread = threading.Thread(target=take)
    try:
        with transaction.atomic():
            sql(f"UPDATE {ORGANIZATION} SET slug = 'geolitica' WHERE id = %s", predpol.pk)
            thread.start()
            while thread.is_alive() and not rows("SELECT 1 WHERE cardinality(pg_blocking_pids(%s)) > 0", pid):
                thread.join(0.01)
        thread.join(10)
    finally:
        second.close()
    assert taken == [False]


def a_product() -> Product:
    technology = Technology.objects.create(slug="face", name="Face recognition")
    return Product.objects.create(vendor=a_company(), technology=technology, name="Rekognition", slug="rekognition")


def test_a_product_has_a_name_once_per_vendor_in_any_case_and_ends_after_its_launch() -> None:
    product = a_product()
    with refused("product_once_per_vendor"):
        sql(
            """INSERT INTO organizations_product (slug, vendor_id, technology_id, name, note)
               SELECT 'again', vendor_id, technology_id, upper(name), '' FROM organizations_product"""
        )
    with refused("product_has_a_name"):
        sql("UPDATE organizations_product SET name = ''")
    with refused("product_ends_after_launch"):
        sql("UPDATE organizations_product SET launched = '[2016-11-30,2016-12-01)', ended = '[2015-01-01,2016-01-01)'")
    sql("UPDATE organizations_product SET launched = '[2016-11-30,2016-12-01)', ended = '[2016-01-01,2017-01-01)'")
    product.refresh_from_db()
    assert str(product.ended) == "2016"


def test_an_alias_stands_once_in_any_case() -> None:
    company = a_company()
    Alias.objects.create(organization=company, name="Amazon.com, Inc.")
    with refused("alias_once"):
        sql(
            "INSERT INTO organizations_alias (organization_id, name) VALUES (%s, 'AMAZON.COM, INC.')",
            company.pk,
        )


class TestPlaces:
    def test_only_a_country_lies_in_nothing(self) -> None:
        country = Place.objects.create(kind="country", name="United States", slug="us")
        state = Place.objects.create(kind="state", name="California", slug="us-ca", parent=country)
        with refused("place_only_countries_have_no_parent"):
            sql("UPDATE organizations_place SET parent_id = NULL WHERE id = %s", state.pk)
        with refused("place_only_countries_have_no_parent"):
            sql("UPDATE organizations_place SET parent_id = %s WHERE id = %s", state.pk, country.pk)
        with refused("_kind_"):
            sql("UPDATE organizations_place SET kind = 'planet' WHERE id = %s", country.pk)
        with refused("place_once_in_its_parent"):
            sql(
                """INSERT INTO organizations_place (kind, name, slug, code, fips, parent_id)
                   VALUES ('state', 'California', 'x', '', '', %s)""",
                country.pk,
            )

    def test_no_place_lies_in_itself(self) -> None:
        country = Place.objects.create(kind="country", name="United States", slug="us")
        state = Place.objects.create(kind="state", name="California", slug="us-ca", parent=country)
        county = Place.objects.create(kind="county", name="Alameda", slug="us-ca-alameda", parent=state)
        with refused("organizations_place"):
            sql("UPDATE organizations_place SET parent_id = %s WHERE id = %s", county.pk, state.pk)


class TestPartialDates:
    @pytest.mark.parametrize(
        "days",
        [
            "empty",
            "(,)",
            "[2020-06-10,)",
            "(,2020-06-10)",
            "[2020-06-10,2020-06-12)",
            "[2020-06-02,2020-07-02)",
            "[2020-02-01,2020-02-29)",
            "[2020-06-01,2021-06-01)",
            "[2020-01-01,2022-01-01)",
            "[-infinity,infinity)",
            "[-infinity,2020-01-01)",
            "[2020-01-01,infinity)",
        ],
    )
    def test_days_that_are_neither_one_day_nor_one_month_nor_one_year(self, days: str) -> None:
        product = a_product()
        with refused("partial_date_check"):
            sql("UPDATE organizations_product SET launched = %s WHERE id = %s", days, product.pk)

    @pytest.mark.parametrize(
        ("days", "written"),
        [
            ("[2020-06-10,2020-06-11)", "2020-06-10"),
            ("[2020-06-10,2020-06-10]", "2020-06-10"),
            ("[2020-02-01,2020-03-01)", "2020-02"),
            ("[2020-12-01,2021-01-01)", "2020-12"),
            ("[2020-01-01,2021-01-01)", "2020"),
            ("[2020-01-01,2020-01-02)", "2020-01-01"),
        ],
    )
    def test_precision_is_kept(self, days: str, written: str) -> None:
        product = a_product()
        sql("UPDATE organizations_product SET launched = %s WHERE id = %s", days, product.pk)
        product.refresh_from_db()
        assert str(product.launched) == written

    @pytest.mark.parametrize("days", ["[10000-01-01,10000-01-02)", "['0002-01-01 BC','0002-01-02 BC')"])
    def test_a_day_that_no_calendar_of_the_site_knows(self, days: str) -> None:
        product = a_product()
        with refused("partial_date_check"):
            sql(
                "UPDATE organizations_product SET launched = %s WHERE id = %s",
                days.replace("'", ""),
                product.pk,
            )


class TestHistory:
    def test_every_change_by_sql_is_kept_with_what_stood_before(self) -> None:
        company = a_company()
        sql(f"UPDATE {ORGANIZATION} SET name = 'Amazon.com' WHERE id = %s", company.pk)
        sql(f"DELETE FROM {ORGANIZATION} WHERE id = %s", company.pk)
        kept = rows(
            "SELECT pgh_label, name FROM organizations_organizationevent WHERE pgh_obj_id = %s ORDER BY pgh_id",
            company.pk,
        )
        assert [label for label, _ in kept] == ["insert", "update", "delete"]
        assert kept[0][1] == "Amazon"
        assert kept[2][1] == "Amazon.com"

    def test_the_past_is_only_added_to(self) -> None:
        a_company()
        with refused("append_only"):
            sql("UPDATE organizations_organizationevent SET name = 'Nile'")
        with refused("append_only"):
            sql("DELETE FROM organizations_organizationevent")

    def test_a_record_with_products_is_not_deleted(self) -> None:
        product = a_product()
        with refused("foreign key"):
            sql(f"DELETE FROM {ORGANIZATION} WHERE id = %s", product.vendor_id)
        assert Organization.objects.filter(pk=product.vendor_id).exists()


def test_the_database_knows_the_words_of_every_list_as_they_are_now() -> None:
    """Django changes no check when a list of words grows: whoever adds a word must add `words_of` to the migration."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, WordField) and (check := field.db_check(connection)):
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
                        [f"{model._meta.db_table}_{field.column}_check"],
                    )
                    (held,) = cursor.fetchone()
                assert set(re.findall(r"'(\w+)'", held)) == set(re.findall(r"'(\w+)'", check)), (model, field.name)
