#!/usr/bin/env bash
# Writes requirements/app.txt and requirements/test.txt from pyproject.toml: every package the apps
# or the tests need on any platform, with its hashes and without the address of an index.
# Needs uv (pip install uv). "scripts/lock.sh --upgrade" takes newer versions than the ones locked.
set -euo pipefail
cd "$(dirname "$0")/.."

# Reads only what pyproject.toml says: no settings of this machine reach the locks.
unset UV_FIND_LINKS UV_INDEX UV_EXTRA_INDEX_URL
UV=${UV:-uv}
PYTHON=${PYTHON:-python3}
build_requirements=$("$PYTHON" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")')

lock() { # file, extra
    echo "$build_requirements" | "$UV" pip compile pyproject.toml - --extra "$2" --output-file "requirements/$1" \
        --universal --python-version 3.11 --generate-hashes --no-config --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --quiet "${@:3}"
}

lock test.txt all "$@"
# The app's versions are the tested ones.
lock app.txt lab --constraint requirements/test.txt "$@"

if grep -nEi 'https?://|index-url|find-links|^-e|file:' requirements/*.txt; then
    echo "A lock names an address; see the lines above." >&2
    exit 1
fi
