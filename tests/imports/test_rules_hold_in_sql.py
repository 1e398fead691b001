"""What the record of an import may be, tried by SQL past the ORM."""

import pytest

from tests.imports.conftest import Sheet
from tests.imports.test_atlas import bring_in
from tests.refusals import refused, sql
from tracker.organizations.models import Organization

pytestmark = pytest.mark.django_db


def test_a_file_is_recorded_once_and_its_dataset_and_source_stay(axon: Organization, sheet: Sheet) -> None:
    bring_in(sheet({}))
    row = "dataset_id, source_id, release, file_sha256, applied_at, state, counts"
    with refused("import_once_per_file"):
        sql(f"INSERT INTO imports_import ({row}) SELECT {row} FROM imports_import")
    with refused("_state_"):
        sql("UPDATE imports_import SET state = 'half'")
    with refused("slug"):
        sql("INSERT INTO imports_dataset (slug, name, licence, credit) SELECT slug, name, '', '' FROM imports_dataset")
    for table in ("imports_dataset", "evidence_source"):
        with refused("foreign key"):
            sql(f"DELETE FROM {table}")
