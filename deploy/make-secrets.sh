#!/bin/sh
# Makes every secret that compose.yaml names, once; what is there already stays. Run it beside compose.yaml:
#
#   sh deploy/make-secrets.sh
#
# The folder is its owner's alone, which keeps everybody else on this machine out. The files in it may be read by
# whoever gets to them: a container is given the very file, and its process is nobody that this machine knows.
set -eu
umask 077
folder=${1:-secrets}
mkdir -p "$folder"
chmod 700 "$folder"

# Letters and digits, of so many random bytes: they go into addresses as they are.
random() {
    head -c "$1" /dev/urandom | od -An -tx1 | tr -d ' \n'
}

put() { # name, text
    printf '%s\n' "$2" > "$folder/.$1"
    chmod 444 "$folder/.$1"
    mv "$folder/.$1" "$folder/$1"
    echo "Made $folder/$1"
}

keep() { # name, text
    [ -e "$folder/$1" ] || put "$1" "$2"
}

# An address holds a password of another file, and follows it.
follow() { # name, text
    [ "$(cat "$folder/$1" 2>/dev/null)" = "$2" ] || put "$1" "$2"
}

keep POSTGRES_PASSWORD "$(random 24)"
keep DATABASE_PASSWORD "$(random 24)"
keep REDIS_PASSWORD "$(random 24)"
follow DATABASE_URL "postgresql://ballast:$(cat "$folder/DATABASE_PASSWORD")@postgres:5432/ballast"
follow REDIS_URL "redis://:$(cat "$folder/REDIS_PASSWORD")@redis:6379/0"
keep BALLAST_CALLBACK_SECRET "whsec_$(head -c 24 /dev/urandom | base64)"
keep BALLAST_SEALING_KEY "$(head -c 32 /dev/urandom | base64)"

# Nobody but you has these: empty until you fill them in, and an empty one is as good as none.
for name in BALLAST_OIDC_CLIENT_SECRET BALLAST_S3_ACCESS_KEY BALLAST_S3_SECRET_KEY BALLAST_LLM_KEY; do
    keep "$name" ""
done
