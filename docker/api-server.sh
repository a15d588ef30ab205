#!/bin/sh
# Start the API server with the administrator's password from its secret. Airflow wants it in a
# file of its own: that one lies in this container's memory only.
set -eu
umask 077
secrets=${SECRETS:-/run/secrets}
python -c 'import json, sys; json.dump({"admin": sys.stdin.read().strip()}, sys.stdout)' \
    < "$secrets/admin_password" \
    > "${AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE:?}"
exec airflow api-server "$@"
