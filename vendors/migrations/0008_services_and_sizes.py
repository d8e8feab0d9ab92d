"""Services a provider offers by region; the kind of organisation a sponsor is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vendors', '0007_agreements'),
    ]

    operations = [
        migrations.AddField(
            model_name='sponsor',
            name='size',
            field=models.CharField(blank=True, choices=[('large', 'Large pharmaceutical company'), ('mid-size', 'Mid-size company'), ('emerging', 'Emerging or virtual company'), ('medtech', 'Medical devices and diagnostics')], help_text='What a new engagement proposes to delegate depends on it.', max_length=20, verbose_name='kind of organisation'),
        ),
        migrations.CreateModel(
            name='ServiceOffered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(help_text='Such as clinical monitoring.', max_length=200)),
                ('region', models.CharField(blank=True, choices=[('north-america', 'North America'), ('latin-america', 'Latin America'), ('europe', 'Europe'), ('middle-east-africa', 'Middle East and Africa'), ('asia-pacific', 'Asia-Pacific')], help_text='Empty: everywhere.', max_length=20)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('from_date', models.DateField(verbose_name='from')),
                ('until_date', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='vendors.vendor')),
            ],
            options={
                'ordering': ['service', 'region', '-from_date'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_date__isnull', True), ('until_date__gte', models.F('from_date')), _connector='OR'), name='service_offered_ends_after_it_begins', violation_error_message='The last day lies before the first day.')],
            },
        ),
    ]
