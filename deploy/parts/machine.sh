# shellcheck shell=bash disable=SC2154
# What the program stands on: packages, account, secrets, units, database.

packages() {
    local wanted=(postgresql nginx openssl curl tzdata python3 python3-venv) missing=() package
    [ -z "$acme" ] || wanted+=(certbot)
    # Deadlines and sealed moments hang on the clock.
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' chrony ntpsec openntpd systemd-timesyncd 2>/dev/null |
        grep -q '^installed' || wanted+=(systemd-timesyncd)
    for package in "${wanted[@]}"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Cài gói của hệ điều hành: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null || refuse "không hỏi được kho gói của hệ điều hành."
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null 2>"$opt/.apt" || {
        tail -n 5 "$opt/.apt" >&2
        refuse "hệ điều hành không cài được các gói trên."
    }
    rm "$opt/.apt"
}

account() {
    getent passwd chibo >/dev/null || {
        say "Lập tài khoản hệ thống chibo"
        useradd --system --user-group --home-dir "$state" --no-create-home --shell /usr/sbin/nologin chibo
    }
    install -d -m 700 -o chibo -g chibo "$state" "$state/media" "$cache" "$cache/papers" "$backups"
    install -d -m 755 /var/lib/chibo-acme "$opt"
}

# Made once. What stands there is never written over: without these keys nobody reads the self-reviews again.
secret_file() { # NAME, lines on standard input
    local file="$root$etc/$1"
    if [ -e "$file" ]; then return 0; fi
    say "Lập tệp $etc/$1 (chỉ root đọc được)"
    (umask 077 && cat >"$file.new")
    ln "$file.new" "$file" && rm "$file.new"
}

secrets() {
    install -d -m 755 "$root$etc" "$root$etc/trust"
    secret_file chibo.env <<TEXT
# Cài đặt của máy chủ; mọi tên có giải thích ở $opt/current/.env.example. Sửa xong: systemctl restart chibo-server
# Cất một bản của hai khoá dưới đây ở nơi khác, không để cùng các tệp sao lưu.
CHIBO_SECRET_KEY=$(random 64)
CHIBO_CRITIQUE_KEYS=$(random 32)
CHIBO_ALLOWED_HOSTS=$domain
CHIBO_ADDRESS=https://$domain
CHIBO_TRUSTED_PROXY=1
CHIBO_MEDIA_ROOT=$state/media
CHIBO_TRUST_FOLDER=$etc/trust
# Vai phục vụ: vào bằng tài khoản hệ thống chibo, không có mật khẩu.
DATABASE_URL=postgres://chibo@/chibo?host=/var/run/postgresql
CHIBO_EMAIL_HOST=
CHIBO_EMAIL_USER=
CHIBO_EMAIL_PASSWORD=
CHIBO_EMAIL_FROM=chibo@$domain
TEXT
    secret_file owner.env <<TEXT
# Vai làm chủ các bảng: chỉ dùng khi cập nhật và khôi phục. Chương trình phục vụ không biết mật khẩu này.
DATABASE_OWNER_URL=postgres://chibo_owner:$(random 32)@127.0.0.1:5432/chibo
TEXT
    secret_file backup.env <<TEXT
# Mật khẩu của các tệp sao lưu. Cất một bản ở nơi khác: mất nó thì không mở được tệp nào.
CHIBO_BACKUP_PASSPHRASE=$(random 24)
TEXT
}

# Units, the proxy's configuration, the command “chibo”: as the release at hand brings them.
configuration() { # RELEASE
    local from=$1/deploy units=$root/etc/systemd/system
    say "Ghi dịch vụ, hẹn giờ và cấu hình proxy"
    install -d "$units/chibo-.service.d" "$units/nginx.service.d" "$root/usr/local/sbin"
    install -m 644 "$from"/systemd/*.service "$from"/systemd/*.socket "$from"/systemd/*.timer "$units/"
    install -m 644 "$from/systemd/chibo-.service.d/shared.conf" "$units/chibo-.service.d/"
    install -m 644 "$from/nginx-service.conf" "$units/nginx.service.d/chibo.conf"
    install -m 755 "$from/chibo" "$root/usr/local/sbin/chibo"
    sed "s/@DOMAIN@/$domain/g" "$from/nginx.conf" >"$root$etc/nginx.conf.new"
    [ -e /proc/net/if_inet6 ] || sed -i '/listen \[::\]/d' "$root$etc/nginx.conf.new"
    mv "$root$etc/nginx.conf.new" "$root$etc/nginx.conf"
}

sql() { (cd / && runuser -u postgres -- psql -XqtA -v ON_ERROR_STOP=1 "$@"); }

# Two roles: one owns the tables, the other serves (README, "Two roles").
database() {
    local password
    [[ $(setting DATABASE_URL) == *@/chibo\?host=/var/run/postgresql ]] || {
        say "Cơ sở dữ liệu do người quản trị tự đặt trong $etc/chibo.env: để nguyên"
        return 0
    }
    systemctl start postgresql
    [ "$(sql -c 'SHOW port')" = 5432 ] || refuse "PostgreSQL của máy này không ở cổng 5432."
    say "Vai và cơ sở dữ liệu PostgreSQL"
    password=$(sed -n 's|^DATABASE_OWNER_URL=postgres://chibo_owner:\([^@]*\)@.*|\1|p' "$etc/owner.env")
    [ "$(sql -c "SELECT 1 FROM pg_roles WHERE rolname = 'chibo'")" = 1 ] || sql -c 'CREATE ROLE chibo LOGIN'
    [ "$(sql -c "SELECT 1 FROM pg_roles WHERE rolname = 'chibo_owner'")" = 1 ] || sql -c 'CREATE ROLE chibo_owner LOGIN'
    sql <<<"ALTER ROLE chibo_owner PASSWORD '$password'"
    [ "$(sql -c "SELECT 1 FROM pg_database WHERE datname = 'chibo'")" = 1 ] ||
        sql -c "CREATE DATABASE chibo OWNER chibo_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    sql -c 'REVOKE ALL ON DATABASE chibo FROM PUBLIC' -c 'GRANT CONNECT ON DATABASE chibo TO chibo'
}
