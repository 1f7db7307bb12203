from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0006_until'),
    ]

    operations = [
        migrations.AddField(
            model_name='editrow',
            name='news',
            field=models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, related_name='edits', to='store.news'),
        ),
        migrations.CreateModel(
            name='TriageRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken', models.CharField(max_length=3)),
                ('likely', models.FloatField(null=True)),
                ('probability', models.FloatField(null=True)),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='triages', to='store.cycle')),
                ('news', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='triages', to='store.news')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
            ],
        ),
    ]
