# shellcheck shell=bash disable=SC2154
# HTTPS: a certificate that was given, one from an authority of our own, or one from Let's Encrypt.

certificate() {
    local tls=$etc/tls
    install -d -m 700 "$tls"
    if [ -n "$cert" ]; then
        [ "$(openssl x509 -in "$cert" -noout -pubkey)" = "$(openssl pkey -in "$key" -pubout)" ] ||
            refuse "chứng thư $cert và khoá $key không đi với nhau."
        say "Dùng chứng thư được giao"
        install -m 600 "$key" "$tls/server.key"
        install -m 644 "$cert" "$tls/server.crt"
        rm -f "$tls/authority.key" "$tls/authority.crt"
    elif [ ! -e "$tls/server.crt" ] || { [ -e "$tls/authority.key" ] && ! fits "$tls/server.crt" 90; }; then
        say "Lập chứng thư nội bộ cho $domain"
        own_certificate "$tls"
    fi
}

fits() { # FILE DAYS: for this name, and for so many days more
    openssl x509 -in "$1" -noout -checkend $(($2 * 86400)) >/dev/null &&
        openssl x509 -in "$1" -noout -checkhost "$domain" | grep -q 'does match'
}

# An authority that can vouch for this one name alone: devices that trust it trust it for nothing else.
own_certificate() (
    umask 077
    cd "$1" || exit
    curve=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
    if [ ! -e authority.key ] || ! openssl x509 -in authority.crt -noout -ext nameConstraints | grep -q "DNS:$domain\$"; then
        openssl req -x509 "${curve[@]}" -keyout authority.key -out authority.crt -days 3650 -extensions ours -config - 2>/dev/null <<TEXT
[req]
distinguished_name = name
prompt = no
[name]
CN = Chibo $domain
[ours]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, permitted;DNS:$domain
TEXT
    fi
    openssl req "${curve[@]}" -keyout server.key -subj "/CN=$domain" -out server.csr 2>/dev/null
    openssl x509 -req -in server.csr -CA authority.crt -CAkey authority.key -days 800 -out server.crt 2>/dev/null -extfile - <<TEXT
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:$domain
TEXT
    rm server.csr
    chmod 644 server.crt authority.crt
)

from_acme() {
    say "Xin chứng thư Let's Encrypt cho $domain"
    install -D -m 755 "$new/deploy/renewed" /etc/letsencrypt/renewal-hooks/deploy/chibo
    certbot certonly --webroot -w /var/lib/chibo-acme --cert-name chibo -d "$domain" -m "$acme" --agree-tos \
        --non-interactive --quiet ||
        refuse "không xin được chứng thư: tên $domain phải trỏ về máy này và cổng 80 phải vào được từ Internet. Máy chủ đang chạy bằng chứng thư nội bộ."
    RENEWED_LINEAGE=/etc/letsencrypt/live/chibo "$new/deploy/renewed"
    rm -f "$etc/tls/authority.key" "$etc/tls/authority.crt"
}
