#!/bin/sh
# docker/base-image.sh TAG: makes the base of the lab's image where none can be pulled, and gives it TAG. Debian bookworm by
# debootstrap, the Node that setup/node pins, and npm: what `node:24-bookworm-slim` holds. Does nothing when TAG exists.
#
# Half a minute, 220 MB. Needs root (debootstrap makes devices), debootstrap, npm, and an engine that answers. Ends with 1 and one
# sentence when it cannot.
set -eu

fail() {
  echo "docker/base-image.sh: $*" >&2
  exit 1
}

[ $# = 1 ] || fail 'give it a tag: docker/base-image.sh TAG'
tag=$1
here=$(cd "$(dirname "$0")/.." && pwd)

! docker image inspect "$tag" >/dev/null 2>&1 || exit 0
[ "$(id -u)" = 0 ] || fail 'debootstrap needs root: start it with sudo, or pull a base and name it in BASE_IMAGE.'
for tool in debootstrap npm; do
  command -v "$tool" >/dev/null || fail "$tool is needed and not found: apt-get install $tool"
done

case $(uname -m) in
  x86_64) arch=x64 ;;
  aarch64 | arm64) arch=arm64 ;;
  *) fail "there is no pinned Node for $(uname -m)." ;;
esac

work=$(mktemp -d /var/tmp/tcplab-base.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
root=$work/root
log=$work/log

# Runs a step, whose output is shown only when it fails.
step() {
  "$@" >"$log" 2>&1 </dev/null || {
    tail -n 15 "$log" >&2
    fail "$1 failed, its last words are above."
  }
}

# The mirror that this machine's apt is told to use, where it has Debian's.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 'Codename: bookworm' 2>/dev/null | head -n 1)
step debootstrap --variant=minbase --force-check-gpg bookworm "$root" "${mirror:-http://deb.debian.org/debian}"

# What Debian's own slim image leaves out, now and when packages are added.
cat >"$root/etc/dpkg/dpkg.cfg.d/slim" <<'SLIM'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
SLIM
find "$root/usr/share/doc" -type f ! -name copyright -delete
rm -rf "$root"/usr/share/locale/* "$root"/usr/share/man/* "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/*

# Node, by the hash in the lock of setup/node; and npm, by its hash here.
npm_version=11.19.1
npm_hash=cedb312b1b7f92421a02cfb68b4194e88f8346651dacd6acc5364a25ef5309d4a32b19616a1ff8aff865e7280c0fa5c0835a99f5cd93368991e2a80ec9da75d2
fetched=$work/fetched
mkdir "$fetched"
cp "$here/setup/node/$arch"/package*.json "$fetched"
cd "$fetched"
step npm ci --ignore-scripts --no-audit --no-fund --engine-strict=false
step npm pack --ignore-scripts "npm@$npm_version"
echo "$npm_hash  npm-$npm_version.tgz" | sha512sum --check --quiet >/dev/null || fail "npm $npm_version is not the one that is pinned."
cp -R "node_modules/node-linux-$arch"/bin "node_modules/node-linux-$arch"/include "$root/usr/local/"
modules=$root/usr/local/lib/node_modules
mkdir -p "$modules/npm"
tar -xzf "npm-$npm_version.tgz" -C "$modules/npm" --strip-components=1 --no-same-owner
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
chmod 755 "$modules/npm/bin/npm-cli.js"

tar -C "$root" --numeric-owner -c . | docker import --change 'CMD ["node"]' --message "Debian bookworm and Node $arch, made by docker/base-image.sh" - "$tag" >/dev/null
