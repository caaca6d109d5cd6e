from django.db import migrations

from members.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('shelf', '0001_documents_with_their_source'),
    ]

    operations = [
        AppendOnly('Quotation', but=('withdrawn_at',)),
    ]
