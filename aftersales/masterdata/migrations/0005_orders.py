from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterdata", "0004_bigrams"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["-is_active", "code"], name="customer_in_use_first"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["-is_active", "part_no"], name="product_in_use_first"),
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["delivered_on", "id"], name="unit_delivered_on"),
        ),
    ]
