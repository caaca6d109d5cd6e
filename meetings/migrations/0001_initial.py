"""Meetings from the plan to the sealed minutes, tasks, the year, the score."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to='members.member')),
            ],
        ),
        migrations.CreateModel(
            name='Directive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tháng')),
                ('kind', models.CharField(choices=[('regular', 'Sinh hoạt thường kỳ'), ('thematic', 'Sinh hoạt chuyên đề'), ('combined', 'Sinh hoạt thường kỳ và chuyên đề'), ('committee', 'Họp chi uỷ'), ('conference', 'Hội nghị kiểm điểm')], max_length=12, verbose_name='loại sinh hoạt')),
                ('text', models.CharField(max_length=300, verbose_name='nội dung')),
                ('document', models.CharField(blank=True, max_length=160, verbose_name='theo văn bản')),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directives', to='members.organisation')),
            ],
            options={
                'ordering': ['year', 'month', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(max_length=40)),
                ('thing', models.PositiveBigIntegerField()),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('texts', models.JSONField(default=dict)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(blank=True, choices=[('', 'Đang xem'), ('reviewed', 'Đã xem xét'), ('returned', 'Trả lại, đề nghị bổ sung')], default='', max_length=8)),
                ('given_at', models.DateTimeField(null=True)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='InspectionComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(blank=True, max_length=40, verbose_name='phần')),
                ('text', models.TextField(verbose_name='nhận xét')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='meetings.inspection')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('regular', 'Sinh hoạt thường kỳ'), ('thematic', 'Sinh hoạt chuyên đề'), ('combined', 'Sinh hoạt thường kỳ và chuyên đề'), ('committee', 'Họp chi uỷ'), ('conference', 'Hội nghị kiểm điểm')], max_length=12, verbose_name='loại sinh hoạt')),
                ('state', models.CharField(choices=[('plan', 'Đang chuẩn bị'), ('called', 'Đã thông báo'), ('open', 'Đang họp'), ('closed', 'Đã kết thúc, chờ ký'), ('sealed', 'Đã ký biên bản'), ('cancelled', 'Đã huỷ')], default='plan', max_length=12)),
                ('rulebook', models.CharField(max_length=12, verbose_name='hướng dẫn áp dụng')),
                ('topic', models.CharField(blank=True, max_length=300, verbose_name='tên chuyên đề')),
                ('starts_at', models.DateTimeField(verbose_name='thời gian bắt đầu dự kiến')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='địa điểm')),
                ('purpose', models.TextField(blank=True, verbose_name='mục đích, yêu cầu')),
                ('dues', models.TextField(blank=True, verbose_name='tình hình đảng phí')),
                ('quality', models.TextField(blank=True, verbose_name='đánh giá chất lượng buổi sinh hoạt')),
                ('committee_met_at', models.DateTimeField(null=True, verbose_name='chi uỷ đã họp')),
                ('superior_notified_at', models.DateTimeField(null=True, verbose_name='đã báo cấp uỷ viên cấp trên theo dõi')),
                ('papers_posted_at', models.DateTimeField(null=True, verbose_name='đã đăng tài liệu lên Sổ tay đảng viên điện tử')),
                ('called_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(null=True, verbose_name='giờ khai mạc')),
                ('read_back_at', models.DateTimeField(null=True, verbose_name='biên bản đã đọc lại')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='giờ kết thúc')),
                ('posted_at', models.DateTimeField(null=True, verbose_name='đã đăng biên bản, kết luận lên Sổ tay đảng viên điện tử')),
                ('reported_up_at', models.DateTimeField(null=True, verbose_name='đã báo cáo cấp uỷ cấp trên')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='members.organisation')),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='chủ trì')),
                ('minute_taker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='thư ký')),
                ('notice_number', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.papernumber')),
                ('prepares', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='prepared_by', to='meetings.meeting', verbose_name='chuẩn bị cho buổi')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-starts_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='inspection',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inspections', to='meetings.meeting'),
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(blank=True, choices=[('full', 'Đảng viên chính thức'), ('probationary', 'Đảng viên dự bị'), ('exempt', 'Được miễn công tác và sinh hoạt'), ('temporary_in', 'Sinh hoạt tạm thời đến'), ('temporary_out', 'Sinh hoạt tạm thời đi nơi khác'), ('suspended', 'Đình chỉ sinh hoạt'), ('left', 'Đã chuyển đi hoặc ra khỏi chi bộ'), ('secretary', 'Bí thư'), ('deputy', 'Phó bí thư'), ('committee_member', 'Chi uỷ viên'), ('superior', 'Cấp uỷ viên cấp trên theo dõi')], max_length=20)),
                ('name', models.CharField(max_length=80, verbose_name='họ và tên')),
                ('position', models.CharField(blank=True, max_length=160, verbose_name='chức vụ')),
                ('mark', models.CharField(blank=True, choices=[('', 'Chưa điểm danh'), ('present', 'Có mặt'), ('excused', 'Vắng có lý do'), ('unexcused', 'Vắng không lý do')], default='', max_length=12)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('arrived_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('apology', models.CharField(blank=True, max_length=300, verbose_name='lý do xin vắng')),
                ('apologised_at', models.DateTimeField(null=True)),
                ('apology_accepted', models.BooleanField(null=True)),
                ('apology_entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='members.member')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='meetings.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('step', models.CharField(blank=True, max_length=40)),
                ('title', models.CharField(max_length=300, verbose_name='nội dung')),
                ('minutes', models.PositiveSmallIntegerField(default=10, verbose_name='số phút')),
                ('notes', models.TextField(blank=True, verbose_name='nội dung trình bày')),
                ('conclusion', models.TextField(blank=True, verbose_name='kết luận của chủ trì')),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('presenter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người thực hiện')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='meetings.meeting')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Addendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField(verbose_name='nội dung bổ sung, đính chính')),
                ('reason', models.CharField(max_length=300, verbose_name='lý do')),
                ('written_at', models.DateTimeField()),
                ('document', models.TextField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addenda', to='meetings.meeting')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.TextField(blank=True)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='meetings.meeting')),
                ('number', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.papernumber')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paragraph', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='đoạn')),
                ('quote', models.TextField(blank=True)),
                ('text', models.TextField(verbose_name='ý kiến')),
                ('entered_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('', 'Chưa trả lời'), ('adopted', 'Tiếp thu'), ('kept', 'Giữ nguyên')], default='', max_length=8, verbose_name='trả lời')),
                ('reason', models.TextField(blank=True, verbose_name='lý do')),
                ('became', models.TextField(blank=True, verbose_name='câu trong bản hoàn thiện')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='meetings.meeting')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người góp ý')),
            ],
            options={
                'ordering': ['paragraph', 'entered_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('fixed_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='ngày cố định hằng tháng')),
                ('usual_time', models.TimeField(blank=True, null=True, verbose_name='giờ thường lệ')),
                ('usual_place', models.CharField(blank=True, max_length=160, verbose_name='địa điểm thường lệ')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='members.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='ProgrammeLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveSmallIntegerField(verbose_name='tháng')),
                ('kind', models.CharField(choices=[('regular', 'Sinh hoạt thường kỳ'), ('thematic', 'Sinh hoạt chuyên đề'), ('combined', 'Sinh hoạt thường kỳ và chuyên đề'), ('committee', 'Họp chi uỷ'), ('conference', 'Hội nghị kiểm điểm')], max_length=12, verbose_name='loại sinh hoạt')),
                ('day', models.DateField(blank=True, null=True, verbose_name='ngày dự kiến')),
                ('topic', models.CharField(blank=True, max_length=300, verbose_name='nội dung trọng tâm, chuyên đề')),
                ('reminded_at', models.DateTimeField(null=True)),
                ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='meetings.directive')),
                ('meeting', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='programme_line', to='meetings.meeting')),
                ('preparer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người chuẩn bị')),
                ('presenter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người trình bày')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='meetings.programme')),
                ('self_critic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='đến lượt tự phê bình')),
            ],
            options={
                'ordering': ['month', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=20)),
                ('sent_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='meetings.meeting')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('NQ', 'Nghị quyết'), ('KL', 'Kết luận')], max_length=2, verbose_name='loại')),
                ('subject', models.CharField(max_length=300, verbose_name='trích yếu')),
                ('issued_on', models.DateField(verbose_name='ngày ban hành')),
                ('state', models.CharField(choices=[('issued', 'Đã ban hành'), ('carried_out', 'Đang thực hiện'), ('reviewed', 'Đã kiểm điểm, đánh giá'), ('ended', 'Đã kết thúc')], default='issued', max_length=12)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='members.organisation')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='meetings.meeting')),
                ('number', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.papernumber')),
            ],
            options={
                'ordering': ['-issued_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ResolutionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('issued', 'Đã ban hành'), ('carried_out', 'Đang thực hiện'), ('reviewed', 'Đã kiểm điểm, đánh giá'), ('ended', 'Đã kết thúc')], max_length=12, verbose_name='tình trạng')),
                ('text', models.CharField(blank=True, max_length=600, verbose_name='kết quả, đánh giá')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='meetings.resolution')),
            ],
            options={
                'ordering': ['entered_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ScoreSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criteria', models.CharField(max_length=40)),
                ('weak_points', models.TextField(blank=True, verbose_name='hạn chế và cách khắc phục')),
                ('drawn_up_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('rev', models.PositiveIntegerField(default=0)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('follower', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người được cử theo dõi, chấm')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='score', to='meetings.meeting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScoreLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=12)),
                ('evidence', models.JSONField(default=list)),
                ('proposed', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ('points', models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name='chi uỷ chấm')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('confirmed', models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name='cấp trên chấm')),
                ('confirmed_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do của cấp trên')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='meetings.scoresheet')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.CharField(choices=[('minute_taker', 'Người ghi biên bản'), ('chair', 'Chủ trì')], max_length=12)),
                ('signed_at', models.DateTimeField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='meetings.meeting')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=600, verbose_name='nhiệm vụ')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='thời hạn')),
                ('state', models.CharField(choices=[('open', 'Chưa thực hiện'), ('going', 'Đang thực hiện'), ('done', 'Đã hoàn thành'), ('dropped', 'Thôi thực hiện')], default='open', max_length=8)),
                ('rev', models.PositiveIntegerField(default=0)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='members.organisation')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='meetings.meeting')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='members.member', verbose_name='người thực hiện')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Chưa thực hiện'), ('going', 'Đang thực hiện'), ('done', 'Đã hoàn thành'), ('dropped', 'Thôi thực hiện')], max_length=8, verbose_name='tình trạng')),
                ('text', models.CharField(blank=True, max_length=600, verbose_name='kết quả, minh chứng')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='meetings.task')),
            ],
            options={
                'ordering': ['entered_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Chưa thực hiện'), ('going', 'Đang thực hiện'), ('done', 'Đã hoàn thành'), ('dropped', 'Thôi thực hiện')], max_length=8, verbose_name='tình trạng')),
                ('result', models.CharField(blank=True, max_length=600, verbose_name='kết quả')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='meetings.meeting')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='meetings.task')),
            ],
        ),
        migrations.CreateModel(
            name='ThematicPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('draft', models.TextField(blank=True, verbose_name='dự thảo chuyên đề')),
                ('shared_at', models.DateTimeField(null=True)),
                ('agreed_at', models.DateTimeField(null=True, verbose_name='chi uỷ đã thông qua dự thảo')),
                ('completed', models.TextField(blank=True, verbose_name='bản hoàn thiện')),
                ('completed_at', models.DateTimeField(null=True)),
                ('file', models.FileField(blank=True, upload_to='papers')),
                ('file_name', models.CharField(blank=True, max_length=160)),
                ('file_type', models.CharField(blank=True, max_length=8)),
                ('file_size', models.PositiveIntegerField(default=0)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người chuẩn bị')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='paper', to='meetings.meeting')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=500, verbose_name='nội dung biểu quyết')),
                ('entitled', models.PositiveSmallIntegerField()),
                ('of_cell', models.PositiveSmallIntegerField()),
                ('in_favour', models.PositiveSmallIntegerField(verbose_name='tán thành')),
                ('against', models.PositiveSmallIntegerField(verbose_name='không tán thành')),
                ('other', models.PositiveSmallIntegerField(verbose_name='ý kiến khác')),
                ('recorded_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='meetings.meeting')),
            ],
            options={
                'ordering': ['recorded_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='vote',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.vote'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='vote',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.vote'),
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('text', models.TextField(blank=True, verbose_name='ý kiến')),
                ('awareness', models.TextField(blank=True, verbose_name='nhận thức')),
                ('relation', models.TextField(blank=True, verbose_name='liên hệ bản thân và tác dụng')),
                ('proposal', models.TextField(blank=True, verbose_name='góp ý vào dự thảo')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='meetings.meeting')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='meetings.attendance')),
                ('vote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reserved', to='meetings.vote')),
            ],
            options={
                'ordering': ['entered_at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.CheckConstraint(condition=models.Q(('month__isnull', True), models.Q(('month__gte', 1), ('month__lte', 12)), _connector='OR'), name='directive_month_exists'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('author', 'sheet', 'thing'), name='meetings_one_draft_of_a_form'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['cell', '-starts_at'], name='meetings_me_cell_id_79c7f8_idx'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['state', '-starts_at', '-id'], name='meeting_by_state_and_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['plan', 'called', 'open', 'closed', 'sealed', 'cancelled'])), name='meeting_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['regular', 'thematic', 'combined', 'committee', 'conference'])), name='meeting_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('opened_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='meeting_ends_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'member'), name='one_row_per_member_and_meeting'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('mark__in', ['', 'present', 'excused', 'unexcused'])), name='attendance_mark_is_known'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 480)), name='agenda_item_takes_time'),
        ),
        migrations.AddConstraint(
            model_name='addendum',
            constraint=models.UniqueConstraint(fields=('meeting', 'number'), name='addendum_number_once'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'kept'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_kept_opinion_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.UniqueConstraint(fields=('cell', 'year'), name='one_programme_per_cell_and_year'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('fixed_day__isnull', True), models.Q(('fixed_day__gte', 1), ('fixed_day__lte', 28)), _connector='OR'), name='fixed_day_exists_in_every_month'),
        ),
        migrations.AddConstraint(
            model_name='programmeline',
            constraint=models.CheckConstraint(condition=models.Q(('month__gte', 1), ('month__lte', 12)), name='programme_month_exists'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('meeting', 'to', 'what'), name='one_reminder_each'),
        ),
        migrations.AddConstraint(
            model_name='scoreline',
            constraint=models.UniqueConstraint(fields=('sheet', 'code'), name='one_line_per_criterion'),
        ),
        migrations.AddConstraint(
            model_name='scoreline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('points__isnull', True), ('points__gte', 0), _connector='OR'), models.Q(('confirmed__isnull', True), ('confirmed__gte', 0), _connector='OR')), name='points_are_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('meeting', 'seat'), name='one_signature_per_seat'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['cell', 'state'], name='meetings_ta_cell_id_e08dae_idx'),
        ),
        migrations.AddConstraint(
            model_name='taskreport',
            constraint=models.UniqueConstraint(fields=('meeting', 'task'), name='one_report_per_task_and_meeting'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('entitled__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('in_favour'), '+', models.F('against')), '+', models.F('other')))), name='votes_add_up'),
        ),
    ]
