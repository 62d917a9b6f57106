"""What a ledger as it was known then finds people by: rows struck since among them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_name_tokens")]

    operations = [
        migrations.AddIndex(
            model_name="belonging",
            index=models.Index(fields=["person"], name="belonging_known"),
        ),
    ]
