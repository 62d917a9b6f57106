from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0002_reforms")]

    operations = [
        migrations.RemoveConstraint(model_name="succession", name="one_live_succession_a_pair"),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("struck", 9223372036854775807)),
                fields=("predecessor", "successor", "entered"),
                name="one_live_succession_a_reform",
            ),
        ),
    ]
