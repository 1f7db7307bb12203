from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0004_waivers_are_struck'),
    ]

    operations = [
        migrations.AddField(
            model_name='layer',
            name='rebased_to',
            field=models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, related_name='rebased_from', to='store.layer'),
        ),
        migrations.AddField(
            model_name='editrow',
            name='replays',
            field=models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, related_name='replayed_by', to='store.editrow'),
        ),
    ]
