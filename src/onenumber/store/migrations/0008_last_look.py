from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0007_news_is_decided'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonthLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('since', models.DateTimeField(null=True)),
                ('plan', models.ForeignKey(on_delete=models.deletion.PROTECT, to='store.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'person'), name='month_look')],
            },
        ),
    ]
