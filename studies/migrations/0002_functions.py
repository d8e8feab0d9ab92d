"""The taxonomy of functions, as sponsors and CROs delegate them."""

from django.db import migrations

FUNCTIONS = [
    ("trial-management", "Trial management", "Leads the study's delivery and its vendors."),
    ("protocol-design", "Protocol design", "Protocol, sample size, consent form text."),
    ("feasibility", "Feasibility", "Which countries and sites can take part."),
    ("start-up", "Study start-up", "Site contracts, ethics and authority approvals, activation."),
    ("patient-recruitment", "Participant recruitment", "Finding and screening participants."),
    ("clinical-monitoring", "Clinical monitoring", "Site visits, source verification, reports."),
    ("site-management", "Site management", "Support of sites and site payments."),
    ("clinical-operations", "Clinical operations", "Operational support outside monitoring."),
    ("trial-supply", "Trial supply and logistics", "Product, kits, samples, destruction."),
    ("data-management", "Data management", "EDC build, edit checks, queries, database lock."),
    ("data-operations", "Data operations", "Transfers, integrations and listings."),
    ("biostatistics", "Biostatistics and programming", "Analysis plan, tables, listings, figures."),
    ("pharmacovigilance", "Pharmacovigilance", "Case processing, expedited reports, signals."),
    ("medical-monitoring", "Medical monitoring", "Medical advice and safety review."),
    ("post-market-surveillance", "Post-market surveillance", "Safety of marketed products."),
    ("medical-writing", "Medical writing", "Reports, brochures, narratives, publications."),
    ("regulatory-affairs", "Regulatory affairs", "Strategy, documents, agency contact."),
    ("regulatory-operations", "Regulatory operations", "Publishing and submission of dossiers."),
    ("quality-assurance", "Quality assurance", "Audits and mock inspections."),
    ("trial-master-file", "Trial master file", "Filing, quality control and archiving."),
]


def create(apps, schema_editor):
    function = apps.get_model("studies", "Function")
    function.objects.using(schema_editor.connection.alias).bulk_create(
        function(slug=slug, name=name, description=description)
        for slug, name, description in FUNCTIONS
    )


class Migration(migrations.Migration):
    dependencies = [("studies", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
