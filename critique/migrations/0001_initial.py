"""Self-criticism and criticism: the yearly review, hearings, shortcomings, levels, letters."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import critique.sealing.fields
import members.append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('meetings', '0001_initial'),
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Criticism',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('words', critique.sealing.fields.EncryptedText(default=str, verbose_name='nội dung')),
                ('sent_at', models.DateTimeField()),
                ('settled_due', models.DateField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('withdrawn', 'Người gửi đã rút')], default='waiting', max_length=10)),
                ('reply', critique.sealing.fields.EncryptedText(default=str, verbose_name='trả lời')),
                ('replied_at', models.DateTimeField(null=True)),
                ('destroyed_on', models.DateField(null=True)),
                ('kind', models.CharField(choices=[('criticism', 'Ý kiến phê bình'), ('question', 'Ý kiến chất vấn')], max_length=10, verbose_name='loại')),
                ('matter', critique.sealing.fields.EncryptedText(default=str, verbose_name='về việc')),
                ('on_paper', models.BooleanField(default=False)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criticisms_sent', to='members.member', verbose_name='người gửi')),
                ('to_member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='criticisms_received', to='members.member')),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CriticismDelay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('until', models.DateField(verbose_name='trả lời chậm nhất ngày')),
                ('why', critique.sealing.fields.EncryptedText(default=str, verbose_name='lý do')),
                ('said_at', models.DateTimeField()),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delays', to='critique.criticism')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Cycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm kiểm điểm')),
                ('state', models.CharField(choices=[('plan', 'Đang chuẩn bị'), ('open', 'Đang viết bản kiểm điểm'), ('reading', 'Đang đọc bản kiểm điểm'), ('met', 'Đã họp kiểm điểm'), ('closed', 'Đã kết thúc')], default='plan', max_length=8)),
                ('basis', models.TextField(default='366-QĐ/TW ngày 30/8/2025 của Bộ Chính trị\n43-HD/BTCTW ngày 31/10/2025 của Ban Tổ chức Trung ương', verbose_name='văn bản căn cứ')),
                ('due_on', models.DateField(verbose_name='hạn nộp bản kiểm điểm')),
                ('meets_on', models.DateField(verbose_name='ngày họp kiểm điểm')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='địa điểm')),
                ('opened_at', models.DateTimeField(null=True)),
                ('reading_at', models.DateTimeField(null=True)),
                ('held_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('handed_up_at', models.DateTimeField(null=True)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cycles', to='members.organisation')),
                ('meeting', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='review_cycle', to='meetings.meeting')),
            ],
            options={
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(blank=True, choices=[('secret', 'Phiếu kín'), ('hands', 'Giơ tay')], max_length=8, verbose_name='cách biểu quyết')),
                ('base', models.CharField(blank=True, choices=[('summoned', 'số đảng viên chính thức được triệu tập'), ('present', 'số đảng viên chính thức có mặt')], max_length=8, verbose_name='tính trên')),
                ('need_excellent', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_good', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_done', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('need_not_done', models.CharField(blank=True, choices=[('half', 'trên 1/2'), ('two_thirds', 'từ 2/3 trở lên'), ('three_quarters', 'từ 3/4 trở lên')], max_length=16)),
                ('round', models.PositiveSmallIntegerField(verbose_name='lần')),
                ('source', models.CharField(max_length=300)),
                ('summoned', models.PositiveSmallIntegerField(null=True, verbose_name='được triệu tập')),
                ('present', models.PositiveSmallIntegerField(null=True, verbose_name='có mặt')),
                ('issued', models.PositiveSmallIntegerField(null=True, verbose_name='phiếu phát ra')),
                ('returned', models.PositiveSmallIntegerField(null=True, verbose_name='phiếu thu về')),
                ('valid', models.PositiveSmallIntegerField(null=True, verbose_name='phiếu hợp lệ')),
                ('invalid', models.PositiveSmallIntegerField(null=True, verbose_name='phiếu không hợp lệ')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('counted_at', models.DateTimeField(null=True)),
                ('head_signed_at', models.DateTimeField(null=True)),
                ('chair_signed_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('document', models.TextField(blank=True)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='chủ trì')),
                ('chair_signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('counted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='tổ trưởng')),
                ('head_signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tellers', models.ManyToManyField(related_name='+', to='members.member', verbose_name='thành viên')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='critique.cycle')),
            ],
            options={
                'ordering': ['round'],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('presented', critique.sealing.fields.EncryptedText(default=str, verbose_name='tự trình bày')),
                ('response', critique.sealing.fields.EncryptedText(default=str, verbose_name='tiếp thu, giải trình chung')),
                ('merits', critique.sealing.fields.EncryptedText(default=str, verbose_name='ưu điểm')),
                ('faults', critique.sealing.fields.EncryptedText(default=str, verbose_name='hạn chế, khuyết điểm')),
                ('duties', critique.sealing.fields.EncryptedText(default=str, verbose_name='việc phải sửa')),
                ('due', critique.sealing.fields.EncryptedText(default=str, verbose_name='thời hạn')),
                ('presented_rev', models.PositiveIntegerField(default=0)),
                ('response_rev', models.PositiveIntegerField(default=0)),
                ('conclusion_rev', models.PositiveIntegerField(default=0)),
                ('said_rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Chưa xét'), ('going', 'Đang xét'), ('closed', 'Đã kết luận')], default='waiting', max_length=8)),
                ('begun_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('seen_way', models.CharField(blank=True, choices=[('own', 'trên máy của mình'), ('device', 'không dùng máy, đã đọc bản in hoặc nghe đọc'), ('room', 'đã nghe đọc tại phòng họp')], max_length=6)),
                ('closed_at', models.DateTimeField(null=True)),
                ('destroyed_on', models.DateField(null=True)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='members.member')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='members.organisation')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='meetings.meeting')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HearingOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('guest', models.CharField(blank=True, max_length=160, verbose_name='đại biểu')),
                ('kind', models.CharField(choices=[('opinion', 'Ý kiến góp ý'), ('reserved', 'Ý kiến bảo lưu')], default='opinion', max_length=8)),
                ('words', critique.sealing.fields.EncryptedText(default=str, verbose_name='ý kiến')),
                ('stance', models.CharField(blank=True, choices=[('accepts', 'Tiếp thu'), ('explains', 'Giải trình'), ('nothing', 'Không có ý kiến thêm')], max_length=8)),
                ('reply', critique.sealing.fields.EncryptedText(default=str, verbose_name='trả lời')),
                ('ruling', critique.sealing.fields.EncryptedText(default=str, verbose_name='kết luận của chủ trì')),
                ('words_rev', models.PositiveIntegerField(default=0)),
                ('reply_rev', models.PositiveIntegerField(default=0)),
                ('ruling_rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('given_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('dropped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='critique.hearing')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('speaker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearing_opinions', to='members.member')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(blank=True, choices=[('full', 'Đảng viên chính thức'), ('probationary', 'Đảng viên dự bị'), ('exempt', 'Được miễn công tác và sinh hoạt'), ('temporary_in', 'Sinh hoạt tạm thời đến'), ('temporary_out', 'Sinh hoạt tạm thời đi nơi khác'), ('suspended', 'Đình chỉ sinh hoạt'), ('left', 'Đã chuyển đi hoặc ra khỏi chi bộ'), ('secretary', 'Bí thư'), ('deputy', 'Phó bí thư'), ('committee_member', 'Chi uỷ viên'), ('superior', 'Cấp uỷ viên cấp trên theo dõi')], max_length=20)),
                ('reason', models.CharField(max_length=10)),
                ('writes', models.BooleanField(verbose_name='viết bản kiểm điểm')),
                ('overridden', models.BooleanField(default=False)),
                ('note', critique.sealing.fields.EncryptedText(default=str, verbose_name='lý do chi uỷ quyết định khác')),
                ('form', models.CharField(choices=[('01', 'Mẫu 01 – báo cáo của tập thể'), ('02A', 'Mẫu 02A – giữ chức vụ lãnh đạo, quản lý'), ('02B', 'Mẫu 02B – không giữ chức vụ lãnh đạo, quản lý'), ('02C', 'Mẫu 02C – không làm việc trong hệ thống chính trị')], default='02B', max_length=3, verbose_name='mẫu')),
                ('on_paper', models.BooleanField(default=False, verbose_name='nộp bản giấy')),
                ('destroyed_on', models.DateField(null=True)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='critique.cycle')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='members.member')),
                ('typist', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người nhập thay')),
            ],
        ),
        migrations.CreateModel(
            name='LevelEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('self', 'Tự xếp loại'), ('proposed', 'Chi bộ đề xuất'), ('appraised', 'Cấp trên thẩm định'), ('decided', 'Quyết định'), ('notified', 'Đã được thông báo'), ('complaint', 'Kiến nghị, khiếu nại'), ('answer', 'Trả lời kiến nghị, khiếu nại'), ('changed', 'Quyết định xếp loại lại (Mẫu 03)'), ('published', 'Công bố')], max_length=10)),
                ('level', models.CharField(blank=True, choices=[('excellent', 'Hoàn thành xuất sắc nhiệm vụ'), ('good', 'Hoàn thành tốt nhiệm vụ'), ('done', 'Hoàn thành nhiệm vụ'), ('not_done', 'Không hoàn thành nhiệm vụ')], max_length=10)),
                ('words', critique.sealing.fields.EncryptedText(default=str, verbose_name='lý do, nội dung')),
                ('document', models.CharField(blank=True, max_length=120, verbose_name='số, ký hiệu văn bản')),
                ('document_date', models.DateField(null=True, verbose_name='ngày văn bản')),
                ('recorded_at', models.DateTimeField()),
                ('ballot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='critique.ballot')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='critique.participant')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='hearing',
            name='participant',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='critique.participant'),
        ),
        migrations.CreateModel(
            name='DossierEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('paper', 'Đã có bản giấy'), ('asked', 'Đã đề nghị, đang chờ'), ('none', 'Không phát sinh'), ('exempt', 'Thuộc diện không phải có')], max_length=6)),
                ('sent_on', models.DateField(null=True, verbose_name='ngày đề nghị')),
                ('received_on', models.DateField(null=True, verbose_name='ngày nhận')),
                ('note', critique.sealing.fields.EncryptedText(default=str, verbose_name='ghi chú')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier', to='critique.participant')),
            ],
            options={
                'ordering': ['item'],
            },
        ),
        migrations.CreateModel(
            name='BallotLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('excellent', models.PositiveSmallIntegerField(null=True)),
                ('good', models.PositiveSmallIntegerField(null=True)),
                ('done', models.PositiveSmallIntegerField(null=True)),
                ('not_done', models.PositiveSmallIntegerField(null=True)),
                ('unrated', models.PositiveSmallIntegerField(null=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='critique.ballot')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballot_lines', to='critique.participant')),
            ],
        ),
        migrations.CreateModel(
            name='PrepNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noted', critique.sealing.fields.EncryptedText(default=str, verbose_name='điều ghi nhận')),
                ('wish', critique.sealing.fields.EncryptedText(default=str, verbose_name='điều đề nghị sửa')),
                ('grounds', critique.sealing.fields.EncryptedText(default=str, verbose_name='căn cứ')),
                ('suggestion', critique.sealing.fields.EncryptedText(default=str, verbose_name='đề nghị cụ thể')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='critique.participant')),
            ],
        ),
        migrations.CreateModel(
            name='Proceedings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', critique.sealing.fields.EncryptedJSON(default=dict, verbose_name='biên bản đầy đủ')),
                ('fingerprint', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('cycle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proceedings', to='critique.cycle')),
                ('sealed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Remedy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('mark', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('row', models.PositiveSmallIntegerField(null=True)),
                ('source', models.CharField(choices=[('self_review', 'Bản kiểm điểm'), ('suggestion', 'Gợi ý kiểm điểm'), ('inspection', 'Kết luận kiểm tra, giám sát'), ('opinion', 'Góp ý tại hội nghị')], max_length=12, verbose_name='nguồn')),
                ('shortcoming', critique.sealing.fields.EncryptedText(default=str, verbose_name='hạn chế, khuyết điểm')),
                ('cause', critique.sealing.fields.EncryptedText(default=str, verbose_name='nguyên nhân')),
                ('measure', critique.sealing.fields.EncryptedText(default=str, verbose_name='biện pháp')),
                ('finished_when', critique.sealing.fields.EncryptedText(default=str, verbose_name='thế nào là đã khắc phục')),
                ('due_on', models.DateField(null=True, verbose_name='thời hạn')),
                ('state', models.CharField(choices=[('not_yet', 'Chưa khắc phục'), ('going', 'Đang khắc phục'), ('done', 'Đã khắc phục'), ('closed', 'Đã đóng')], default='not_yet', max_length=8)),
                ('entered_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('destroyed_on', models.DateField(null=True)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='members.member')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='members.organisation')),
                ('cycle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='critique.cycle')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='người giúp đỡ')),
                ('recurs', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recurrences', to='critique.remedy')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RemedyCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField(verbose_name='ngày rà soát')),
                ('planned_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(null=True)),
                ('found', models.CharField(blank=True, choices=[('not_yet', 'Chưa khắc phục'), ('going', 'Đang khắc phục'), ('done', 'Đã khắc phục')], max_length=8)),
                ('words', critique.sealing.fields.EncryptedText(default=str, verbose_name='nhận xét')),
                ('checked_at', models.DateTimeField(null=True)),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='critique.remedy')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='RemedyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('report', 'Tiến độ'), ('close', 'Chi uỷ kết luận đã khắc phục'), ('reopen', 'Chi uỷ mở lại')], max_length=8)),
                ('state', models.CharField(choices=[('not_yet', 'Chưa khắc phục'), ('going', 'Đang khắc phục'), ('done', 'Đã khắc phục'), ('closed', 'Đã đóng')], max_length=8)),
                ('words', critique.sealing.fields.EncryptedText(default=str)),
                ('noted_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='critique.remedy')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='SealedDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(max_length=40)),
                ('thing', models.PositiveBigIntegerField()),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('texts', critique.sealing.fields.EncryptedJSON(default=dict)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SelfReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', critique.sealing.fields.EncryptedJSON(default=dict, verbose_name='nội dung')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('by_author', models.BooleanField(default=False)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('late', models.BooleanField(default=False)),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='critique.participant')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ReviewCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('body', critique.sealing.fields.EncryptedJSON(default=dict)),
                ('kept_at', models.DateTimeField()),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='critique.selfreview')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='remedy',
            name='review',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='critique.selfreview'),
        ),
        migrations.CreateModel(
            name='ReadingLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField()),
                ('way', models.CharField(choices=[('screen', 'đọc trên màn hình'), ('paper', 'tải bản in')], default='screen', max_length=6)),
                ('key', models.UUIDField(null=True)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='critique.selfreview')),
            ],
            options={
                'ordering': ['read_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='criticism',
            index=models.Index(fields=['cell', 'state'], name='criticism_of_cell'),
        ),
        migrations.AddConstraint(
            model_name='criticism',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'answered', 'withdrawn'])), name='criticism_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='criticism',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', False), ('replied_by__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('replied_at__isnull', True), ('replied_by__isnull', True)), _connector='OR'), name='criticism_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='criticism',
            constraint=models.CheckConstraint(condition=models.Q(('to_member', models.F('sender')), _negated=True), name='nobody_writes_to_oneself'),
        ),
        migrations.AddConstraint(
            model_name='criticismdelay',
            constraint=models.UniqueConstraint(fields=('row', 'number'), name='criticismdelay_number_once'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.UniqueConstraint(fields=('cell', 'year'), name='one_review_a_year'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['plan', 'open', 'reading', 'met', 'closed'])), name='cycle_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('cycle', 'round'), name='one_ballot_a_round'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('chair_signed_at__isnull', False), ('counted_at__isnull', False), ('head_signed_at__isnull', False)), _connector='OR'), name='ballot_confirmed_by_both'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('returned__isnull', True), models.Q(('issued__gte', models.F('returned')), ('present__gte', models.F('issued')), ('returned', django.db.models.expressions.CombinedExpression(models.F('valid'), '+', models.F('invalid')))), _connector='OR'), name='ballot_papers_add_up'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('present__isnull', True), ('summoned__gte', models.F('present')), _connector='OR'), name='ballot_present_were_summoned'),
        ),
        migrations.AddConstraint(
            model_name='hearingopinion',
            constraint=models.UniqueConstraint(fields=('hearing', 'number'), name='hearing_opinion_number_once'),
        ),
        migrations.AddConstraint(
            model_name='hearingopinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guest', ''), ('speaker__isnull', False)), models.Q(('speaker__isnull', True), models.Q(('guest', ''), _negated=True)), _connector='OR'), name='no_opinion_without_a_name'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('cycle', 'member'), name='once_in_a_review'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('member__isnull', True)), fields=('cycle',), name='one_collective_a_review'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('form', '01'), ('member__isnull', True)), models.Q(('member__isnull', False), models.Q(('form', '01'), _negated=True)), _connector='OR'), name='form_01_is_the_collectives'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['01', '02A', '02B', '02C'])), name='participant_form_is_known'),
        ),
        migrations.AddConstraint(
            model_name='levelentry',
            constraint=models.UniqueConstraint(fields=('participant', 'number'), name='level_entry_number_once'),
        ),
        migrations.AddConstraint(
            model_name='levelentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['self', 'proposed', 'appraised', 'decided', 'notified', 'complaint', 'answer', 'changed', 'published'])), name='level_entry_is_known'),
        ),
        migrations.AddConstraint(
            model_name='levelentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('self', 'proposed', 'appraised', 'decided', 'changed', 'published')), ('level__in', ['excellent', 'good', 'done', 'not_done'])), models.Q(models.Q(('kind__in', ('self', 'proposed', 'appraised', 'decided', 'changed', 'published')), _negated=True), ('level', '')), _connector='OR'), name='level_entry_with_its_level'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.UniqueConstraint(fields=('meeting', 'about'), name='heard_once_at_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', True), ('participant__isnull', False)), models.Q(('about__isnull', False), ('meeting__isnull', False), ('participant__isnull', True)), _connector='OR'), name='hearing_at_one_place'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'going', 'closed'])), name='hearing_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seen_at__isnull', True), ('seen_by__isnull', True), ('seen_way', '')), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False), models.Q(('seen_way', ''), _negated=True)), _connector='OR'), name='hearing_seen_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('seen_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='hearing_closed_after_it_was_seen'),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.UniqueConstraint(fields=('participant', 'item'), name='dossier_item_once'),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['paper', 'asked', 'none', 'exempt'])), name='dossier_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.CheckConstraint(condition=models.Q(('item__gte', 1), ('item__lte', 9)), name='dossier_item_is_one_of_nine'),
        ),
        migrations.AddConstraint(
            model_name='ballotline',
            constraint=models.UniqueConstraint(fields=('ballot', 'participant'), name='one_line_per_subject'),
        ),
        migrations.AddConstraint(
            model_name='prepnote',
            constraint=models.UniqueConstraint(fields=('participant', 'author'), name='one_note_about_somebody'),
        ),
        migrations.AddIndex(
            model_name='remedycheck',
            index=models.Index(fields=['due_on'], name='checks_by_day'),
        ),
        migrations.AddConstraint(
            model_name='remedycheck',
            constraint=models.UniqueConstraint(fields=('remedy', 'number'), name='check_number_once'),
        ),
        migrations.AddConstraint(
            model_name='remedycheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True), ('found', '')), models.Q(models.Q(('found', ''), _negated=True), ('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='check_found_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='remedynote',
            constraint=models.UniqueConstraint(fields=('remedy', 'number'), name='note_number_once'),
        ),
        migrations.AddConstraint(
            model_name='sealeddraft',
            constraint=models.UniqueConstraint(fields=('author', 'sheet', 'thing'), name='critique_one_draft_of_a_form'),
        ),
        migrations.AddConstraint(
            model_name='selfreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('late', False), ('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='submitted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='reviewcopy',
            constraint=models.UniqueConstraint(fields=('review', 'number'), name='copy_number_once'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(fields=['cell', 'state'], name='remedy_of_cell'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.UniqueConstraint(fields=('review', 'row'), name='a_promise_once'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['not_yet', 'going', 'done', 'closed'])), name='remedy_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='remedy_closed_with_its_time'),
        ),
        migrations.AddConstraint(
            model_name='readinglog',
            constraint=models.UniqueConstraint(fields=('review', 'reader', 'key', 'way'), name='one_opening_per_click'),
        ),
        members.append_only.AppendOnly(
            model='LevelEntry',
            but=('words',),
        ),
        members.append_only.AppendOnly(
            model='ReadingLog',
        ),
    ]
