import tracker.organizations.fields
from django.db import migrations

from tracker.organizations.migrating import words_of

KINDS_BEFORE = ('page', 'feed', 'sitemap', 'pdf')
KINDS = (*KINDS_BEFORE, 'listing')


class Migration(migrations.Migration):

    dependencies = [
        ('watch', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='watch',
            name='kind',
            field=tracker.organizations.fields.WordField(choices=[('page', 'Page'), ('feed', 'Feed'), ('sitemap', 'Sitemap'), ('pdf', 'Pdf'), ('listing', 'press-release listing')], default='page', max_length=8),
        ),
        words_of('watch_watch', 'kind', KINDS, KINDS_BEFORE),
    ]
