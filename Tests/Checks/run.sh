#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds, serves, puts one call through the receptionist, tells its story and goes on serving until Ctrl-C.
#
# Environment:
#   ONCE=1        ends after the call, with its exit status; fails unless audio was heard and a transfer seen
#   VOICEBRIDGE   an executable to use instead of building one
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
trap kill_server EXIT
path=/v1/ivr-solutions

need_packages "${build_packages[@]}"
echo "building"
began=$SECONDS
build_product debug
echo "built in $((SECONDS - began)) s"

start_server --port 0 --admin-port 0
echo "serving $server_url$path with a certificate made for loopback"
echo "calling: the caller listens for 3 s, then presses 1"
story=$cache/story.txt
status=0
"$VOICEBRIDGE" call "$server_url$path" --insecure --header "Authorization: Bearer $server_token" --dtmf "1@3" |
    tee "$story" || status=$?

# The story's own words are the evidence: a transfer received, and seconds of audio heard.
heard=$(sed -n 's/.*, \([0-9.]*\) s heard$/\1/p' "$story")
if ! grep -q '<- session\.transfer ' "$story"; then
    echo "no transfer was seen" >&2
    status=1
elif ! grep -q '<- audio begins' "$story" || [ "${heard:-0.0}" = 0.0 ]; then
    echo "no audio was heard" >&2
    status=1
fi
if [ -n "${ONCE:-}" ] && [ "$ONCE" != 0 ]; then
    stop_server
    exit "$status"
fi
[ "$status" -eq 0 ] || { echo "the call failed; the server's log is $server_log" >&2; exit "$status"; }

echo
echo "serving until Ctrl-C. To call again:"
echo "  $VOICEBRIDGE call $server_url$path --insecure --header 'Authorization: Bearer $server_token'"
# Ctrl-C ends the server as an operator would, so that it drains; this waits for it.
trap 'kill -TERM "$server_process" 2>/dev/null' INT TERM
tail -n 0 -f --pid="$server_process" "$server_log" &
while kill -0 "$server_process" 2>/dev/null; do wait "$server_process" && status=0 || status=$?; done
server_process=
exit "$status"
