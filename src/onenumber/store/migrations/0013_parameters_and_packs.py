from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0012_plants_and_actions'),
    ]

    operations = [
        migrations.CreateModel(
            name='AmendmentRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=300)),
                ('column', models.CharField(max_length=60)),
                ('before', models.FloatField(null=True)),
                ('after', models.FloatField()),
                ('since', models.DateField(null=True)),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('load', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.loadrun')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='amendments', to='store.plan')),
            ],
        ),
        migrations.CreateModel(
            name='PackRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('pages', models.JSONField()),
                ('sheets', models.JSONField()),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='packs', to='store.cycle')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='packs', to='store.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'cycle', 'number'), name='pack_number')],
            },
        ),
    ]
