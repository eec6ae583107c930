#!/usr/bin/env bash
# Installs PostgreSQL and Redis from Debian's packages, unless they are there. The servers that the
# packages bring are kept from starting: the suite starts its own, on free ports.
set -euo pipefail

is_there() {
	compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && command -v redis-server >/dev/null
}

if is_there; then
	exit 0
fi

# Debian's packages ask this program whether they may start a service: 101 means that they may not.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod +x "$policy"
	trap 'rm -f "$policy"' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends postgresql redis-server
is_there
