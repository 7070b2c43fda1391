# Shared by bin/*: finds Python, makes the environment, gets system packages. POSIX sh, sourced.
# shellcheck shell=sh
# The caller has set -eu and stands in the root of the project.

VENV=${VENV:-.venv}
PAPER_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
    warn "$*"
    exit 1
}

# --- system packages -------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null
}

# apt_install PACKAGE…: gets them, or says the exact command. False where they are still missing.
apt_install() {
    if ! may_apt; then
        warn "Missing: $*. To get it: sudo apt-get install $*"
        return 1
    fi
    say "Getting $* …"
    if [ -z "${apt_is_fresh:-}" ]; then
        as_root apt-get update -qq >/dev/null 2>&1 || warn "apt-get update failed; going on with the old lists."
        apt_is_fresh=1
    fi
    if ! apt_log=$(as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" 2>&1); then
        warn "$apt_log"
        warn "apt-get could not get it. To try yourself: sudo apt-get install $*"
        return 1
    fi
}

has_package() {
    dpkg -s "$1" 2>/dev/null | grep -q '^Status: .* installed$'
}

has_library() {
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q "$1"
}

# The packages that papers need and this machine lacks.
missing_for_papers() {
    has_package libpango-1.0-0 || has_library 'libpango-1\.0\.so' || printf ' libpango-1.0-0'
    has_package libpangoft2-1.0-0 || has_library 'libpangoft2-1\.0\.so' || printf ' libpangoft2-1.0-0'
    has_package libharfbuzz-subset0 || has_library 'libharfbuzz-subset\.so' || printf ' libharfbuzz-subset0'
    has_package fonts-noto-cjk || fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || printf ' fonts-noto-cjk'
}

# --- Python and its environment --------------------------------------------------------------

# A Python that really runs (a shim of a version manager may only say that it does not).
is_good_python() {
    "$1" -c 'import sqlite3, ssl, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
        >/dev/null 2>&1
}

find_python() {
    for python in ${PYTHON:-} python3.13 python3.12 python3.11 python3 \
        /usr/bin/python3.13 /usr/bin/python3.12 /usr/bin/python3.11 /usr/bin/python3; do
        if is_good_python "$python"; then
            printf '%s' "$python"
            return 0
        fi
    done
    return 1
}

make_venv() {
    if ! python=$(find_python); then
        apt_install python3 python3-venv || true
        python=$(find_python) ||
            die "No Python 3.11 to 3.13 here. To get one: sudo apt-get install python3 python3-venv"
    fi
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
        apt_install "$package" || true
        "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
            die "$python cannot make an environment. To mend that: sudo apt-get install $package"
    fi
    say "Making $VENV with $("$python" --version) …"
    "$python" -m venv --clear "$VENV"
}

# install_requirements FILE: once for each content of the requirement files.
install_requirements() {
    is_good_python "$VENV/bin/python" && "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || make_venv
    stamp="$VENV/.$1.installed"
    sum=$(cat requirements*.txt | cksum)
    [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return 0
    say "Installing $1 into $VENV (a minute or two the first time) …"
    if ! pip_log=$("$VENV/bin/python" -m pip install --disable-pip-version-check -r "$1" 2>&1); then
        warn "$pip_log"
        die "pip could not install $1, see above. Is a package index within reach?"
    fi
    printf '%s\n' "$sum" >"$stamp"
}

# --- what else -------------------------------------------------------------------------------

# probe WHAT ADDRESS: whether a service answers there (bin/_probe.py).
probe() {
    "$VENV/bin/python" bin/_probe.py "$@"
}

# The address of a PostgreSQL whose user may create databases, or nothing.
find_postgresql() {
    if [ -n "${TEST_DATABASE_URL:-}" ]; then
        probe postgresql "$TEST_DATABASE_URL"
    else
        probe postgresql postgres://postgres@127.0.0.1:5432/postgres \
            "postgres://$(id -un)@%2Fvar%2Frun%2Fpostgresql/postgres"
    fi
}

find_chromium() {
    for browser in ${CHROMIUM:-} chromium chromium-browser google-chrome; do
        if command -v "$browser" 2>/dev/null; then return 0; fi
    done
    return 1
}

# need COMMAND PACKAGE: gets the package where the command is missing.
need() {
    command -v "$1" >/dev/null 2>&1 || apt_install "$2"
}

# lacking SENTENCE: what could not be tried; with REQUIRE_ALL=1 it ends the run.
lacking() {
    [ "${REQUIRE_ALL:-0}" != 1 ] || die "$1 REQUIRE_ALL=1 asks for it."
    warn "$1"
}
