#!/bin/sh
# as-owner.sh COMMAND ...: runs a command as the owner of the clone that is mounted at /checkout, so that what it makes there is theirs;
# as the ordinary user of the image where there is none. It may use the engine, by the group of its socket, and has no capability at
# all, now or later. Started as root with CAP_SETUID, CAP_SETGID and CAP_SETPCAP.
#
# Where root owns the clone, or the engine shows its owner as root, the command stays uid 0. Without capabilities that is a user like
# any other, who owns the clone.
set -eu

uid=1000 gid=1000 groups=
if [ -d /checkout ]; then
  uid=$(stat --format %u /checkout)
  gid=$(stat --format %g /checkout)
fi
if [ -S /var/run/docker.sock ]; then groups=$(stat --format %g /var/run/docker.sock); fi

export HOME=/tmp
# Compiled code comes with the image for two users. Others keep their own.
case $uid in 0 | 1000) ;; *) export NODE_COMPILE_CACHE=/tmp/compile-cache ;; esac
exec setpriv --reuid "$uid" --regid "$gid" --groups "${groups:-$gid}" \
  --inh-caps=-all --ambient-caps=-all --bounding-set=-all --no-new-privs "$@"
