import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("studies", "0004_functions_of_sponsors"),
        ("vendors", "0005_country_of_sponsors"),
    ]

    operations = [
        migrations.AddField(
            model_name="engagement",
            name="due_business_day",
            field=models.PositiveSmallIntegerField(
                "due on business day",
                default=10,
                help_text="Of the following month, 1 to 20. Public holidays of both parties do "
                "not count.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(20),
                ],
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="reports_from",
            field=models.DateField(
                "first month reported here",
                null=True,
                blank=True,
                help_text="Any day of it. Earlier months are not asked for; empty: from the start "
                "date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(due_business_day__gte=1, due_business_day__lte=20),
                name="engagement_due_within_a_month",
                violation_error_message="Choose a business day from 1 to 20.",
            ),
        ),
    ]
