"""What organisations fix by a document."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField()),
                ('day', models.DateField(verbose_name='ngày nghỉ')),
                ('name', models.CharField(max_length=80, verbose_name='tên ngày nghỉ')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'day'), name='day_off_once')],
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField()),
                ('subject', models.CharField(max_length=40, verbose_name='quy định về')),
                ('value', models.JSONField(default=dict, verbose_name='nội dung quy định')),
                ('document', models.CharField(max_length=120, verbose_name='số, ký hiệu văn bản')),
                ('document_date', models.DateField(verbose_name='ngày văn bản')),
                ('starts_on', models.DateField(verbose_name='áp dụng từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'ordering': ['subject', '-starts_on', 'pk'],
                'indexes': [models.Index(fields=['organisation', 'subject'], name='ruling_by_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='ruling_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='ruling_names_its_document')],
            },
        ),
    ]
