#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Real voices through real calls: the clips of clips.tsv go through `voicebridge call` over WSS to the bot `echo`, as
# 16-bit PCM and as µ-law, and pocketsphinx must read the same words from what the caller heard as from the clip. Then
# recordings are damaged, and that must be found.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Checks/support.sh"
here=$root/Tests/Speech
data=/usr/share/pocketsphinx/test/data
home=$root/.cache/speech
calls=$home/calls
trap kill_server EXIT

need_packages "${build_packages[@]}" "${check_packages[@]}" "${speech_packages[@]}"
if [ ! -e "$home/environment/.installed-5.1.1" ]; then
    rm -rf "$home/environment"
    mkdir -p "$home"
    python3 -m venv "$home/environment"
    "$home/environment/bin/pip" install --quiet --disable-pip-version-check pocketsphinx==5.1.1
    touch "$home/environment/.installed-5.1.1"
fi
build_product release
rm -rf "$calls"
mkdir -p "$calls"
echo "$VOICEBRIDGE" >"$calls/voicebridge"

# call_one NAME ENCODING: the caller says NAME.sent.wav.
call_one() {
    "$VOICEBRIDGE" call "$server_url/v1/ivr-solutions" --insecure --json --header "Authorization: Bearer $server_token" \
        --audio "$calls/$1.sent.wav" --record "$calls/$1.heard.wav" --encoding "$2" >"$calls/$1.json"
}

start_server --port 0 --admin-port 0 --bot echo
callers=()
while IFS=$'\t' read -r clip grammar words; do
    case $clip in '#'* | '') continue ;; esac
    [ -f "$data/$clip" ] || { echo "the clip $data/$clip is not there" >&2; exit 1; }
    for encoding in pcm ulaw; do
        name=$(basename "${clip%.*}")-$encoding
        "$VOICEBRIDGE" audio resample --from 16000 --to 8000 "$data/$clip" "$calls/$name.sent.wav"
        printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$clip" "$grammar" "$words" "$encoding" >>"$calls/calls.tsv"
        call_one "$name" "$encoding" &
        callers+=($!)
    done
done <"$here/clips.tsv"
failed=0
for caller in "${callers[@]}"; do wait "$caller" || failed=$((failed + 1)); done
[ $failed -eq 0 ] || { echo "$failed of ${#callers[@]} calls failed" >&2; exit 1; }
stop_server

"$home/environment/bin/python" "$here/recognise.py" "$calls"
"$home/environment/bin/python" "$here/recognise.py" --self-test "$calls"
