"""Agreed limits, KPIs chosen from the library, and by which limits a result was judged."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kpis', '0004_the_way_back'),
        ('studies', '0008_who_does_what'),
        ('vendors', '0008_services_and_sizes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='kpiresult',
            name='limits',
            field=models.JSONField(help_text="The agreed limits that judged it; null: the definition's own.", null=True),
        ),
        migrations.CreateModel(
            name='AgreedLimits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(editable=False, max_length=80, verbose_name='KPI')),
                ('amber', models.FloatField(verbose_name='amber beyond')),
                ('amber_to', models.FloatField(blank=True, null=True, verbose_name='amber above')),
                ('red', models.FloatField(verbose_name='red beyond')),
                ('red_to', models.FloatField(blank=True, null=True, verbose_name='red above')),
                ('from_month', models.DateField(verbose_name='from the month of')),
                ('until_month', models.DateField(blank=True, null=True, verbose_name='last month')),
                ('source', models.CharField(help_text='Such as quality agreement 2.0, §7, or standard procedure 12.', max_length=200, verbose_name='where they come from')),
                ('approved_at', models.DateTimeField(editable=False)),
                ('approved_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('engagement', models.ForeignKey(blank=True, help_text='Empty: for all engagements of the sponsor.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreed_limits', to='studies.engagement')),
                ('sponsor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_limits', to='vendors.sponsor')),
            ],
            options={
                'ordering': ['slug', '-from_month', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_month__isnull', True)), fields=('sponsor', 'engagement', 'slug'), name='agreed_limits_one_open', nulls_distinct=False, violation_error_message='Other limits hold in this period for this KPI. End those first, or choose another month.'), models.CheckConstraint(condition=models.Q(('from_month__day', 1), models.Q(('until_month__isnull', True), ('until_month__day', 1), _connector='OR')), name='agreed_limits_hold_by_month'), models.CheckConstraint(condition=models.Q(models.Q(('amber_to__isnull', True), ('red_to__isnull', True)), models.Q(('amber_to__isnull', False), ('red_to__isnull', False)), _connector='OR'), name='agreed_limits_of_a_band_are_pairs'), models.CheckConstraint(condition=models.Q(('until_month__isnull', True), ('until_month__gte', models.F('from_month')), _connector='OR'), name='agreed_limits_end_after_they_begin', violation_error_message='The last month lies before the first.')],
            },
        ),
        migrations.CreateModel(
            name='ChosenKpi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(editable=False, max_length=80, verbose_name='KPI')),
                ('from_month', models.DateField(verbose_name='from the month of')),
                ('until_month', models.DateField(blank=True, null=True, verbose_name='last month')),
                ('chosen_at', models.DateTimeField(editable=False)),
                ('chosen_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chosen_kpis', to='studies.engagement')),
            ],
            options={
                'ordering': ['slug', '-from_month', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_month__isnull', True)), fields=('engagement', 'slug'), name='chosen_kpi_one_open', violation_error_message='This KPI is asked for already.'), models.CheckConstraint(condition=models.Q(('from_month__day', 1), models.Q(('until_month__isnull', True), ('until_month__day', 1), _connector='OR')), name='chosen_kpi_holds_by_month'), models.CheckConstraint(condition=models.Q(('until_month__isnull', True), ('until_month__gte', models.F('from_month')), _connector='OR'), name='chosen_kpi_ends_after_it_begins', violation_error_message='The last month lies before the first.')],
            },
        ),
    ]
