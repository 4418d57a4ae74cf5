#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a served call takes from the heap for each message of audio: a long call with the bot `echo` at 16 kHz less a short
# one. WebSocket, JSON, base64, session, rate conversion, stage and the buffer that goes to the socket take nothing. The
# bot `echo-task`, whose audio crosses to a task and back, allocates by design: it is the planted fault that the count
# must see.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
# Now and then the event loop takes five for a timer; one allocation in each message would be above this.
most=0.9
home=$cache/call-allocations
need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
rm -rf "$home"
mkdir -p "$home"
cd "$home"
cc -O2 -shared -fPIC "$root/bench/audio/allocations.c" -o allocations.so
PYTHONPATH=$root/Tests/Checks python3 -c '
import random, sound
draw = random.Random(1).randint
sound.write("caller.wav", 8_000, [draw(-3_000, 3_000) for _ in range(80_000)])'
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true' EXIT

# count NAME BOT SECONDS: one call to a server of its own; its figures are left in NAME.json, its allocations in NAME.err.
count() {
    local url= attempt
    # It may be read before the server's shell has made it.
    : >"$1.out"
    LD_PRELOAD=$home/allocations.so "$VOICEBRIDGE" serve --plain --no-auth --port 0 --admin-port 0 --bot "$2" \
        >"$1.out" 2>"$1.err" &
    server=$!
    for attempt in $(seq 200); do
        url=$(sed -n 's/^listening on //p' "$1.out")
        [ -z "$url" ] || break
        sleep 0.1
    done
    "$VOICEBRIDGE" call "${url:?the server did not start}/v1/ivr-solutions" --audio caller.wav --for "$3" --json \
        >"$1.json" 2>"$1.call.err" || true
    kill -TERM "$server"
    wait "$server"
    server=
}

# judge BOT: the allocations for each message between the two calls; fails when they are above the limit.
judge() {
    count "$1-short" "$1" 3
    count "$1-long" "$1" 9
    python3 - "$most" "$1" <<'PYTHON'
import json, re, sys

def figures(name):
    with open(name + ".json") as call, open(name + ".err") as server:
        return json.load(call)["frames_sent"], int(re.findall(r"^allocations (\d+)$", server.read(), re.M)[-1])

most, bot = float(sys.argv[1]), sys.argv[2]
(few, before), (many, after) = figures(bot + "-short"), figures(bot + "-long")
if many - few < 200:
    sys.exit(f"{bot}: only {many - few} messages between the two calls")
each = (after - before) / (many - few)
print(f"{bot}: {after - before} allocations for {many - few} messages, {each:.2f} each, at most {most:g}")
sys.exit(2 if each > most else 0)
PYTHON
}

# On a busy machine frames are late, and the timer that then sends them allocates in the event loop: three attempts.
status=1
for attempt in 1 2 3; do
    status=0
    judge echo || status=$?
    [ $status -eq 2 ] || break
done
[ $status -eq 0 ] || { echo "FAILED: a message of a served call allocates more than it may" >&2; exit 1; }
status=0
judge echo-task || status=$?
[ $status -eq 2 ] || { echo "FAILED: the count does not see a bot that allocates" >&2; exit 1; }
echo "planted: echo-task is seen"
