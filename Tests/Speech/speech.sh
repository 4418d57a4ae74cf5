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
installed=$home/environment/.installed-pocketsphinx-5.1.1-numpy
if [ ! -e "$installed" ]; then
    rm -rf "$home/environment"
    mkdir -p "$home"
    python3 -m venv "$home/environment"
    "$home/environment/bin/pip" install --quiet --disable-pip-version-check pocketsphinx==5.1.1 'numpy>=1.26,<3'
    touch "$installed"
fi
build_product release
rm -rf "$calls"
mkdir -p "$calls"
echo "$VOICEBRIDGE" >"$calls/voicebridge"

# call_one NAME ENCODING: the caller says NAME.sent.wav. How the call ended is judged from its JSON, with its sound.
# The platform buffers a second: a machine that stands still for less than that is not heard. When it stood still for
# longer, the call is placed again.
call_one() {
    local try
    for try in 1 2 3 4 5; do
        "$VOICEBRIDGE" call "$server_url/v1/ivr-solutions" --insecure --json --jitter-buffer-ms 1000 \
            --header "Authorization: Bearer $server_token" \
            --audio "$calls/$1.sent.wav" --record "$calls/$1.heard.wav" --encoding "$2" \
            >"$calls/$1.json" 2>"$calls/$1.err" || [ -s "$calls/$1.json" ] || { cat "$calls/$1.err" >&2; return 1; }
        grep -q '"underruns":0,' "$calls/$1.json" && return 0
        echo "$1: the sound had gaps, try $try"
    done
    echo "$1: the machine stands still for seconds; this check needs a quieter one" >&2
    return 1
}

start_server --port 0 --admin-port 0 --bot echo
# Few calls at a time: a machine of two cores shall hear, not gasp.
at_once=6
callers=()
while IFS=$'\t' read -r clip grammar words; do
    case $clip in '#'* | '') continue ;; esac
    [ -f "$data/$clip" ] || { echo "the clip $data/$clip is not there" >&2; exit 1; }
    for encoding in pcm ulaw; do
        name=$(basename "${clip%.*}")-$encoding
        "$VOICEBRIDGE" audio resample --from 16000 --to 8000 "$data/$clip" "$calls/$name.sent.wav"
        printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$clip" "$grammar" "$words" "$encoding" >>"$calls/calls.tsv"
        [ ${#callers[@]} -lt $at_once ] || { wait "${callers[0]}"; callers=("${callers[@]:1}"); }
        call_one "$name" "$encoding" &
        callers+=($!)
    done
done <"$here/clips.tsv"
for caller in "${callers[@]}"; do wait "$caller"; done
stop_server

"$home/environment/bin/python" "$here/recognise.py" "$calls"
"$home/environment/bin/python" "$here/recognise.py" --self-test "$calls"
