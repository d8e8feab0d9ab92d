from django.db import migrations, models

HELP = "Its public holidays count when due days are counted."


class Migration(migrations.Migration):
    dependencies = [("vendors", "0004_sponsors_of_one_name")]

    operations = [
        migrations.AddField(
            model_name="sponsor",
            name="country",
            field=models.CharField(
                "country of its seat", max_length=80, blank=True, default="", help_text=HELP
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="vendor",
            name="country",
            field=models.CharField(
                "country of its seat", max_length=80, blank=True, help_text=HELP
            ),
        ),
    ]
