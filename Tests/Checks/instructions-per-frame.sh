#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# User instructions that a served call takes for each 20 ms µ-law frame in and out: callgrind of the server under a few calls,
# a long run less a short one, so that start, opening and end fall out. Fails when that is a tenth above what was committed.
# The bot `echo-task`, whose audio crosses to a task and back, is the planted fault that the check must see.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build. --update writes what was measured.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
committed=$root/Tests/Checks/instructions-per-frame.txt
home=$cache/instructions-per-frame
need_packages "${build_packages[@]}" "${check_packages[@]}" "${gate_packages[@]}"
build_product release
rm -rf "$home"
mkdir -p "$home"
# Debugging information that older valgrinds cannot read.
objcopy --strip-debug "$VOICEBRIDGE" "$home/voicebridge"
gcc -O2 -shared -fPIC "$root/Tests/Checks/sigsuspend.c" -o "$home/sigsuspend.so"
cat >"$home/server.yaml" <<'YAML'
limits:
  event_loops: 1
  # Under valgrind a loop is late as it opens calls.
  lag: off
  busy: off
routes:
  - {path: /echo, dialect: twilio, authentication: {none: true}, bot: echo}
  - {path: /echo-task, dialect: twilio, authentication: {none: true}, bot: echo-task}
YAML
# Under valgrind a server is late at first, and sound that comes too late is left out: that is no fault here.
# count NAME BOT SECONDS: prints the instructions of a server of its own under four calls, and the frames that came back.
count() {
    local url= attempt server=
    # It runs in a shell of its own, whose end must not leave a server behind.
    trap '[ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true' EXIT
    # It may be read before the server's shell has made it.
    : >"$home/$1.out"
    LD_PRELOAD=$home/sigsuspend.so valgrind --tool=callgrind --callgrind-out-file="$home/$1.callgrind" "$home/voicebridge" serve \
        --config "$home/server.yaml" --plain --port 0 --admin-port 0 >"$home/$1.out" 2>"$home/$1.err" &
    server=$!
    for attempt in $(seq 600); do
        url=$(sed -n 's/^listening on //p' "$home/$1.out")
        [ -z "$url" ] || break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    "$VOICEBRIDGE" load "${url:?the server did not start under valgrind}/$2" --dialect twilio --calls 4 --rate 4 --for "$3" \
        --json >"$home/$1.json" 2>"$home/$1.load.err" || [ -s "$home/$1.json" ] || { cat "$home/$1.load.err" >&2; return 1; }
    kill -TERM "$server"
    wait "$server" || true
    server=
    python3 -c '
import json, re, sys
with open(sys.argv[1]) as server, open(sys.argv[2]) as load:
    print(re.findall(r"Collected : (\d+)", server.read())[-1], json.load(load)["frames_received"])' \
        "$home/$1.err" "$home/$1.json"
}

# each BOT: instructions per frame of a bot, in `figure`.
each() {
    local few before many after
    # Both are longer than the 15 s in which the caller's audio is looked over: that is a call's beginning.
    read -r before few < <(count "$1-short" "$1" 17)
    read -r after many < <(count "$1-long" "$1" 23)
    [ $((many - few)) -ge 800 ] || { echo "$1: only $((many - few)) frames between the two runs" >&2; return 1; }
    figure=$(((after - before) / (many - few)))
    echo "$1: $figure instructions per frame, from $((many - few)) frames"
}

each echo
stage=$figure
if [ "${1:-}" = --update ]; then
    echo "$stage" >"$committed"
fi
most=$(($(<"$committed") * 11 / 10))
[ "$stage" -le "$most" ] || {
    echo "FAILED: a frame of a served call costs $stage instructions, at most $most, a tenth above what was committed" >&2
    exit 1
}
each echo-task
[ "$figure" -gt "$most" ] || { echo "FAILED: the check does not see a bot that costs more: $figure, at most $most" >&2; exit 1; }
echo "$stage of at most $most; planted: echo-task is seen"
