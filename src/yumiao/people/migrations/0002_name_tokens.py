"""What names are found by, for the records there are; the index of names is compared by bytes. And what a person's page reads by."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from yumiao.people.names import tokens

BLOCK = 2000


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    records = apps.get_model("people", "PersonRecord").objects.order_by("pk").values_list("pk", "name")
    token = apps.get_model("people", "NameToken")
    made = [token(record_id=record, token=part) for record, name in records for part in tokens(name)]
    token.objects.bulk_create(made, batch_size=BLOCK)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="personrecord", name="personrecord_name"),
        migrations.AddIndex(
            model_name="personrecord",
            index=models.Index(
                condition=models.Q(("struck", 9223372036854775807)),
                fields=["name", "person"],
                name="personrecord_names",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="personrecord",
            index=models.Index(
                condition=models.Q(("struck__lt", 9223372036854775807)),
                fields=["person"],
                name="personrecord_corrected",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("struck__lt", 9223372036854775807)),
                fields=["person"],
                name="membership_corrected",
            ),
        ),
        migrations.AddIndex(
            model_name="tie",
            index=models.Index(
                condition=models.Q(("struck", 9223372036854775807)), fields=["person"], name="tie_person"
            ),
        ),
        migrations.CreateModel(
            name="NameToken",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "record",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.personrecord",
                    ),
                ),
                ("token", models.CharField(max_length=60)),
            ],
        ),
        migrations.AddIndex(
            model_name="nametoken",
            index=models.Index(
                fields=["token", "record"],
                name="nametoken_token",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
