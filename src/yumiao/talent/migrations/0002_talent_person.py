"""The rows of one person, for his page and for lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("talent", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="talent",
            index=models.Index(
                condition=models.Q(("struck", 9223372036854775807)),
                fields=["person", "since", "until", "struck"],
                name="talent_person",
            ),
        ),
    ]
