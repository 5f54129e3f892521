# Sourced by ready.sh when .tcplab/ready does not settle the matter: sets up what is missing, or finds that nothing is.
# Every step looks at what is there first, so a set-up that was interrupted is simply continued by the next start.
# `set_up user|all` leaves $node, or ends the shell with exit code 4.

. "$here/setup/npm.sh"
. "$here/setup/tools.sh"

set_up() {
  wanted=$1
  announced=
  may_write || use_as_it_is "$wanted"
  [ -z "$node_found" ] || return 0

  mkdir -p "$state/compile-cache" || fail "cannot write in $here: is the disk full?"
  take_lock
  if is_ready "$wanted"; then # while we waited, another tcplab did it
    drop_lock
    return
  fi
  recall
  began=$(date +%s)
  sweep
  choose_node
  install_packages
  provide_tools
  build_addon
  write_ready
  drop_lock
  [ -z "$announced" ] || say "ready after $(($(date +%s) - began)) s."
}

say() {
  printf 'tcplab: %s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 4
}

# Said once, before the first piece of real work.
announce() {
  [ -z "$announced" ] || return 0
  announced=yes
  if [ -n "$node_before" ]; then
    say 'something changed since the last start; bringing the set-up up to date.'
  else
    if [ "$wanted" = all ]; then size=450; else size=200; fi
    say "setting up $here, once: about half a minute and $size MB, all in .tcplab/ and node_modules/ there."
  fi
}

node_found=
may_write() {
  for place in "$here" "$state" "$here/node_modules"; do
    [ ! -e "$place" ] || [ -w "$place" ] || return 1
  done
}

# A clone that belongs to somebody else serves as it is, or not at all.
use_as_it_is() {
  recall
  if [ -n "$node" ] && learn_facts "$node" && suffices "$1"; then
    node_found=yes
    return
  fi
  if [ "$1" = all ]; then how='npm test'; else how=./tcplab; fi
  fail "$here is not set up for this and you may not write there: let its owner run $how once, or clone it yourself."
}

# What the last set-up noted, even if it no longer holds: its Node stays the choice as long as it serves, so
# that the addon is not rebuilt whenever PATH differs (under sudo, in an editor).
recall() {
  node= packages= addon= tools=
  [ ! -f "$state/ready" ] || { IFS= read -r node && read -r packages && read -r addon && read -r tools; } <"$state/ready" || node=
  case $node in '' | /*) ;; *) node=$here/$node ;; esac
  [ -x "$node" ] || node=
  node_before=$node packages_before=$packages addon_before=$addon tools_before=$tools
}

# Asks a Node for the facts of facts.mjs.
learn_facts() {
  facts=$("$1" "$here/setup/facts.mjs" "$here" 2>/dev/null) || return 1
  {
    IFS= read -r exec_path
    read -r version
    read -r fitness
    IFS= read -r headers
    read -r installed
    read -r loads
  } <<FACTS
$facts
FACTS
}

suffices() {
  [ "$fitness" = fit ] && { [ "$installed" = all ] || [ "$installed" = "$1" ]; }
}

# --- one at a time ---------------------------------------------------------------------------------------------------

# flock is let go by the kernel however a tcplab ends, and an npm that outlives a killed tcplab keeps holding it.
take_lock() {
  if have flock; then
    exec 9>"$state/lock"
    flock -n 9 && return
    say 'another tcplab is setting up this clone; waiting for it.'
    flock -w 900 9 || fail "it still is after 15 minutes. Look for it with: fuser -v $state/lock"
  else
    waited=0
    until mkdir "$state/lock.d" 2>/dev/null; do
      owner=$(cat "$state/lock.d/pid" 2>/dev/null)
      # The owner is gone. mv lets only one of several waiters clear what it left.
      if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
        mv "$state/lock.d" "$state/lock.$$" 2>/dev/null && rm -rf "$state/lock.$$"
        continue
      fi
      [ $waited != 0 ] || say 'another tcplab is setting up this clone; waiting for it.'
      [ $((waited += 1)) -lt 900 ] || fail "it still is after 15 minutes. If none is running: rm -r $state/lock.d"
      sleep 1
    done
    echo $$ >"$state/lock.d/pid"
    trap 'rm -rf "$state/lock.d"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
  fi
}

drop_lock() {
  if have flock; then
    exec 9>&-
  else
    rm -rf "$state/lock.d"
    trap - EXIT INT TERM
  fi
}

# What an interrupted set-up left half done.
sweep() {
  rm -rf "$state"/node.new.*
  if [ -e "$state/building" ]; then
    rm -rf "$here/node_modules/raw-socket/build" "$state/building"
  fi
}

# --- Node ------------------------------------------------------------------------------------------------------------

choose_node() {
  own=$state/node
  for candidate in "$node_before" "$(command -v node)"; do
    [ -n "$candidate" ] || continue
    case $candidate in "$own"/*) own_is_pinned || continue ;; esac
    if learn_facts "$candidate" && [ "$fitness" = fit ]; then
      # Not the name on PATH, which may be a version manager's shim, but the program it starts.
      node=$exec_path
      return
    fi
  done
  fetch_node
}

fetch_node() {
  system=$(uname -s) machine=$(uname -m)
  case $system-$machine in
    Linux-x86_64) arch=x64 ;;
    Linux-aarch64 | Linux-arm64) arch=arm64 ;;
    *) fail "Node >= 24.12 is needed, and for $system on $machine tcplab has none: install one from https://nodejs.org." ;;
  esac
  for musl in /lib/ld-musl-*; do
    # Alpine's libc is musl. A Debian with the musl package has the glibc loader as well.
    if [ -e "$musl" ] && ! [ -e /lib64/ld-linux-x86-64.so.2 ] && ! [ -e /lib/ld-linux-aarch64.so.1 ]; then
      fail 'Node >= 24.12 is needed, and the one tcplab brings does not run on musl: apk add nodejs-current npm'
    fi
  done
  node=$own/node_modules/node-linux-$arch/bin/node
  if ! own_is_pinned; then
    command -v node >/dev/null || fail 'Node with npm is needed, any since 18: https://nodejs.org, or your package manager.'
    announce
    say "Node here is $(node -v), the lab needs 24.12 or later: fetching its own from npm (about 15 s) ..."
    fresh=$state/node.new.$$
    rm -f "$state/ready"
    { mkdir -p "$fresh" && cp "$here/setup/node/$arch"/package*.json "$fresh"; } || fail "cannot write in $state: is the disk full?"
    npm_install "$fresh" || npm_failed
    "$fresh/node_modules/node-linux-$arch/bin/node" -v >/dev/null 2>"$log" || npm_failed
    rm -rf "$own" && mv "$fresh" "$own" || fail "cannot write in $state."
  fi
  learn_facts "$node" || fail "$node does not run: delete $state and start again."
}

# The Node in .tcplab/ is the one the repository names today.
own_is_pinned() {
  for pinned in "$here"/setup/node/*/package-lock.json; do
    cmp -s "$pinned" "$own/package-lock.json" && return
  done
  return 1
}

