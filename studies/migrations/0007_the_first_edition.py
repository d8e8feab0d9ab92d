"""Obligations of a sponsor as rows of the taxonomy, with citations to be confirmed."""

from django.db import migrations


# code, group, name, 21 CFR drugs, 21 CFR devices, ICH E6(R3), EU and others, Part 312, what is usual
OBLIGATIONS = [
    ('T01', 'Regulatory/IND', 'Preparing and submitting the IND', '312.20, 312.23', '812.20', '3.8.1', 'CTR art.5', 'yes', 'The CRO often assembles it; the sponsor signs Form FDA 1571.'),
    ('T02', 'Regulatory/IND', 'Keeping the IND in effect, and correspondence with FDA', '312.50', '812.40', '3.8.1', '', 'yes', 'Usually kept by the sponsor.'),
    ('T03', 'Regulatory/IND', 'Protocol amendments to the IND', '312.30', '812.35', '3.8.1', 'CTR art.15-24 (substantial modification)', 'yes', 'Usually split.'),
    ('T04', 'Regulatory/IND', 'Information amendments to the IND', '312.31', '812.35', '3.8.1', '', 'yes', 'Usually split.'),
    ('T05', 'Regulatory/IND', 'IND annual report or DSUR', '312.33, 312.56(c)', '812.150(b)(5)', '3.13.2', 'CTR art.43', 'yes', 'Drafting is often transferred; the sponsor approves.'),
    ('T06', 'Regulatory/IND', 'Clinical-trial applications and end-of-trial notices outside the US', '', '', '3.8.1, 3.17.1', 'CTR art.5, 36-38, 80-81; UK SI 2004/1031', 'no', 'Often transferred; a GCP function, not one of Part 312.'),
    ('T07', 'Regulatory/IND', 'Review and approval by IRB or ethics committee for each site', '312.23(a)(1)(iv), 312.53(c)(1)', '812.42, 812.62', '3.8.2', 'CTR art.4-8', 'partly', "Often transferred; the investigator keeps the site's own duty (312.66)."),
    ('T08', 'Regulatory/IND', 'Trial registration and posting of results, Form FDA 3674', '(42 CFR 11; FDAAA 801)', '(42 CFR 11)', '3.17.2 (results)', 'CTR art.37(4), 81', 'no', 'The responsible party is the sponsor unless designated.'),
    ('T09', 'Design', 'Protocol design and critical-to-quality factors', '312.23(a)(6); CRO definition 312.3(b)', '812.25', '3.1.1-3.1.4, App.B', 'CTR Annex I', 'yes', 'Split; the sponsor approves.'),
    ('T10', 'Design', 'Risk management, acceptable ranges, risk report', '312.50', '812.40', '3.10.1.1-3.10.1.6', 'CTR art.47', 'no', 'Kept by the sponsor; the CRO contributes.'),
    ('T11', 'Design', 'Medical expertise and medical monitor', '312.32(b); person named on Form 1571', '812.46(b)', '3.4.1, 3.13.1', '', 'partly', 'Only to a named, qualified physician.'),
    ('T12', 'Investigators', 'Selecting qualified investigators and sites', '312.50, 312.53(a)', '812.43(a)', '3.7', 'CTR art.49-50', 'yes', 'Often disputed: the CRO identifies, the sponsor approves; write the split down.'),
    ('T13', 'Investigators', 'Signed Form FDA 1572 or agreement, CV and protocol before a site takes part', '312.53(c)(1)-(3)', '812.43(c)', '3.6.3, 3.7', 'CTR art.49', 'yes', 'Usually transferred.'),
    ('T14', 'Investigators', 'Financial-disclosure information of investigators', '312.53(c)(4), 312.57(b), Part 54', '812.43(c)(5), Part 54', '3.5', '', 'yes', 'The CRO collects, the sponsor certifies.'),
    ('T15', 'Investigators', "Investigator's brochure, and news of risks to investigators", '312.50, 312.55(a)-(b)', '812.45', '3.15.1, App.A', 'CTR art.55', 'yes', 'Usually split.'),
    ('T16', 'Investigators', 'Site contracts, budgets and payments', '(312.57(b) records)', '(812.140)', '3.5, 3.6.1-3.6.3', 'CTR art.76', 'no', 'Often transferred.'),
    ('T17', 'Investigators', 'Training of sites on protocol and systems', '312.53(c), 312.55', '812.45', '3.4, 3.16.1(n)', 'CTR art.49', 'partly', 'Often transferred.'),
    ('T18', 'Monitoring', 'Selecting monitors by training and experience', '312.53(d)', '812.43(d)', '3.4, 3.11.4', '', 'yes', 'Usually transferred.'),
    ('T19', 'Monitoring', 'Monitoring of conduct and progress: plan, visits, reports, follow-up', '312.50, 312.56(a)', '812.40, 812.46', '3.11.4, 3.11.4.1, 3.11.4.3-3.11.4.6', 'CTR art.48', 'yes', 'Usually transferred.'),
    ('T20', 'Monitoring', 'Centralised and statistical monitoring', '312.56(a)', '812.46', '3.11.4.2', 'CTR art.48', 'partly', 'Often split.'),
    ('T21', 'Monitoring', "Securing compliance, or ending a site's participation", '312.56(b)', '812.46(a), 812.150(b)', '3.12.1-3.12.3', 'CTR art.47, 52', 'yes', 'The decision is usually kept.'),
    ('T22', 'Monitoring', 'Assessing and reporting serious breaches', '312.56(b)', '812.150(b)', '3.12.2-3.12.3', 'CTR art.52 (7 days); UK serious breach', 'no', 'The agreement must say who reports: inspectors often find it open.'),
    ('T23', 'Monitoring', 'Conduct according to protocol, and management of deviations', '312.50', '812.40', '3.9.2-3.9.3', 'CTR art.47', 'yes', 'Goes with monitoring.'),
    ('T24', 'Safety', 'Intake and processing of serious adverse events, safety database', '312.32(b)', '812.150(b)(1)', '3.13.1-3.13.2', 'CTR art.40-41', 'partly', 'Often transferred.'),
    ('T25', 'Safety', 'Expedited safety reports to authorities and investigators', '312.32(c), 312.50, 312.56(c)', '812.150(b)(1) (UADE 10 working days)', '3.13.2', 'CTR art.42', 'yes', 'Submission is often transferred; causality stays or goes to a named physician.'),
    ('T26', 'Safety', 'Review of evidence on safety and effectiveness as it comes', '312.56(c), 312.32(b)', '812.46(b)', '3.13.1, 3.9.4', 'CTR art.42-43', 'yes', 'Usually kept or split.'),
    ('T27', 'Safety', 'Stopping a trial with unreasonable risk; urgent safety measures', '312.56(d)', '812.46(b)(2)', '3.13.3, 3.17.1', 'CTR art.37-38, 54', 'yes', 'Kept by the sponsor.'),
    ('T28', 'IP supply', 'Manufacture, packaging and labelling of the product', '312.6, 312.23(a)(7)', '812.5', '3.15.2', 'CTR art.61-70', 'partly', 'A manufacturer under a GMP quality agreement.'),
    ('T29', 'IP supply', 'Shipping the product to participating sites only, and its records', '312.53(b), 312.57(a)', '812.43(b), 812.140(b)(2)', '3.15.3', 'CTR art.51', 'yes', 'Usually transferred to a depot.'),
    ('T30', 'IP supply', 'Return, reconciliation and destruction of unused product', '312.59', '812.140(b)(2)', '3.15.3(c)', 'CTR art.51', 'yes', 'Usually transferred; the sponsor authorises destruction.'),
    ('T31', 'IP supply', 'Randomisation, code-break and control of blinding', '(312.23(a)(6))', '', '3.15.2-3.15.3, 3.16.1(f)-(g), 4.1', '', 'no', 'Transferred to the provider of the system.'),
    ('T32', 'Data', 'EDC build, data management, coding, queries and database lock', '(312.57, 312.58; Part 11)', '812.140', '3.16.1, 4.2', 'CTR art.56', 'no', 'Often transferred.'),
    ('T33', 'Data', 'Validation, access, security and backup of trial systems', 'Part 11 (11.10(a),(d),(e),(g))', 'Part 11', '3.16.1(x), 4.3.1-4.3.8', 'EMA/INS/GCP/112288/2023', 'no', 'The work may move, the responsibility never.'),
    ('T34', 'Data', 'Statistical analysis plan, programming, analysis', '(312.23(a)(6); 314.50(d)(6))', '812.25(b)', '3.16.2, 4.2.6', 'CTR Annex IV', 'no', 'Often transferred.'),
    ('T35', 'Data', 'Clinical study report and medical writing', '(314.50(d)(5))', '812.150(b)(7)', '3.17.2; ICH E3', 'CTR art.37(4)', 'no', 'Often transferred.'),
    ('T36', 'Data', 'Support of data-monitoring and adjudication committees', '(50.24(a)(7)(iv) where applicable)', '', '3.9.7-3.9.8', '', 'no', 'Their deliberation itself cannot be delegated.'),
    ('T37', 'Data', 'Central laboratory, imaging, ECG and bioanalysis', '(312.57)', '', '3.11.3, 3.11.4.3', 'EMA lab reflection paper', 'no', 'Specialist providers, often as sub-providers.'),
    ('T38', 'Quality/records', 'Quality audits of sites, systems and providers, and CAPA follow-up', '', '', '3.11.1-3.11.2, 3.12.2', 'CTR art.47', 'no', 'Independent: a CRO does not audit only itself.'),
    ('T39', 'Quality/records', 'Trial master file: filing, quality control, archiving, retention', '312.57(a)-(c)', '812.140(b),(d)', '3.16.3, App.C', 'CTR art.57-58 (25 y)', 'yes', 'Often transferred; the sponsor needs continuous access.'),
    ('T40', 'Quality/records', 'Letting authorities inspect and copy records', '312.58', '812.145', '3.6.3(d), 3.16.4', 'CTR art.78-79', 'yes', 'Each holder; the sponsor stays answerable.'),
    ('T41', 'Quality/records', 'Qualifying, contracting and overseeing sub-providers', '312.50, 312.52', '812.40', '3.6.7-3.6.10, 3.9.5', 'CTR art.71; EMA Q&A 17', 'no', "A tree, with the sponsor's approval for each."),
    ('T42', 'Quality/records', 'Insurance, compensation, and legal representative in the EU', '', '', '3.14', 'CTR art.74, 76', 'no', 'Kept by the sponsor.'),
]
NEVER = [
    ("N01", "Duties of the investigator", "312.60-312.69", "3.6.5", "The sponsor may hire a provider to help; the investigator keeps decision and control."),
    ("N02", "Informed consent of participants", "Part 50", "", "A duty of the investigator."),
    ("N03", "Judgment of the IRB or ethics committee", "Part 56", "", "Independent of sponsor and CRO."),
    ("N04", "Signature on Form FDA 1571", "", "", "The sponsor signs."),
    ("N05", "Signature on Form FDA 1572", "", "", "The investigator signs."),
    ("N06", "Deliberation of the data-monitoring committee", "", "", "Independent by design."),
]


def create(apps, schema_editor):
    alias = schema_editor.connection.alias
    functions = apps.get_model("studies", "Function").objects.using(alias)
    obligations = apps.get_model("studies", "Obligation").objects.using(alias)

    def add(code, group, name, **more):
        function = functions.create(
            slug=f"obligation-{code.lower()}", name=name, kind="obligation"
        )
        obligations.create(function=function, code=code, group=group, **more)

    for code, group, name, drug, device, gcp, other, part312, practice in OBLIGATIONS:
        add(
            code,
            group,
            name,
            drug_citation=drug,
            device_citation=device,
            gcp_citation=gcp,
            other_citation=other,
            part312=part312,
            practice=practice,
        )
    for code, name, drug, gcp, practice in NEVER:
        add(
            code,
            "Never transferred",
            name,
            drug_citation=drug,
            gcp_citation=gcp,
            transferable=False,
            practice=practice,
        )


class Migration(migrations.Migration):
    dependencies = [("studies", "0006_obligations")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
