"""Finds the runs that count for a month without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kpis", "0007_shadow")]

    operations = [
        migrations.AddIndex(
            model_name="currentrun",
            index=models.Index(
                fields=["period_start", "engagement", "study"], name="current_run_by_month"
            ),
        ),
    ]
