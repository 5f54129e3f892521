# Sourced by set-up.sh: the system's tools. Root on Debian or Ubuntu gets them installed; anybody else is told how.

if [ "$(id -u)" = 0 ]; then sudo=; else sudo='sudo '; fi

# Leaves in $tools `complete`, `asked` (the user was told) or `tried` (root had them installed as far as it went).
provide_tools() {
  missing=$(missing_tools)
  if [ -z "$missing" ]; then
    tools=complete
  elif may_apt && have apt-get; then
    announce
    apt_install $(package_names apt "$missing")
    missing=$(missing_tools)
    if [ -z "$missing" ]; then tools=complete; else tools=tried; fi
  else
    tools=asked
  fi
  # Once is enough: from then on `tcplab doctor` says it to whoever asks.
  [ -z "$missing" ] || [ "$tools" = "$tools_before" ] || tell "$missing"
}

missing_tools() {
  # Other systems can list exercises and draw saved runs, and need no tools for that.
  [ "$(uname -s)" = Linux ] || return 0
  for tool in $run_tools; do
    have "$tool" || echo "$tool"
  done
  has_libnftables || echo libnftables.so.1
  if [ "$loads" != built ]; then
    for tool in make g++ python3; do
      have "$tool" || echo "$tool"
    done
  fi
}

has_libnftables() {
  for library in /usr/lib/*/libnftables.so.1 /usr/lib64/libnftables.so.1 /usr/lib/libnftables.so.1 /lib/*/libnftables.so.1 \
    /usr/local/lib/libnftables.so.1; do
    [ ! -e "$library" ] || return 0
  done
  return 1
}

tell() {
  say "missing here: $(echo $1). Install with:"
  if have apt-get; then
    say "  ${sudo}apt-get install $(package_names apt "$1")"
  elif have dnf; then
    say "  ${sudo}dnf install $(package_names dnf "$1")"
  elif have pacman; then
    say "  ${sudo}pacman -S $(package_names pacman "$1")"
  elif have apk; then
    say "  ${sudo}apk add $(package_names apk "$1")"
  elif have zypper; then
    say "  ${sudo}zypper install $(package_names zypper "$1")"
  else
    say "  your system's package manager (on Debian: $(package_names apt "$1"))"
  fi
  say '`./tcplab doctor` says what works without them.'
}

# package_names MANAGER TOOLS: the packages that hold the tools, each once, on one line.
package_names() {
  echo $(for tool in $2; do package_of "$1" "$tool"; done | sort -u)
}

package_of() {
  case $1-$2 in
    dnf-ip | dnf-ss) echo iproute ;;
    *-ip | *-ss) echo iproute2 ;;
    apt-libnftables*) echo libnftables1 ;;
    *-nft | *-libnftables*) echo nftables ;;
    apk-unshare) echo util-linux-misc ;;
    apk-setpriv) echo setpriv ;;
    *-unshare | *-setpriv) echo util-linux ;;
    dnf-g++ | zypper-g++) echo gcc-c++ ;;
    pacman-g++) echo gcc ;;
    pacman-python3) echo python ;;
    *) echo "$2" ;;
  esac
}

apt_install() {
  say "installing $* with apt-get, as root (TCPLAB_NO_INSTALL=1 forbids it) ..."
  (
    # Not ours to pass on: a service that a package starts would keep the lock for good.
    exec 9>&- </dev/null
    export DEBIAN_FRONTEND=noninteractive
    ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || apt-get update
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" && exit
    echo 'Once more, with fresh package lists:'
    apt-get update && apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
  ) >"$state/apt.log" 2>&1 && return
  tail -n 15 "$state/apt.log" >&2
  say 'apt-get failed, its last words are above.'
}
