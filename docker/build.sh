#!/bin/sh
# docker/build.sh: builds the image `tcplab` on the base that BASE_IMAGE names, the public one if it says nothing, with what npm needs
# on this machine to reach its registry. `docker compose build` does the same where npm needs nothing. Ends as `docker build` does.
set -eu
cd "$(dirname "$0")/.."

EXTRA_CA_CERTS=$(node docker/extra-certificates.mjs)
NPM_REGISTRY=$(npm config get registry 2>/dev/null)
export BASE_IMAGE="${BASE_IMAGE:-node:24-bookworm-slim}" EXTRA_CA_CERTS NPM_REGISTRY
exec docker build --quiet --network host --tag "${1:-tcplab}" --file docker/Dockerfile \
  --build-arg BASE_IMAGE --build-arg EXTRA_CA_CERTS --build-arg NPM_REGISTRY \
  --build-arg HTTP_PROXY --build-arg HTTPS_PROXY --build-arg NO_PROXY .
