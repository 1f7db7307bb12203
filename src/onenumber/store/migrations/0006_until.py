from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0005_what_was_replayed'),
    ]

    operations = [
        migrations.AddField(
            model_name='editrow',
            name='until',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='editrow',
            name='carried_from',
            field=models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, related_name='carried_edits', to='store.cycle'),
        ),
    ]
