"""The standing of members of the armed forces on special duty."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='tenure',
            name='kind',
            field=models.CharField(choices=[('full', 'Đảng viên chính thức'), ('probationary', 'Đảng viên dự bị'), ('exempt', 'Được miễn công tác và sinh hoạt'), ('special_duty', 'Lực lượng vũ trang, đang làm nhiệm vụ đặc thù'), ('temporary_in', 'Sinh hoạt tạm thời đến'), ('temporary_out', 'Sinh hoạt tạm thời đi nơi khác'), ('suspended', 'Đình chỉ sinh hoạt'), ('left', 'Đã chuyển đi hoặc ra khỏi chi bộ'), ('secretary', 'Bí thư'), ('deputy', 'Phó bí thư'), ('committee_member', 'Chi uỷ viên'), ('superior', 'Cấp uỷ viên cấp trên theo dõi')], max_length=20, verbose_name='tư cách, chức vụ'),
        ),
    ]
