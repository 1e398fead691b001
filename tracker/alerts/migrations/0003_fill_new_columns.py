"""What the new columns are for rows that are there already."""

from django.db import migrations

FILL = """
UPDATE alerts_event SET claim = 'term' WHERE claim IS NULL;
UPDATE alerts_delivery d SET subscriber_id = s.subscriber_id, ready_at = coalesce(d.ready_at, d.claimed_at, d.planned_on)
FROM alerts_subscription s WHERE s.id = d.subscription_id AND (d.subscriber_id IS NULL OR d.ready_at IS NULL);

"""


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0002_channels_digests_wordings'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
