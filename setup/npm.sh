# Sourced by set-up.sh: npm, with its output in a log that is shown only when it fails.

log=$state/set-up.log

# npm_install DIR [OPTION...]: exactly what DIR/package-lock.json names, without running install scripts. That needs no
# particular Node, so it is the machine's own npm as it stands: run under another Node it would not find its global
# configuration, where some networks keep their proxy and certificates.
npm_install() {
  directory=$1
  shift
  command -v npm >/dev/null || fail "npm is needed and not found: $(npm_remedy)"
  # The second try comes after a second, not ten: somebody is waiting in front of the terminal.
  set -- --ignore-scripts --no-audit --no-fund --no-progress --engine-strict=false --fetch-retry-mintimeout=1000 "$@"
  (cd "$directory" && npm ci "$@") >"$log" 2>&1 </dev/null && return
  # A lock that lacks entries for other platforms is good enough to install from, but not for `npm ci`.
  grep -q 'in sync' "$log" || return 1
  say 'npm ci calls package-lock.json incomplete; using npm install, which keeps to the versions it names ...'
  (cd "$directory" && npm install --no-save "$@") >"$log" 2>&1 </dev/null
}

# npm_build DIR NODE PREFIX PACKAGE: compiles PACKAGE for NODE, with the headers in PREFIX or else those that node-gyp
# downloads.
npm_build() {
  (
    cd "$1" || exit 1
    PATH=${2%/*}:$PATH
    # node-gyp's makefiles break at a space in the path of the headers, "My courses/tcplab" for one.
    case $3 in *' '*)
      shelf=$(mktemp -d) && trap 'rm -r "$shelf"' EXIT && ln -s "$3" "$shelf/node" && set -- "$1" "$2" "$shelf/node" "$4"
      ;;
    esac
    # The variable wins over a `nodedir` in the user's ~/.npmrc, which may hold another Node's headers.
    [ -z "$3" ] || export npm_config_nodedir="$3" npm_package_config_node_gyp_nodedir="$3"
    # npm's own script can be run by the right Node. A version manager's shim finds it on PATH, or picks its own: the
    # caller sees from the result.
    script=$(readlink -f "$(command -v npm)")
    case $script in
      *npm-cli.js) "$2" "$script" rebuild "$4" --ignore-scripts=false ;;
      *) npm rebuild "$4" --ignore-scripts=false ;;
    esac
  ) >"$log" 2>&1 </dev/null
}

npm_remedy() {
  if have apt-get; then echo "${sudo}apt-get install npm"; else echo 'it comes with Node, https://nodejs.org'; fi
}

show_log() {
  tail -n 15 "$log" >&2
}

npm_failed() {
  show_log
  say "npm failed, its last words are above. $(npm_advice)"
  exit 4
}

npm_advice() {
  if grep -q ENOSPC "$log"; then
    echo "The disk is full: free 500 MB and start again."
  elif grep -qE 'ECONNREFUSED.*prox|E407|ERR_INVALID_URL|tunneling' "$log"; then
    echo 'The proxy refuses: see npm config get https-proxy, correct it and start again.'
  elif grep -qE 'CERT|certificate' "$log"; then
    echo "The registry's certificate is not trusted here: give npm your network's with npm config set cafile FILE."
  elif grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH' "$log"; then
    echo 'The registry cannot be reached: check the network (npm ping), or npm config set proxy, and start again.'
  elif grep -qE 'EACCES|EPERM' "$log"; then
    echo 'Some file belongs to somebody else: give it back (npm names it above) and start again.'
  else
    echo "The rest is in $log. Remove the cause and start again."
  fi
}
