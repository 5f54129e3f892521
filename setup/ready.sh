# Sourced by tcplab and setup/dev, with $here set. `make_ready user` (or `all`, with the developers' packages)
# leaves the Node to use in $node, or ends the shell with exit code 4, "the environment is not ready".
#
# This file runs at every start, so it uses only what the shell does by itself: one fork costs more than all of
# it together. Whatever takes real work is in set-up.sh, read only when something is amiss.

state=$here/.tcplab

# On Debian an ordinary user's PATH lacks the directories where ip, nft and their like live.
case :$PATH: in *:/usr/sbin:*) ;; *) PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin ;; esac

make_ready() {
  if ! is_ready "$1"; then
    . "$here/setup/set-up.sh"
    set_up "$1"
  fi
  # The lab's own Node comes first, so that `node` means the same in every shell the lab opens.
  case $node in "$state"/*) PATH=${node%/*}:$PATH ;; esac
  export PATH
  use_compile_cache
}

# .tcplab/ready is written last, after everything it speaks of. Its lines are: the Node, `user` or `all`
# packages, what became of the addon, what became of the system tools.
is_ready() {
  [ -f "$state/ready" ] || return 1
  { IFS= read -r node && read -r packages && read -r addon && read -r tools; } <"$state/ready" || return 1
  [ "$1" = user ] || [ "$packages" = all ] || return 1

  # The lab's own Node is noted relative to the repository, which may have been moved.
  case $node in /*) ;; *) node=$here/$node ;; esac
  [ -x "$node" ] && [ -f "$here/node_modules/.package-lock.json" ] || return 1

  is_unchanged "$node" node && is_unchanged "$here/setup" setup && is_unchanged "$here/package-lock.json" lock &&
    is_unchanged "$here/node_modules/.package-lock.json" installed || return 1

  # No addon for want of a compiler: worth another try once there is one.
  [ "$addon" = no-compiler ] && have make g++ python3 && return 1
  # Tools that only root on Debian can be given, and was not yet. Elsewhere `tcplab doctor` says what is missing.
  have $run_tools || [ "$tools" = tried ] || ! may_apt || return 1
}

# The set-up gave .tcplab/seen/NAME the date that FILE had. Another date, later or earlier, is another file: a new Node
# at the same path, a `git pull`, an archive unpacked over the clone, an `npm install` by hand.
is_unchanged() {
  [ -e "$state/seen/$2" ] && ! [ "$1" -nt "$state/seen/$2" ] && ! [ "$1" -ot "$state/seen/$2" ]
}

run_tools='ip ss nft unshare setpriv'

have() {
  for tool in "$@"; do
    command -v "$tool" >/dev/null || return 1
  done
}

# Only root can write there, and only Debian and its relatives have it.
may_apt() {
  [ -w /var/lib/dpkg/status ] && [ -z "${TCPLAB_NO_INSTALL:-}" ]
}

# Compiled code is kept between starts, for the lab and for the programs it runs. In a clone that belongs to
# somebody else it goes to the user's own cache.
use_compile_cache() {
  [ -z "${NODE_COMPILE_CACHE:-}" ] || return 0
  if [ -w "$state/compile-cache" ]; then
    NODE_COMPILE_CACHE=$state/compile-cache
  elif [ -n "${XDG_CACHE_HOME:-${HOME:-}}" ]; then
    NODE_COMPILE_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/tcplab
  else
    return 0
  fi
  export NODE_COMPILE_CACHE
}
