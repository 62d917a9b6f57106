from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_away_and_searches")]

    operations = [
        migrations.AddIndex(
            model_name="nametoken",
            index=models.Index(
                fields=["record", "token"], name="nametoken_record", opclasses=["int8_ops", "varchar_pattern_ops"]
            ),
        ),
    ]
