# SPDX-License-Identifier: Apache-2.0
# Other implementations as clients. Sourced by support.sh.
#
# A peer is a program: PROGRAM URL CERTIFICATE deflate|plain. It prints a line per check, the last line
# "checks N", and exits 0 when all passed.

install_peers() {
    need_packages python3-venv nodejs node-ws chromium || return 1
    local mark=$home/peers/.installed-websockets-15-aiohttp-3
    [ -e "$mark" ] && return 0
    {
        rm -rf "$home/peers" && python3 -m venv "$home/peers" &&
            "$home/peers/bin/pip" install --quiet 'websockets==15.*' 'aiohttp==3.*' && touch "$mark"
    } >"$home/peers-install.log" 2>&1 || {
        echo "the Python peers cannot be installed; see $home/peers-install.log" >&2
        return 1
    }
}

# run_peer NAME COMMAND…: one peer against the server that is up.
run_peer() {
    local name=$1 log=$home/peer-$1.log checks
    shift
    timeout -k 5 120 "$@" >"$log" 2>&1
    local status=$?
    checks=$(sed -n 's/^checks \([0-9]*\)$/\1/p' "$log" | tail -n 1)
    if [ $status -ne 0 ] || [ "${checks:-0}" -eq 0 ]; then
        echo "  $name, $peer_label: FAILED (status $status, ${checks:-0} checks)"
        sed 's/^/    /' "$log" | tail -n 15
        return 1
    fi
    echo "  $name, $peer_label: $checks checks"
    total_checks=$((total_checks + checks))
}

run_peers() {
    install_peers || return 1
    local transport compression options wrong=0 runs=0 total_checks=0 peer_label
    for transport in plain tls; do
        for compression in deflate plain; do
            options=()
            [ $compression = deflate ] || options=(--no-compression)
            start_server $transport "${options[@]}" || return 1
            peer_label="$([ $transport = tls ] && echo wss || echo ws), $([ $compression = deflate ] && echo with \
                || echo without) compression"
            local arguments=("$server_url" "$home/loopback.pem" $compression)
            run_peer websockets "$home/peers/bin/python" "$here/peers/websockets_peer.py" "${arguments[@]}" || wrong=1
            run_peer aiohttp "$home/peers/bin/python" "$here/peers/aiohttp_peer.py" "${arguments[@]}" || wrong=1
            run_peer node-ws env NODE_PATH=/usr/share/nodejs node "$here/peers/node_peer.js" "${arguments[@]}" || wrong=1
            run_peer chromium python3 "$here/peers/browser_peer.py" "${arguments[@]}" || wrong=1
            runs=$((runs + 4))
            stop_server
        done
    done
    echo "peers: $runs runs, $total_checks checks, $([ $wrong -eq 0 ] && echo all passed || echo some FAILED)"
    return $wrong
}
