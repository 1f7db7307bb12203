from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0011_questions'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.CharField(max_length=12)),
                ('text', models.TextField()),
                ('owner', models.CharField(max_length=60)),
                ('due', models.DateField()),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='actions', to='store.cycle')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
            ],
        ),
        migrations.CreateModel(
            name='ActionDone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('note', models.TextField()),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='ends', to='store.actionrow')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
            ],
        ),
        migrations.CreateModel(
            name='PlantAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.CharField(max_length=60)),
                ('state', models.CharField(max_length=10)),
                ('phase', models.CharField(max_length=10)),
                ('item', models.CharField(blank=True, max_length=60)),
                ('period', models.IntegerField(null=True)),
                ('asked', models.FloatField(null=True)),
                ('quantity', models.FloatField(null=True)),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='plant_answers', to='store.cycle')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
                ('sheet', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='plant_answers', to='store.sheetversion')),
            ],
        ),
    ]
