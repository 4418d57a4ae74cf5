#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A server for a long time: SHORT calls of half a second, then LONG calls at a time for MINUTES, some of which end early, press
# keys into a speaking bot, or come from platforms that misbehave. Fails on a slope in memory, descriptors, threads, calls that
# the server holds with their bots, age of frames or lateness, and on a call that is left when all are over. The page of a run in full is bench/results/soak.md, that of a shorter one stays in .cache.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build; SHORT (10000), LONG (200), MINUTES (30).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
short=${SHORT:-10000} long=${LONG:-200} minutes=${MINUTES:-30}
home=$cache/soak
need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
ulimit -n "$(ulimit -Hn)"
rm -rf "$home"
mkdir -p "$home"
page=$root/bench/results/soak.md
[ "$short $long $minutes" = "10000 200 30" ] || page=$home/soak.md
cat >"$home/server.yaml" <<'YAML'
limits:
  calls: 5000
  connections_per_source: 5000
routes:
  - {path: /echo, dialect: twilio, authentication: {none: true}, bot: echo}
  - {path: /task, dialect: twilio, authentication: {none: true}, bot: echo-task}
  - {path: /desk, dialect: ivr-solutions, authentication: {none: true}, bot: receptionist}
YAML
revision=$(git -C "$root" describe --always --dirty 2>/dev/null || echo "not known")
workers=()
trap 'kill "${workers[@]}" 2>/dev/null || true; kill_server' EXIT
start_server --config "$home/server.yaml" --port 0 --admin-port 0 --plain

admin=$(python3 "$root/Tests/Checks/soakload.py" port "$server_log")

# sample FILE: one line of time, descriptors, threads and KiB of the server, and of its own figures calls, frame age and
# lateness (99th percentile so far of the loop that has most, µs), every two seconds until the file NAME.stop is.
sample() {
    while [ ! -e "$1.stop" ]; do
        echo "$(date +%s.%N)" "$(find "/proc/$server_process/fd" -mindepth 1 | wc -l)" \
            "$(sed -n 's/^Threads:[^0-9]*//p' "/proc/$server_process/status")" \
            "$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server_process/status")" \
            "$(python3 "$root/Tests/Checks/soakload.py" figures "$admin")" >>"$1"
        sleep 2
    done
}

# load NAME PATH option…: the load tool on a route; its report is left in NAME.json.
load() {
    "$VOICEBRIDGE" load "$server_url/$2" --dialect twilio --pid "$server_process" --json "${@:3}" \
        >"$home/$1.json" 2>"$home/$1.err" || { echo "$1: $(cat "$home/$1.err")" >&2; return 1; }
}

failed=0
rate=40
echo "short calls: $short of half a second, $rate new ones a second"
# A tenth first, for caches and pools fill once.
load warm echo --calls 60 --rate $rate --call-seconds 0.5 --for "$((short / rate / 10 + 1))" || failed=1
sleep 3
before=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server_process/status")
sockets_before=$(find "/proc/$server_process/fd" -mindepth 1 | wc -l)
load short echo --calls 60 --rate $rate --call-seconds 0.5 --for "$((short / rate + 1))" || failed=1
sleep 3
after=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server_process/status")
sockets_after=$(find "/proc/$server_process/fd" -mindepth 1 | wc -l)
echo "short calls: $before KiB and $sockets_before descriptors before, $after KiB and $sockets_after after"

echo "long calls: $long for $minutes minutes, with churn, keys and faults"
seconds=$(python3 -c "print(int($minutes * 60))")
sample "$home/samples" &
workers+=($!)
# Half stay for the whole time, half leave after a tenth of it and others take their places; a tenth of all are tasks.
load stay echo --calls $((long / 2)) --rate 50 --for "$seconds" &
stay=$!
load churn echo --calls $((long * 4 / 10)) --rate 50 --for "$seconds" --call-seconds "$((seconds / 10 + 1))" &
churn=$!
load task task --calls $((long / 10)) --rate 50 --for "$seconds" &
task=$!
workers+=("$stay" "$churn" "$task")
# Callers that press keys while the receptionist speaks, and platforms that misbehave, one after the other.
(
    faults=(close-without-stop half-close duplicate-start bad-base64 stop-twice)
    number=0
    while [ ! -e "$home/samples.stop" ]; do
        number=$((number + 1))
        options=(--dtmf "9@0.3,1@1.0" --for 2)
        [ $((number % 3)) -ne 0 ] || options=(--fault "${faults[$((number / 3 % ${#faults[@]}))]}" --fault-at 0.3 --for 1)
        "$VOICEBRIDGE" call "$server_url/desk" --json "${options[@]}" >>"$home/desk.jsonl" 2>/dev/null || true
    done
) &
desk=$!
workers+=("$desk")
for worker in $stay $churn $task; do wait "$worker" || failed=1; done
touch "$home/samples.stop"
wait "$desk" || true
# Bots have two seconds to return.
sleep 4
python3 "$root/Tests/Checks/soakload.py" figures "$admin" >"$home/left"
stop_server || failed=1
python3 "$root/Tests/Checks/soak.py" "$home" "$page" "$revision" "$short" "$before" "$after" "$sockets_before" "$sockets_after" || failed=1
exit $failed
