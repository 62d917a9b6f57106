from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reconciliation", "0001_comparisons"),
    ]

    operations = [
        migrations.AddField(
            "comparison", "sha256", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
        migrations.AddField("comparison", "found", models.IntegerField(default=0)),
        migrations.AddField("tick", "version", models.IntegerField(default=1)),
    ]
