from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0010_key_accounts'),
    ]

    operations = [
        migrations.CreateModel(
            name='LookedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.JSONField()),
                ('base', models.CharField(max_length=64)),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='looked', to='store.cycle')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
            ],
        ),
        migrations.CreateModel(
            name='QuestionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('asker', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('place', models.JSONField()),
                ('first', models.IntegerField(null=True)),
                ('periods', models.PositiveIntegerField(null=True)),
                ('text', models.TextField()),
                ('people', models.JSONField()),
                ('role', models.CharField(blank=True, max_length=4)),
                ('due', models.DateField()),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='questions', to='store.cycle')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
            ],
        ),
        migrations.CreateModel(
            name='ReplyRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('text', models.TextField()),
                ('figure', models.FloatField(null=True)),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='replies', to='store.cycle')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
                ('question', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='replies', to='store.questionrow')),
            ],
        ),
        migrations.CreateModel(
            name='VerdictRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anomaly', models.CharField(max_length=300)),
                ('taken', models.CharField(max_length=5)),
                ('item', models.CharField(max_length=120)),
                ('customer', models.CharField(blank=True, max_length=120)),
                ('deltas', models.JSONField()),
                ('person', models.CharField(max_length=60)),
                ('deputy_for', models.CharField(blank=True, max_length=60)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='verdicts', to='store.cycle')),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
            ],
        ),
        migrations.AddConstraint(
            model_name='questionrow',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='question_number'),
        ),
    ]
