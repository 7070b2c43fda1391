from django.db import migrations, models
from django.db.models.functions import Lower, Replace

from aftersales.core.bigrams import BigramIndex, take_time


class Migration(migrations.Migration):
    dependencies = [
        ("masterdata", "0003_partners_details"),
        ("core", "0003_bigrams"),
    ]

    operations = [
        migrations.RunPython(take_time, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_search_text",
        ),
        migrations.AddIndex(
            model_name="customer",
            index=BigramIndex(models.F("search_text"), name="customer_bigrams"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=BigramIndex(models.F("search_text"), name="product_bigrams"),
        ),
        migrations.AddIndex(
            model_name="unit",
            index=BigramIndex(
                Lower(Replace(models.F("serial_no"), models.Value(" "), models.Value(""))),
                name="unit_bigrams",
            ),
        ),
    ]
