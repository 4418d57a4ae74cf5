# SPDX-License-Identifier: Apache-2.0
# What the scripts of this folder share. Sourced by bash scripts that run with `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=$root/.cache/checks
mkdir -p "$cache"
source "$root/Tests/Checks/packages.sh"

# need_packages PACKAGE…: installs the Debian packages among these that are missing.
need_packages() {
    local missing=() package
    if ! command -v dpkg-query >/dev/null; then
        echo "this is no Debian: install what corresponds to $* if the build does not find it" >&2
        return 0
    fi
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local elevate=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "as root: apt-get install ${missing[*]}" >&2; return 1; }
        elevate=(sudo)
    fi
    echo "installing ${missing[*]}"
    { "${elevate[@]}" apt-get update -qq &&
        "${elevate[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            "${missing[@]}"; } >"$cache/apt.log" 2>&1 || {
        tail -n 5 "$cache/apt.log" >&2
        echo "cannot install ${missing[*]}; all of it is in $cache/apt.log" >&2
        return 1
    }
}

# build_product debug|release: builds the executable unless VOICEBRIDGE names one; sets VOICEBRIDGE.
build_product() {
    if [ -z "${VOICEBRIDGE:-}" ]; then
        local log=$cache/build-$1.log
        (cd "$root" && swift build -c "$1" --product voicebridge) >"$log" 2>&1 || {
            grep -E "error:|warning:" "$log" >&2 || tail -n 20 "$log" >&2
            echo "the $1 build failed; all of it is in $log" >&2
            return 1
        }
        VOICEBRIDGE=$(cd "$root" && swift build -c "$1" --show-bin-path)/voicebridge
    fi
    [ -x "$VOICEBRIDGE" ] || { echo "'$VOICEBRIDGE' is not an executable" >&2; return 1; }
}

# build_traits PRODUCT: builds it with all that the package's traits add, in one folder for all checks that need them;
# sets traits_product.
build_traits() {
    local log=$cache/build-traits.log began=$SECONDS
    local words=(swift build --package-path "$root" --scratch-path "$root/.build-traits" --traits "OfflineSpeech,Opus")
    need_packages "${build_packages[@]}" "${talk_packages[@]}" "${opus_packages[@]}"
    "${words[@]}" --product "$1" >"$log" 2>&1 || {
        grep -E "error:|warning:" "$log" >&2 || tail -n 20 "$log" >&2
        echo "the build with the package's traits failed; all of it is in $log" >&2
        return 1
    }
    traits_product=$("${words[@]}" --show-bin-path)/$1
    echo "$1 with the package's traits: built in $((SECONDS - began)) s"
}

server_process=
server_log=$cache/server.log

# start_server [option…]: serves on free ports of loopback; sets server_url, server_token and server_admin.
start_server() {
    local lines=$cache/server.out
    : >"$lines"
    "$VOICEBRIDGE" serve "$@" >"$lines" 2>"$server_log" &
    server_process=$!
    server_url=
    local attempt
    for attempt in $(seq 200); do
        server_url=$(sed -n 's/^listening on //p' "$lines")
        [ -z "$server_url" ] || break
        kill -0 "$server_process" 2>/dev/null || break
        sleep 0.1
    done
    if [ -z "$server_url" ]; then
        echo "the server did not start:" >&2
        cat "$server_log" >&2
        return 1
    fi
    server_token=$(sed -n 's/^token //p' "$lines")
}

# stop_server: ends the server as an operator would, and fails when it does not end well.
stop_server() {
    [ -n "$server_process" ] || return 0
    local process=$server_process status=0
    server_process=
    kill -TERM "$process" 2>/dev/null || status=$?
    if [ $status -ne 0 ]; then
        echo "the server died on the way; its log is $server_log" >&2
        return 1
    fi
    wait "$process" || status=$?
    [ $status -eq 0 ] || echo "the server ended with status $status; its log is $server_log" >&2
    return $status
}

# For traps: nothing stays behind, however the script ends.
kill_server() {
    [ -z "$server_process" ] || kill -KILL "$server_process" 2>/dev/null || return 0
}

# phase NAME COMMAND…: runs one phase of several, prints its verdict and time, and keeps the names of those that failed. Not to
# be called where bash ignores failures (`phase … || …`, `if phase …`).
failed_phases=()
phase() {
    local name=$1 began=$SECONDS status
    shift
    echo "== $name"
    set +e
    (
        set -e
        "$@"
    ) 2>&1 | tee "$cache/phase-${name//[^a-z0-9]/-}.log"
    status=${PIPESTATUS[0]}
    set -e
    if [ "$status" -eq 0 ]; then
        echo "== $name: passed, $((SECONDS - began)) s"
    else
        echo "== $name: FAILED with status $status, $((SECONDS - began)) s"
        failed_phases+=("$name")
    fi
}

# end_phases: says last, where a reader of the end sees it, which phases failed and how each ended; fails when one did.
end_phases() {
    local name
    for name in "${failed_phases[@]}"; do
        echo "== the end of what failed: $name"
        tail -n 25 "$cache/phase-${name//[^a-z0-9]/-}.log"
    done
    echo "$1: ${#failed_phases[@]} phases failed, $2 s"
    [ ${#failed_phases[@]} -eq 0 ]
}
