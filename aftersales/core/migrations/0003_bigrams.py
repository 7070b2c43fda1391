from django.db import migrations

from aftersales.core import bigrams


def create(apps, schema_editor):
    bigrams.create(schema_editor.connection)


def drop(apps, schema_editor):
    bigrams.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_append_only")]

    operations = [migrations.RunPython(create, drop)]
