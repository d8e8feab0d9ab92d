"""What a coming version would have said of past months."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kpis', '0006_recomputations'),
        ('studies', '0008_who_does_what'),
        ('vendors', '0008_services_and_sizes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ShadowRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='KPI')),
                ('version', models.IntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.JSONField()),
                ('first_month', models.DateField()),
                ('last_month', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('computed_at', models.DateTimeField(null=True)),
                ('inputs_sha256', models.CharField(blank=True, max_length=64)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sponsor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shadow_runs', to='vendors.sponsor')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ShadowResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_start', models.DateField()),
                ('numerator', models.FloatField(null=True)),
                ('denominator', models.FloatField(null=True)),
                ('value', models.FloatField(null=True)),
                ('rag', models.CharField(blank=True, max_length=20)),
                ('detail', models.JSONField(default=dict)),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.engagement')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shadows', to='kpis.kpiresult')),
                ('study', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.study')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='kpis.shadowrun')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='shadowrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('computed_at', None), ('inputs_sha256', '')), models.Q(('computed_at__isnull', False), models.Q(('inputs_sha256', ''), _negated=True)), _connector='OR'), name='shadow_run_is_named_once_computed'),
        ),
        migrations.AddConstraint(
            model_name='shadowrun',
            constraint=models.CheckConstraint(condition=models.Q(('last_month__gte', models.F('first_month'))), name='shadow_run_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='shadowresult',
            constraint=models.UniqueConstraint(fields=('run', 'result'), name='shadow_result_once_per_run'),
        ),
    ]
