#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A spoken dialogue without network: flite plays the caller, through `voicebridge call` over WSS, to the bot
# offline-assistant. Three turns, one interruption, one key, one transfer; beside it ten commands, ten digits, and recordings
# of people. The words that each side heard are printed and held against what they must be; when something is said is not
# judged. In the end faults are planted, and they must be found.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Checks/support.sh"
here=$root/Tests/Talk
home=$root/.cache/talk
trap kill_server EXIT

need_packages "${check_packages[@]}" "${speech_packages[@]}"
build_traits voicebridge
VOICEBRIDGE=$traits_product
rm -rf "$home"
mkdir -p "$home"
python3 "$here/talk.py" prepare "$here" "$home" "$VOICEBRIDGE"

# converse NAME: the caller of the scene NAME calls; both sides' words are in NAME.words.
converse() {
    local name=$1 keys=()
    [ ! -s "$home/$name.keys" ] || keys=(--dtmf "$(cat "$home/$name.keys")")
    timeout 180 "$VOICEBRIDGE" call "$server_url/v1/$name" --insecure --json --encoding ulaw --jitter-buffer-ms 1000 \
        --header "Authorization: Bearer talk" --audio "$home/$name.wav" --record "$home/$name.heard.wav" "${keys[@]}" \
        >"$home/$name.json" 2>"$home/$name.err" || [ -s "$home/$name.json" ] || { cat "$home/$name.err" >&2; return 1; }
}

# Judged is what was said, not when; a machine that stands still for long enough makes other dialogues of these.
for try in 1 2; do
    start_server --config "$home/server.yaml"
    callers=()
    for name in dialogue commands digits people; do
        converse "$name" &
        callers+=($!)
    done
    for caller in "${callers[@]}"; do wait "$caller"; done
    stop_server
    python3 "$here/talk.py" check "$here" "$home" "$server_log" && break
    [ $try -lt 2 ] && python3 "$here/talk.py" stalled "$here" "$home" "$server_log" || exit 1
    echo "talk: the machine stood still during the calls; they are placed again"
done
python3 "$here/talk.py" self-test "$here" "$home" "$server_log"

# The assistant is there without a configuration, too.
start_server --port 0 --admin-port 0 --bot offline-assistant
stop_server
