"""The filled columns may be empty no more; what was told outlives the records that it was about, for SQL too."""

import django.db.models.deletion
import tracker.organizations.fields
from django.db import migrations, models

RECORDS = {'commitment': 'commitments_commitment', 'term': 'commitments_term', 'verdict': 'commitments_verdict', 'partnership': 'partnerships_partnership', 'question': 'record_question'}


def foreign_key(record, rule):
    """SQL: make the foreign key of alerts_event to this record again, with this rule for its deletion."""
    return f"""
        DO $$ DECLARE name text; BEGIN
            SELECT conname INTO STRICT name FROM pg_constraint
            WHERE conrelid = 'alerts_event'::regclass AND contype = 'f' AND confrelid = '{RECORDS[record]}'::regclass;
            EXECUTE format('ALTER TABLE alerts_event DROP CONSTRAINT %I', name);
            EXECUTE format('ALTER TABLE alerts_event ADD CONSTRAINT %I FOREIGN KEY ({record}_id) '
                'REFERENCES {RECORDS[record]} {rule} DEFERRABLE INITIALLY DEFERRED', name);
        END $$
    """


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0003_fill_new_columns'),
    ]

    operations = [
        migrations.AlterField(
            model_name='delivery',
            name='ready_at',
            field=models.DateTimeField(help_text='not sent before: the next digest, or the next attempt'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='subscriber',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='alerts.subscriber'),
        ),
        migrations.AlterField(
            model_name='event',
            name='claim',
            field=tracker.organizations.fields.WordField(choices=[('term', 'Term'), ('verdict', 'Verdict'), ('began', "a partnership's beginning"), ('ended', "a partnership's end"), ('paused', "a partnership's pause"), ('reinstated', 'a partnership taken up again'), ('answer', "a question's answer"), ('actor', 'whose promise it is'), ('carve_out', 'who is excepted')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('pending', 'claimed', 'sent', 'failed', 'missed'))), fields=('subscriber', 'endpoint', 'event'), name='delivery_one_live_for_a_person', nulls_distinct=False),
        ),
        *(
            migrations.RunSQL(foreign_key(record, 'ON DELETE SET NULL'), foreign_key(record, '')) for record in RECORDS
        ),
    ]
