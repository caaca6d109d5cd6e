# shellcheck shell=bash disable=SC2154
# What is wrong with this machine, a line each; nothing is changed.

bad=0
well() { printf 'Đạt       %s\n' "$*"; }
wrong() { printf 'CHƯA ĐẠT  %s\n' "$*"; bad=$((bad + 1)); }
note() { printf 'Lưu ý     %s\n' "$*"; }

check_it() {
    # What fails here is what is told: it ends nothing.
    set +eo pipefail
    domain=$(setting CHIBO_ALLOWED_HOSTS)
    domain=${domain%%,*}
    check_settings
    check_program
    check_certificate
    check_backups
    # The rest asks the machine itself, which a tree of files is not.
    [ -n "$root" ] || check_running
    if [ "$bad" = 0 ]; then
        echo 'Máy chủ ổn.'
        return 0
    fi
    printf '%s điều chưa đạt.\n' "$bad"
    return 1
}

check_running() {
    check_services
    check_database
    check_clock
    check_room
    check_proxy
}

check_settings() {
    local name file missing=()
    for file in chibo.env owner.env backup.env; do
        if [ ! -e "$root$etc/$file" ]; then
            wrong "cài đặt: thiếu tệp $etc/$file"
        elif [ -n "$(find "$root$etc/$file" -perm /077)" ]; then
            wrong "cài đặt: tệp $etc/$file người khác đọc được; sửa bằng chmod 600"
        fi
    done
    [ -e "$root$etc/chibo.env" ] || return 0
    for name in CHIBO_SECRET_KEY CHIBO_CRITIQUE_KEYS CHIBO_ALLOWED_HOSTS CHIBO_ADDRESS CHIBO_TRUSTED_PROXY DATABASE_URL; do
        [ -n "$(setting "$name")" ] || missing+=("$name")
    done
    if [ ${#missing[@]} -gt 0 ]; then wrong "cài đặt: chưa đặt ${missing[*]}"; else well 'cài đặt'; fi
    [[ ! $(setting CHIBO_DEBUG) =~ ^(1|true|yes|on)$ ]] || wrong 'cài đặt: CHIBO_DEBUG đang bật'
    [ -n "$(setting CHIBO_EMAIL_HOST)" ] || note 'thư: chưa đặt CHIBO_EMAIL_HOST, không gửi thư nhắc'
}

check_program() {
    local program
    program=$(readlink -e "$root$opt/current" || true)
    if [ -z "$program" ] || [ ! -e "$program/ready" ]; then
        wrong "chương trình: chưa có ở $opt/current"
    else
        well "chương trình: bản $(basename "$program")"
    fi
}

check_certificate() {
    local file=$root$etc/tls/server.crt until
    if [ ! -e "$file" ]; then
        wrong "chứng thư: chưa có $etc/tls/server.crt"
        return 0
    fi
    until=$(date -d "$(openssl x509 -in "$file" -noout -enddate | cut -d= -f2)" +%d/%m/%Y)
    if ! openssl x509 -in "$file" -noout -checkend 0 >/dev/null; then
        wrong "chứng thư: đã hết hạn ngày $until"
    elif ! openssl x509 -in "$file" -noout -checkend $((21 * 86400)) >/dev/null; then
        wrong "chứng thư: sắp hết hạn, ngày $until"
    elif ! fits "$file" 0; then
        wrong "chứng thư: không phải của $domain"
    else
        well "chứng thư: đến ngày $until"
    fi
}

check_backups() {
    local newest hours
    newest=$(find "$root$backups" -maxdepth 1 -name 'chibo-*.backup' -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 1)
    if [ -z "$newest" ]; then
        wrong "sao lưu: chưa có tệp nào ở $backups"
        return 0
    fi
    hours=$((($(date +%s) - ${newest%%.*}) / 3600))
    if [ "$hours" -gt 26 ]; then
        wrong "sao lưu: tệp mới nhất đã $hours giờ trước; xem journalctl -u chibo-backup"
    else
        well "sao lưu: ${newest#* }"
    fi
    if [ -z "$root" ] && [ "$(stat -c %d "$backups")" = "$(stat -c %d "$state")" ]; then
        note "sao lưu: cùng đĩa với dữ liệu; hãy chép đi nơi khác hoặc gắn đĩa khác vào $backups"
    fi
}

check_services() {
    local unit
    for unit in chibo-server.socket chibo-server.service nginx.service chibo-backup.timer chibo-remind.timer; do
        if systemctl is-active -q "$unit"; then well "dịch vụ $unit"; else wrong "dịch vụ $unit không chạy; xem journalctl -u $unit"; fi
    done
    for unit in chibo-backup.service chibo-remind.service; do
        ! systemctl is-failed -q "$unit" || wrong "dịch vụ $unit: lần chạy gần nhất hỏng; xem journalctl -u $unit"
    done
}

check_database() {
    local program said
    program=$(current)
    [ -n "$program" ] || return 0
    if ! said=$(manage "$program" migrate --check 2>&1); then
        if [[ $said == *OperationalError* ]]; then
            wrong "cơ sở dữ liệu: không trả lời; xem systemctl status postgresql, và DATABASE_URL"
        else
            wrong "cơ sở dữ liệu: chưa lên bước của bản này; chạy sudo chibo bring_up_to_date. $(tail -n 1 <<<"$said")"
        fi
    elif ! said=$(manage "$program" check --deploy --database default --fail-level WARNING 2>&1); then
        wrong 'cơ sở dữ liệu, vai, cài đặt: chương trình báo'
        grep -E '^\?:|HINT' <<<"$said" | sed 's/^/            /' || tail -n 3 <<<"$said"
    else
        well 'cơ sở dữ liệu và hai vai'
    fi
}

check_clock() {
    if [ "$(timedatectl show -p NTPSynchronized --value 2>/dev/null)" = yes ]; then
        well 'đồng hồ'
    else
        wrong "đồng hồ: $(date '+%H:%M %d/%m/%Y'), chưa so với máy chủ giờ nào; cài systemd-timesyncd hoặc chrony, ở mạng khép kín thì nêu máy chủ giờ của mạng"
    fi
}

check_room() {
    local place left share
    for place in "$state" "$backups" /var/lib/postgresql; do
        [ -d "$place" ] || continue
        read -r left share < <(df --output=avail,pcent -m "$place" | tail -n 1 | tr -d %)
        if [ "$left" -lt 1000 ] || [ "$share" -gt 95 ]; then
            wrong "đĩa của $place: còn $left MB, đã dùng $share %"
        else
            well "đĩa của $place: còn $left MB"
        fi
    done
}

check_proxy() {
    local code
    [ -n "$domain" ] || return 0
    code=$(curl -sk --noproxy '*' -o /dev/null -m 10 -w '%{http_code}' --resolve "$domain:443:127.0.0.1" "https://$domain/sign-in/" || true)
    if [[ $code =~ ^(200|302)$ ]]; then
        well "proxy: https://$domain/ trả lời"
    else
        wrong "proxy: https://$domain/ trả lời $code; xem journalctl -u nginx -u chibo-server"
    fi
    getent hosts "$domain" >/dev/null || note "tên miền: máy này không biết $domain ở đâu; các máy khác có thể cũng vậy"
}
