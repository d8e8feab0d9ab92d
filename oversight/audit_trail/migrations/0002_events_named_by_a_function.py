"""The list of events is asked of the code from now on, so that an event more changes no table."""

from django.db import migrations, models

import oversight.audit_trail.events


class Migration(migrations.Migration):
    dependencies = [("audit_trail", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="audittrailentry",
            name="event",
            field=models.TextField(choices=oversight.audit_trail.events.event_choices),
        )
    ]
