"""A case also ends when its material goes to another county."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("admission", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="caseend",
            name="how",
            field=models.CharField(
                choices=[
                    ("admitted", "已入党"),
                    ("application_withdrawn", "撤回申请"),
                    ("cultivation_stopped", "停止培养"),
                    ("deceased", "去世"),
                    ("transferred_out", "材料转出县外"),
                ],
                max_length=30,
            ),
        )
    ]
