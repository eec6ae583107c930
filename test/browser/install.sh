#!/usr/bin/env bash
# Installs Chromium from Debian's packages, unless there is one.
set -euo pipefail

if command -v chromium >/dev/null; then
	exit 0
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium
command -v chromium >/dev/null
