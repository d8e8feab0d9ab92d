"""Where, by whom, under which clause and decided by whom; what the authority was told."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


CRITICAL = [
    "clinical-monitoring",
    "data-management",
    "biostatistics",
    "pharmacovigilance",
    "trial-supply",
]


def mark_critical(apps, schema_editor):
    functions = apps.get_model("studies", "Function")
    common = functions.objects.using(schema_editor.connection.alias).filter(sponsor__isnull=True)
    common.filter(slug__in=CRITICAL).update(critical=True)


class Migration(migrations.Migration):

    dependencies = [
        ('studies', '0007_the_first_edition'),
        ('vendors', '0008_services_and_sizes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IndSubmission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial_number', models.CharField(help_text='Such as 0017.', max_length=40)),
                ('submitted_on', models.DateField()),
                ('form_revision', models.CharField(blank=True, help_text='As printed on the form.', max_length=40, verbose_name='revision of Form FDA 1571')),
                ('note', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['study', '-submitted_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportedTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(blank=True, choices=[('north-america', 'North America'), ('latin-america', 'Latin America'), ('europe', 'Europe'), ('middle-east-africa', 'Middle East and Africa'), ('asia-pacific', 'Asia-Pacific')], max_length=20)),
            ],
            options={
                'ordering': ['submission', 'function__obligation__code', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='delegation',
            name='delegation_one_at_a_time_per_party',
        ),
        migrations.AddField(
            model_name='delegation',
            name='agreement_version',
            field=models.ForeignKey(blank=True, help_text='The version of the agreement that describes it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='vendors.agreementversion', verbose_name='agreed in'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delegation',
            name='confirmed_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='delegation',
            name='consulted',
            field=models.CharField(blank=True, help_text='Who is asked before. C of RACI.', max_length=200),
        ),
        migrations.AddField(
            model_name='delegation',
            name='decision_maker',
            field=models.CharField(blank=True, help_text='Who decides in the end, by name or role.', max_length=200, verbose_name='final decision by'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='informed',
            field=models.CharField(blank=True, help_text='Who is told after. I of RACI.', max_length=200),
        ),
        migrations.AddField(
            model_name='delegation',
            name='performer',
            field=models.ForeignKey(blank=True, help_text='The sub-provider that does the work, if it is not the CRO itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='performed_delegations', to='vendors.vendor', verbose_name='performed by'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='procedures',
            field=models.CharField(blank=True, choices=[('sponsor', "The sponsor's"), ('provider', "The CRO's")], max_length=10, verbose_name='whose procedures (SOPs)'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='region',
            field=models.CharField(blank=True, choices=[('north-america', 'North America'), ('latin-america', 'Latin America'), ('europe', 'Europe'), ('middle-east-africa', 'Middle East and Africa'), ('asia-pacific', 'Asia-Pacific')], help_text='Empty: everywhere.', max_length=20),
        ),
        migrations.AddField(
            model_name='delegation',
            name='responsible',
            field=models.CharField(blank=True, help_text='Who does it: role or name. R of RACI.', max_length=200),
        ),
        migrations.AddField(
            model_name='delegation',
            name='systems',
            field=models.CharField(blank=True, choices=[('sponsor', "The sponsor's"), ('provider', "The CRO's")], max_length=10, verbose_name='whose systems'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='work_began_on',
            field=models.DateField(blank=True, help_text='The first day of work, where it has begun.', null=True),
        ),
        migrations.AddField(
            model_name='function',
            name='critical',
            field=models.BooleanField(default=False, help_text='One provider alone for it, across all studies, is a risk worth seeing.'),
        ),
        migrations.AlterField(
            model_name='delegation',
            name='clause',
            field=models.CharField(blank=True, help_text='Number of the clause, such as §4.2.', max_length=120),
        ),
        # The text named an agreement in words; now it is one of the register.
        migrations.RemoveField(model_name='engagement', name='agreement'),
        migrations.AddField(
            model_name='engagement',
            name='agreement',
            field=models.ForeignKey(blank=True, help_text='The work order or other agreement that it rests on.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='vendors.agreement'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('performer__isnull', True), ('engagement__isnull', False), _connector='OR'), name='delegation_performer_works_under_a_cro', violation_error_message='Name a sub-provider only where a CRO acts.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', True), ('confirmed_on__isnull', True)), models.Q(('confirmed_by__isnull', False), ('confirmed_on__isnull', False)), _connector='OR'), name='delegation_confirmed_by_somebody_on_a_day', violation_error_message='Who confirmed it and when belong together.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(django.db.models.functions.comparison.Coalesce(models.F('study'), models.Value(0)), django.db.models.functions.comparison.Coalesce(models.F('study'), models.Value(0)), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Coalesce(models.F('function'), models.Value(0)), django.db.models.functions.comparison.Coalesce(models.F('function'), models.Value(0)), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Coalesce(models.F('engagement'), models.Value(0)), django.db.models.functions.comparison.Coalesce(models.F('engagement'), models.Value(0)), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.Func(models.F('region'), function='hashtext', output_field=models.IntegerField()), models.Func(models.F('region'), function='hashtext', output_field=models.IntegerField()), models.Value('[]'), function='int4range', output_field=django.contrib.postgres.fields.ranges.IntegerRangeField()), '&&'), (models.Func('from_date', 'until_date', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='delegation_one_at_a_time_per_party', violation_error_message='This function is already recorded for this party on this study in this period. End that record first, or choose another period.'),
        ),
        migrations.AddField(
            model_name='indsubmission',
            name='study',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ind_submissions', to='studies.study'),
        ),
        migrations.AddField(
            model_name='reportedtransfer',
            name='function',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported', to='studies.function'),
        ),
        migrations.AddField(
            model_name='reportedtransfer',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='studies.indsubmission'),
        ),
        migrations.AddField(
            model_name='reportedtransfer',
            name='vendor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_transfers', to='vendors.vendor'),
        ),
        migrations.AddConstraint(
            model_name='indsubmission',
            constraint=models.UniqueConstraint(fields=('study', 'serial_number'), name='ind_submission_once', violation_error_message='This serial number is already recorded for this study.'),
        ),
        migrations.AddConstraint(
            model_name='reportedtransfer',
            constraint=models.UniqueConstraint(fields=('submission', 'function', 'vendor', 'region'), name='reported_transfer_once'),
        ),
        migrations.RunPython(mark_critical, migrations.RunPython.noop),
    ]
