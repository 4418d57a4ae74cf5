# SPDX-License-Identifier: Apache-2.0
# What the phases of run.sh share. Sourced; `here`, `root` and `home` are set.

server_process=

# Installs Debian packages that are missing.
need_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local elevate=()
    [ "$(id -u)" -eq 0 ] || elevate=(sudo)
    echo "installing ${missing[*]}"
    { "${elevate[@]}" apt-get update -qq &&
        "${elevate[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            "${missing[@]}"; } >"$home/apt.log" 2>&1 || {
        echo "cannot install ${missing[*]}; see $home/apt.log" >&2
        return 1
    }
}

build_server() {
    if [ -z "${VOICEBRIDGE:-}" ]; then
        (cd "$root" && swift build -c release --product voicebridge) >"$home/build.log" 2>&1 || {
            echo "the release build failed; see $home/build.log" >&2
            tail -n 20 "$home/build.log" >&2
            return 1
        }
        VOICEBRIDGE=$(cd "$root" && swift build -c release --show-bin-path)/voicebridge
    fi
    [ -x "$VOICEBRIDGE" ] || { echo "'$VOICEBRIDGE' is not an executable" >&2; return 1; }
}

# A certificate for loopback, made anew once a week.
make_certificate() {
    need_packages openssl || return 1
    [ -n "$(find "$home/loopback.pem" -mtime -7 2>/dev/null)" ] && return 0
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost \
        -addext "subjectAltName=IP:127.0.0.1,DNS:localhost" \
        -keyout "$home/loopback.key" -out "$home/loopback.pem" 2>"$home/certificate.log" || {
        cat "$home/certificate.log" >&2
        return 1
    }
}

# start_server plain|tls [option…]: sets server_url.
start_server() {
    local transport=$1
    shift
    [ "$transport" = plain ] || set -- "$@" --tls-certificate "$home/loopback.pem" --tls-key "$home/loopback.key"
    : >"$home/server.out"
    "$VOICEBRIDGE" websocket-echo --port 0 "$@" >"$home/server.out" 2>"$home/server.err" &
    server_process=$!
    server_url=
    local attempt
    for attempt in $(seq 100); do
        server_url=$(sed -n 's/^listening on //p' "$home/server.out")
        [ -n "$server_url" ] && return 0
        kill -0 "$server_process" 2>/dev/null || break
        sleep 0.1
    done
    echo "the server did not start:" >&2
    cat "$home/server.err" >&2
    return 1
}

# Ends the server; a server that has died on the way is a failure.
stop_server() {
    [ -n "$server_process" ] || return 0
    local process=$server_process
    server_process=
    if ! kill "$process" 2>/dev/null; then
        echo "the server died on the way:" >&2
        cat "$home/server.err" >&2
        failed=1
    fi
    wait "$process" 2>/dev/null
}

source "$here/autobahn/autobahn.sh"
source "$here/peers/peers.sh"
