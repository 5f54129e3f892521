#!/bin/sh
# as-observer.sh COMMAND ...: runs a command that looks at this host's network and changes it, as the ordinary user with CAP_NET_RAW and
# CAP_NET_ADMIN. Only an observer's container has them to give.
with=/usr/local/libexec/tcplab/with-net-admin
if ! "$with" true 2>/dev/null; then
  echo "Only an observer may do that, so that programs under test may not: docker compose exec $(hostname)-observer ..." >&2
  exit 126
fi
exec "$with" --no-new-privs --inh-caps=+net_raw,+net_admin --ambient-caps=+net_raw,+net_admin "$@"
