"""Organisations, people, posts, accounts."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import members.append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('full_name', models.CharField(max_length=80, verbose_name='họ và tên')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='ngày sinh')),
                ('admitted_on', models.DateField(blank=True, null=True, verbose_name='ngày kết nạp')),
                ('official_on', models.DateField(blank=True, null=True, verbose_name='ngày chính thức')),
                ('has_device', models.BooleanField(default=True, help_text='Bỏ chọn nếu đồng chí cần bản in và người nhập thay.', verbose_name='dùng máy riêng')),
            ],
            options={
                'verbose_name': 'đảng viên',
                'verbose_name_plural': 'đảng viên',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('member', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account', to='members.member', verbose_name='đảng viên')),
            ],
            options={
                'verbose_name': 'tài khoản',
                'verbose_name_plural': 'tài khoản',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('committee', 'Cấp uỷ cấp trên'), ('cell', 'Chi bộ')], default='cell', max_length=12, verbose_name='loại')),
                ('name', models.CharField(max_length=120, verbose_name='tên gọi')),
                ('paper_name', models.CharField(help_text='Viết hoa như trên giấy, ví dụ CHI BỘ VĂN PHÒNG.', max_length=160, verbose_name='tên trên văn bản')),
                ('superior_line', models.CharField(blank=True, help_text='Ví dụ ĐẢNG BỘ PHƯỜNG …', max_length=200, verbose_name='dòng cấp trên trên văn bản')),
                ('place_name', models.CharField(blank=True, max_length=80, verbose_name='địa danh')),
                ('symbol', models.CharField(default='CB', max_length=20, verbose_name='ký hiệu trên văn bản')),
                ('term_started_on', models.DateField(blank=True, help_text='Số văn bản chạy lại từ 01 theo nhiệm kỳ.', null=True, verbose_name='nhiệm kỳ bắt đầu từ')),
                ('number_minutes', models.BooleanField(default=True, verbose_name='đánh số biên bản')),
                ('date_minutes', models.BooleanField(default=True, verbose_name='ghi địa danh, ngày trên biên bản')),
                ('chair_signs_left', models.BooleanField(default=False, verbose_name='chủ trì ký bên trái')),
                ('path', models.CharField(blank=True, db_index=True, editable=False, max_length=400)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='members.organisation', verbose_name='cấp trên trực tiếp')),
            ],
            options={
                'verbose_name': 'tổ chức',
                'verbose_name_plural': 'tổ chức',
                'ordering': ['path', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('pk')), _negated=True), name='organisation_is_not_its_own_parent')],
            },
        ),
        migrations.AddField(
            model_name='member',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='members.organisation', verbose_name='nơi giữ hồ sơ'),
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=20)),
                ('thing_pk', models.BigIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('what', models.CharField(max_length=40)),
                ('happened_at', models.DateTimeField()),
                ('key', models.UUIDField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('data', models.JSONField(default=dict)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'ordering': ['thing', 'thing_pk', 'number'],
                'constraints': [models.UniqueConstraint(fields=('thing', 'thing_pk', 'number'), name='event_number_once'), models.UniqueConstraint(fields=('thing', 'thing_pk', 'key'), name='event_key_once')],
            },
        ),
        migrations.CreateModel(
            name='PaperNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=4)),
                ('term_started_on', models.DateField()),
                ('number', models.PositiveIntegerField()),
                ('given_at', models.DateTimeField()),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_numbers', to='members.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cell', 'kind', 'term_started_on', 'number'), name='one_number_per_kind_and_term')],
            },
        ),
        migrations.CreateModel(
            name='SignInSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('full', 'Đảng viên chính thức'), ('probationary', 'Đảng viên dự bị'), ('exempt', 'Được miễn công tác và sinh hoạt'), ('temporary_in', 'Sinh hoạt tạm thời đến'), ('temporary_out', 'Sinh hoạt tạm thời đi nơi khác'), ('suspended', 'Đình chỉ sinh hoạt'), ('left', 'Đã chuyển đi hoặc ra khỏi chi bộ'), ('secretary', 'Bí thư'), ('deputy', 'Phó bí thư'), ('committee_member', 'Chi uỷ viên'), ('superior', 'Cấp uỷ viên cấp trên theo dõi')], max_length=20, verbose_name='tư cách, chức vụ')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='members.member', verbose_name='đảng viên')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='members.organisation', verbose_name='tổ chức')),
            ],
            options={
                'verbose_name': 'tư cách, chức vụ',
                'verbose_name_plural': 'tư cách, chức vụ',
                'ordering': ['-starts_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='tenure_ends_after_it_starts'), models.UniqueConstraint(fields=('member', 'organisation', 'kind', 'starts_on'), name='tenure_starts_once')],
            },
        ),
        members.append_only.AppendOnly(
            model='Event',
        ),
    ]
