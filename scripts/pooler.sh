#!/bin/sh
# The tests of a pooler in front of the database need PgBouncer: Debian's, installed here where that is possible.
command -v pgbouncer >/dev/null 2>&1 && exit 0
[ -x /usr/sbin/pgbouncer ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo -n"
  if $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq pgbouncer >/dev/null; then
    # the tests start their own
    $as_root service pgbouncer stop >/dev/null 2>&1 || true
    exit 0
  fi
fi
echo "No PgBouncer was found. Install it (Debian: apt-get install pgbouncer) and run the tests again." >&2
exit 1
