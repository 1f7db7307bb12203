from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0009_orders_confirmed'),
    ]

    operations = [
        migrations.CreateModel(
            name='BriefRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.CharField(max_length=60)),
                ('text', models.TextField(blank=True)),
                ('urgent', models.BooleanField(default=False)),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='briefs', to='store.cycle')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
            ],
        ),
    ]
