#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A thousand calls in a row, every tenth with a platform that misbehaves: descriptors, threads and memory must be where
# they were. A first hundred warms the server up, for caches and thread pools fill once.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build; CALLS instead of 1000.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
trap kill_server EXIT
calls=${CALLS:-1000}
home=$cache/thousand-calls

need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
rm -rf "$home"
mkdir -p "$home"
start_server --port 0 --admin-port 0 --bot "${BOT:-receptionist}"
export VOICEBRIDGE server_url server_token home

# one_call NUMBER: a call of a quarter of a second. The faults that end within a second are used, in turn.
one_call() {
    local number=$1 faults=(close-without-stop half-close duplicate-start bad-base64 stop-twice) options=(--for 0.25)
    if [ $((number % 10)) -eq 0 ]; then
        options=(--fault "${faults[$((number / 10 % ${#faults[@]}))]}" --fault-at 0.2 --for 2)
    fi
    "$VOICEBRIDGE" call "$server_url/v1/ivr-solutions" --insecure --json \
        --header "Authorization: Bearer $server_token" "${options[@]}" >"$home/$number.json" 2>"$home/$number.err" ||
        [ -s "$home/$number.json" ] || { echo "call $number: $(cat "$home/$number.err")"; return 1; }
}
export -f one_call

# figures: descriptors, threads and resident memory in KiB of the server, once no call is open.
figures() {
    local attempt open
    for attempt in $(seq 100); do
        open=$(find "/proc/$server_process/fd" -lname 'socket:*' | wc -l)
        # Two listeners stay.
        [ "$open" -gt 2 ] || break
        sleep 0.2
    done
    echo "$(find "/proc/$server_process/fd" -mindepth 1 | wc -l)" \
        "$(sed -n 's/^Threads:[^0-9]*//p' "/proc/$server_process/status")" \
        "$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server_process/status")"
}

# some_calls FIRST LAST: eight at a time; xargs fails when one of them does.
some_calls() { seq "$1" "$2" | xargs -P 8 -I{} bash -c 'set -euo pipefail; one_call {}'; }

some_calls 1 100
read -r descriptors threads memory < <(figures)
echo "after   100 calls: $descriptors descriptors, $threads threads, $memory KiB"
began=$SECONDS
some_calls 101 $((100 + calls))
took=$((SECONDS - began))
read -r descriptors_after threads_after memory_after < <(figures)
ended=$(grep -c 'call ended' "$server_log")
started=$(grep -c 'call started' "$server_log")
echo "after $(printf '%5d' $((100 + calls))) calls: $descriptors_after descriptors, $threads_after threads," \
    "$memory_after KiB, in $took s; $started started and $ended ended in the log"

failed=0
expect() { "${@:2}" || { echo "$1" >&2; failed=1; }; }
expect "descriptors were not given back" [ "$descriptors_after" -le "$descriptors" ]
expect "threads grew" [ "$threads_after" -le $((threads + 2)) ]
# A leak of 8 KiB a call would be seen; what the allocator keeps is not.
expect "memory grew by more than 8 MiB" [ $((memory_after - memory)) -le 8192 ]
expect "calls are missing in the log" [ "$started" -eq $((100 + calls)) ]
expect "calls did not end" [ "$ended" -eq "$started" ]
stop_server
PYTHONPATH=$root/Tests/Checks python3 - "$home" $((100 + calls)) <<'PYTHON' || failed=1
import sys
import callresult

broken, tardy, ended = [], 0, {}
for number in range(1, int(sys.argv[2]) + 1):
    result = callresult.read(f"{sys.argv[1]}/{number}.json")
    ended[result["ended_by"]] = ended.get(result["ended_by"], 0) + 1
    texts, late = callresult.violations(result)
    tardy += bool(late)
    # A platform that misbehaves may call anything a breach.
    if number % 10:
        broken += [f"call {number}: {text}" for text in texts]
print("ended by", ", ".join(f"{who}: {count}" for who, count in sorted(ended.items())), f"({tardy} with late audio)")
print("\n".join(broken[:10]))
sys.exit(bool(broken))
PYTHON
exit $failed
