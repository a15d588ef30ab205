#!/bin/sh
# Before the programs start: look the secrets over, make or upgrade Airflow's tables, then see to
# the four roles and the administrator's password.
set -eu
secrets=${SECRETS:-/run/secrets}

for name in postgres_password fernet_key jwt_secret api_secret_key admin_password; do
    if [ ! -r "$secrets/$name" ]; then
        echo "secrets/$name.txt is not readable for user $(id -u): set PACK_UID to its owner" >&2
        exit 1
    elif [ "$(wc -c < "$secrets/$name")" -lt 20 ]; then
        echo "secrets/$name.txt has under 20 characters: make it as the documentation says" >&2
        exit 1
    fi
done

airflow db migrate
exec python -m pipeline.airflow_roles "$secrets/admin_password"
