"""Recomputations: what was asked for, its parts, and what came out differently."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kpis', '0005_agreed'),
        ('studies', '0008_who_does_what'),
        ('vendors', '0008_services_and_sizes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recomputation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proof', 'Prove that the stored results come out again'), ('update', 'Compute what is new or changed')], max_length=10)),
                ('first_month', models.DateField()),
                ('last_month', models.DateField()),
                ('reason', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sponsor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recomputations', to='vendors.sponsor')),
                ('study', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.study')),
                ('vendor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vendors.vendor')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RecomputedPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.IntegerField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('worker', models.CharField(blank=True, max_length=200)),
                ('finished_at', models.DateTimeField(null=True)),
                ('again', models.IntegerField(default=0)),
                ('differing', models.IntegerField(default=0)),
                ('not_possible', models.IntegerField(default=0)),
                ('results', models.IntegerField(default=0)),
                ('engagement', models.ForeignKey(help_text='Of what belongs to no one study.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.engagement')),
                ('recomputation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='kpis.recomputation')),
                ('study', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.study')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RecomputedDifference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_start', models.DateField()),
                ('slug', models.SlugField(blank=True, max_length=80)),
                ('country', models.CharField(blank=True, max_length=60)),
                ('site', models.CharField(blank=True, max_length=200)),
                ('what', models.CharField(blank=True, max_length=120)),
                ('stored', models.JSONField(null=True)),
                ('computed', models.JSONField(null=True)),
                ('sentence', models.TextField(blank=True)),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.engagement')),
                ('study', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.study')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='kpis.recomputedpart')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='recomputation',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('finished_at__isnull', True)), fields=('sponsor',), name='recomputation_one_open_per_sponsor'),
        ),
        migrations.AddConstraint(
            model_name='recomputation',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='recomputation_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='recomputation',
            constraint=models.CheckConstraint(condition=models.Q(('first_month__day', 1), ('last_month__day', 1), ('last_month__gte', models.F('first_month'))), name='recomputation_is_of_months'),
        ),
        migrations.AddConstraint(
            model_name='recomputation',
            constraint=models.CheckConstraint(condition=models.Q(('vendor__isnull', True), ('study__isnull', True), _connector='OR'), name='recomputation_of_a_cro_or_of_a_study'),
        ),
        migrations.AddConstraint(
            model_name='recomputation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), ('finished_at__isnull', True)), _connector='OR'), name='recomputation_is_cancelled_wholly_or_not'),
        ),
        migrations.AddConstraint(
            model_name='recomputedpart',
            constraint=models.UniqueConstraint(fields=('recomputation', 'study', 'engagement'), name='recomputed_part_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='recomputedpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('engagement__isnull', False), ('study__isnull', True)), models.Q(('engagement__isnull', True), ('study__isnull', False)), _connector='OR'), name='recomputed_part_of_a_study_or_an_engagement'),
        ),
        migrations.AddConstraint(
            model_name='recomputedpart',
            constraint=models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), models.Q(('begun_at__isnull', False), ('months', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('again'), '+', models.F('differing')), '+', models.F('not_possible')))), _connector='OR'), name='recomputed_part_finished_accounts_for_its_months'),
        ),
    ]
