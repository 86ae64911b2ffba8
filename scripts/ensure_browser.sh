#!/usr/bin/env bash
# Sees to a browser for the browser tests. Never stops the run: without a browser those tests fail,
# with the same remedy.
set -uo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then
        exit 0
    fi
done

remedy="Install Chromium (Debian, Ubuntu: sudo apt-get install chromium) and run again."
echo "No Chromium or Chrome on this computer; the browser tests need one."
if [ "${OKRKIT_INSTALL_BROWSER:-1}" = 0 ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "$remedy"
    exit 0
fi
echo "Installing Debian's chromium (set OKRKIT_INSTALL_BROWSER=0 to do without) ..."
export DEBIAN_FRONTEND=noninteractive
{ apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium fonts-liberation; } >/dev/null || echo "That did not work. $remedy"
exit 0
