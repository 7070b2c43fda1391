from django.db import migrations, models

from aftersales.core.bigrams import BigramIndex, take_time


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0002_carriers_pickup_losses_reversals"),
        ("masterdata", "0004_bigrams"),
        ("core", "0003_bigrams"),
    ]

    operations = [
        migrations.RunPython(take_time, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="shippingnote",
            index=BigramIndex(models.F("search_text"), name="shippingnote_bigrams"),
        ),
    ]
