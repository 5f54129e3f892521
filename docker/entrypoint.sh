#!/bin/sh
# The container `lab`: with a verb it is tcplab (`docker compose run --rm lab tour`). Without one, which is `docker compose up`, it says
# what to type next, and shows the page until it is stopped.
set -eu

if [ -d /checkout/lab ]; then /tcplab/docker/as-owner.sh node /tcplab/docker/say-when-stale.ts /checkout; fi
if [ $# != 0 ]; then
  # What the student types, for every text that says what to type next.
  export TCPLAB_COMMAND="${TCPLAB_COMMAND:-docker compose run --rm lab}"
  exec tcplab "$@"
fi

cat <<'NEXT'

The lab is up. In another terminal, in this folder:

  docker compose exec lab tcplab tour        all 11 TCP states, provoked, held and released
  docker compose exec lab tcplab start 1     the first exercise; your programs are in work/

Or by hand, on a server and a client with a network of their own:

  docker compose exec server run servers/echo.ts server 8080
  docker compose exec client run clients/connect.ts server 8080
  docker compose exec server-observer ss -tan
  docker compose exec client-observer tcpdump -ni eth0
  docker compose exec server-observer gate fin         drops every FIN that arrives there; gate alone lists the kinds

Ctrl-C stops it, and docker compose down removes it.
NEXT
# What its texts call it: what is typed in another terminal.
export TCPLAB_COMMAND='docker compose exec lab tcplab'
exec /tcplab/docker/as-owner.sh node /tcplab/lab/cli/main.ts ui --port 7413