# --- packages --------------------------------------------------------------------------------------------------------

install_packages() {
  # The developers' packages, once there, are kept: a plain start must not take them away.
  if [ "$packages_before" = all ] || [ -e "$here/node_modules/vitest/package.json" ]; then wanted=all; fi
  if ! suffices "$wanted"; then
    announce
    say 'installing packages with npm ...'
    rm -f "$state/ready"
    # Install scripts stay off: the one addon to compile is compiled below, in sight.
    if [ "$wanted" = all ]; then set -- --include=dev; else set -- --omit=dev; fi
    npm_install "$here" --include=optional "$@" || npm_failed
    learn_facts "$node" || npm_failed
    suffices "$wanted" || fail "npm installed something other than package-lock.json names: see $log"
  fi
  packages=$installed
}

# --- raw-socket, the one addon that is compiled here -----------------------------------------------------------------

build_addon() {
  addon=built
  [ "$loads" != built ] || return 0
  # What was said at the last start and is as it was is not said again.
  if [ "$addon_before" = failed ] && [ "$node" = "$node_before" ] && [ -f "$state/ready" ]; then
    addon=failed
    return
  fi
  without='Without it everything works except the programs that build segments by hand (#lab/raw).'
  if ! have make g++ python3; then
    addon=no-compiler
    [ "$addon_before" = no-compiler ] || say "raw-socket is not compiled, for want of a compiler. $without"
    return
  fi
  announce
  say 'compiling raw-socket (about 5 s) ...'
  : >"$state/building"
  rm -rf "$here/node_modules/raw-socket/build"
  if npm_build "$here" "$node" "$headers" raw-socket && learn_facts "$node" && [ "$loads" = built ]; then
    rm -f "$state/building"
    return
  fi
  addon=failed
  rm -f "$state/building"
  show_log
  say "raw-socket could not be compiled. $without"
  say "When the cause is removed: rm $state/ready, and start again."
}

# --- the stamp -------------------------------------------------------------------------------------------------------

write_ready() {
  case $node in "$here"/*) noted=${node#"$here"/} ;; *) noted=$node ;; esac
  # The dates that is_unchanged of ready.sh looks for.
  mkdir -p "$state/seen" && touch -r "$node" "$state/seen/node" && touch -r "$here/setup" "$state/seen/setup" &&
    touch -r "$here/package-lock.json" "$state/seen/lock" &&
    touch -r "$here/node_modules/.package-lock.json" "$state/seen/installed" || fail "cannot write in $state: is the disk full?"
  printf '%s\n' "$noted" "$packages" "$addon" "$tools" >"$state/ready.new" && mv "$state/ready.new" "$state/ready" ||
    fail "cannot write in $state: is the disk full?"
  # Started with sudo in somebody's clone: leave them what was made in it.
  if [ "$(id -u)" = 0 ] && ! [ -O "$here" ]; then chown -R --reference="$here" "$state" "$here/node_modules" 2>/dev/null; fi
  return 0
}
