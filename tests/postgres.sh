#!/usr/bin/env bash
# Runs a command on a PostgreSQL of its own that lives as long as the command, e.g. tests/postgres.sh pytest tests/web
# Reachable over a socket in a temporary folder and nowhere else; nothing is kept, so nothing is synced to the disk.
# PENATA_POSTGRES_OPTIONS, for measurements: further options of the server, e.g. "-c fsync=on -c shared_buffers=1GB".
set -euo pipefail

bin=${PENATA_POSTGRES_BIN:-$({ ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null || true; } | sort -V | tail -n 1)}
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
[ -x "$bin/initdb" ] || { echo "tests/postgres.sh: initdb tidak ditemukan; pasang postgresql" >&2; exit 3; }

folder=$(mktemp -d /tmp/penata-pg.XXXXXX)
chmod 755 "$folder"
as=()
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$owner" "$folder"
    as=(setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups)
fi
stop() {
    [ ! -f "$folder/data/postmaster.pid" ] || "${as[@]}" "$bin/pg_ctl" stop -D "$folder/data" -m immediate -s || true
    rm -rf "$folder"
}
trap stop EXIT

cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -U penata -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" ||
    { cat "$folder/initdb.log" >&2; exit 3; }
"${as[@]}" "$bin/pg_ctl" start -D "$folder/data" -w -s -l "$folder/server.log" -o "-c listen_addresses='' \
    -c unix_socket_directories='$folder' -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    ${PENATA_POSTGRES_OPTIONS:-}" || { cat "$folder/server.log" >&2; exit 3; }
"${as[@]}" "$bin/createdb" -h "$folder" -U penata penata
cd "$OLDPWD"

PATH=$bin:$PATH PENATA_DATABASE_URL="postgresql://penata@/penata?host=$folder" "$@"
