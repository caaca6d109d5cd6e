# shellcheck shell=bash disable=SC2154
# The program: each version in a folder of its own, one of them serves, the one before stays to go back to.

# The program in a folder of its own name and content: the same one again is the same folder.
release() {
    local coming=$opt/.coming version digest
    rm -rf "$coming"
    mkdir "$coming"
    tar -C "$here" --exclude-vcs --exclude=./.venv --exclude=./.env --exclude=./var --exclude=./build --exclude=./tests \
        --exclude=./benchmarks --exclude=__pycache__ --exclude='./.*_cache' --exclude=./.hypothesis --exclude=./.git \
        --exclude=./ready --exclude=./migrations -cf - . | tar -C "$coming" --no-same-owner -xf -
    chmod -R u=rwX,go=rX "$coming"
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$coming/pyproject.toml" | head -n 1)
    digest=$(cd "$coming" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-8)
    new=$opt/$version-$digest
    if [ -e "$new/ready" ]; then
        rm -rf "$coming"
        return 0
    fi
    say "Đặt chương trình vào $new"
    [ -d "$new" ] || mv "$coming" "$new"
    rm -rf "$coming"
    if [ -n "$wheels" ]; then
        PIP_NO_INDEX=1 PIP_FIND_LINKS=$(readlink -f "$wheels")
        export PIP_NO_INDEX PIP_FIND_LINKS
    fi
    say "Cài gói Python, và gói mà PDF cần (một, hai phút)"
    PIP_QUIET=1 PIP_ROOT_USER_ACTION=ignore "$new/scripts/prepare" run >/dev/null
    install -d -m 755 "$new/var" "$new/build"
    ln -sfn "$cache/papers" "$new/var/papers"
    say "Gom tệp tĩnh, biên dịch"
    (
        cd "$new" || exit
        # Neither data nor a real secret is needed for this.
        export DATABASE_URL=sqlite:///:memory:
        CHIBO_SECRET_KEY=$(random 64) CHIBO_CRITIQUE_KEYS=$(random 32) && export CHIBO_SECRET_KEY CHIBO_CRITIQUE_KEYS
        .venv/bin/python manage.py collectstatic --noinput --clear --verbosity 0
        .venv/bin/python -m compileall -q -x '/\.venv/' . || true
        # Which step each app's tables are at: what --back compares.
        .venv/bin/python - <<'PYTHON' >migrations
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "chibo.settings"
django.setup()
from django.db.migrations.loader import MigrationLoader
for app, name in sorted(MigrationLoader(None).graph.leaf_nodes()):
    print(app, name)
PYTHON
    )
    chmod -R go=rX "$new"
    touch "$new/ready"
}

# The page for signing in asks the database.
answers() {
    local code='' until=$((SECONDS + 60))
    while [ "$SECONDS" -lt "$until" ]; do
        code=$(curl -s --noproxy '*' -o /dev/null -m 5 -w '%{http_code}' --unix-socket /run/chibo.sock \
            -H "Host: $domain" -H 'X-Forwarded-Proto: https' http://chibo/sign-in/ || true)
        [[ $code =~ ^(200|302)$ ]] && return 0
        sleep 1
    done
    printf 'Chương trình không trả lời (%s). Nhật ký: journalctl -u chibo-server\n' "$code" >&2
    return 1
}

point() { # LINK RELEASE: from one moment to the next
    ln -sfn "$2" "$opt/.link"
    mv -T "$opt/.link" "$opt/$1"
}

stop() { systemctl stop chibo-server.socket chibo-server.service 2>/dev/null || true; }

start() {
    systemctl daemon-reload
    systemctl reset-failed chibo-server.service 2>/dev/null || true
    systemctl enable -q chibo-server.socket chibo-server.service chibo-backup.timer chibo-remind.timer nginx
    systemctl start chibo-server.socket chibo-server.service chibo-backup.timer chibo-remind.timer || true
    # A proxy that was only just installed still runs with the configuration of its package.
    if grep -qs "$etc/nginx.conf" "/proc/$(cat /run/nginx.pid 2>/dev/null)/cmdline"; then
        systemctl reload nginx
    else
        systemctl restart nginx
    fi
}

# Steps of the tables that the other version does not know, as “app name” of where its own end.
steps_back() { # FROM TO
    local app name
    while read -r app name; do
        grep -qx "$app $name" "$2/migrations" || awk -v app="$app" '$1 == app {print; f = 1} END {if (!f) print app, "zero"}' "$2/migrations"
    done <"$1/migrations" | sort -u
}

undo_steps() { # FROM TO, while nothing serves
    local app name
    while read -r app name; do
        say "Đưa các bảng của $app về bước $name"
        manage "$1" migrate "$app" "$name" --verbosity 0 </dev/null || return 1
    done < <(steps_back "$1" "$2")
}

switch() { # NEW; the old one stays beside it
    local old
    old=$(current)
    if [ "$old" = "$1" ]; then
        say "Bản $(basename "$1") đã là bản đang chạy"
        configuration "$1"
        start
        answers || refuse "chương trình không trả lời."
        return 0
    fi
    if [ -n "$old" ]; then
        say "Sao lưu trước khi cập nhật"
        manage "$old" backup "$(backup_name)" >/dev/null
        say "Tạm dừng bản cũ $(basename "$old")"
        stop
    fi
    say "Đưa cơ sở dữ liệu lên bước mới"
    manage "$1" bring_up_to_date >/dev/null || {
        [ -z "$old" ] || return_to "$1" "$old"
        refuse "cơ sở dữ liệu không lên được bước mới (lời báo ở trên)${old:+; bản cũ chạy lại}."
    }
    point current "$1"
    configuration "$1"
    start
    say "Hỏi thử chương trình"
    if answers; then
        [ -z "$old" ] || point previous "$old"
        return 0
    fi
    [ -n "$old" ] || refuse "chương trình chưa chạy được."
    say "Bản mới không trả lời: quay về $(basename "$old")"
    return_to "$1" "$old"
    refuse "bản mới không chạy được; bản cũ đang chạy lại, không mất gì."
}

return_to() { # FROM TO
    stop
    undo_steps "$1" "$2" || {
        [ ! "$(current)" = "$1" ] || start
        refuse "không đưa được cơ sở dữ liệu về bước cũ (lời báo ở trên)."
    }
    point current "$2"
    configuration "$2"
    start
    answers || refuse "bản $(basename "$2") không trả lời."
}

backup_name() { echo "$backups/chibo-$(date +%Y-%m-%d-%H%M%S).backup"; }

# Those two stay: the one that serves and the one to go back to.
forget_older() {
    local one
    for one in "$opt"/*-*/; do
        one=$(readlink -f "$one")
        [ "$one" = "$(current)" ] || [ "$one" = "$(readlink -f "$opt/previous")" ] || rm -rf "$one"
    done
}
