#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A minute in real time, over WSS: what a caller says comes back from the bot `echo`, and a prompt of a minute is heard,
# every sample of them, in order and to the bit. Times and underruns are printed; the machine's speed fails nothing.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build; LENGTH, seconds instead of 60.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
trap kill_server EXIT
length=${LENGTH:-60}
home=$cache/sixty-second-call
token=sixty-seconds

need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
rm -rf "$home"
mkdir -p "$home/prompts"
cd "$home"
PYTHONPATH=$root/Tests/Checks python3 - "$length" <<'PYTHON'
import random, sys
import sound
# Noise without zeros, so that no two places are alike and silence is told from sound.
numbers = random.Random(60)
for name in ("caller.wav", "prompts/greeting-and-menu.wav"):
    samples = [numbers.choice((-1, 1)) * numbers.randint(50, 3_000) for _ in range(8_000 * int(sys.argv[1]))]
    sound.write(name, 8_000, samples)
PYTHON
cat >configuration.yaml <<YAML
listen: {port: 0}
admin: {port: 0}
routes:
  - path: /echo
    authentication: {bearer: $token}
    bot: echo
    bot_options: {sample_rate: "8000"}
  - path: /prompt
    authentication: {bearer: $token}
    bot: receptionist
    bot_options: {prompts: $home/prompts}
YAML

# place NAME [option…]: one call to the path NAME.
place() {
    local name=$1
    shift
    "$VOICEBRIDGE" call "$server_url/$name" --insecure --json --header "Authorization: Bearer $token" \
        --record "$name.heard.wav" "$@" >"$name.json" 2>"$name.err" || [ -s "$name.json" ] || { cat "$name.err" >&2; return 1; }
}

start_server --config configuration.yaml
began=$SECONDS
place echo --audio caller.wav --for $((length + 5)) &
echo_call=$!
place prompt --for $((length + 4)) &
prompt_call=$!
wait $echo_call
wait $prompt_call
echo "calls of $length s and some were over after $((SECONDS - began)) s"
stop_server

PYTHONPATH=$root/Tests/Checks python3 - "$length" <<'PYTHON'
import sys
import callresult, sound

wrong = 0
for name, source in (("echo", "caller.wav"), ("prompt", "prompts/greeting-and-menu.wav")):
    sent, heard = sound.read(source, 8_000), sound.read(name + ".heard.wav", 8_000)
    result = callresult.read(name + ".json")
    found, silence, fault = sound.contains_in_order(sent, heard)
    broken, tardy = callresult.violations(result)
    print(f"{name}: {found} of {len(sent)} samples heard in order, {len(sent) - found} lost; "
          f"first audio after {result['first_audio_ms']} ms, {result['underruns']} underruns of "
          f"{result['underrun_ms']} ms, {silence} samples of silence between, {len(tardy)} late messages")
    for text in [fault] * (fault is not None) + broken:
        print(f"    WRONG: {text}")
        wrong += 1
    # One sample lost, and two that changed places, must be seen.
    middle = len(heard) // 2
    cut = heard[:middle] + heard[middle + 1 :]
    swapped = heard[:]
    swapped[middle : middle + 2] = swapped[middle : middle + 2][::-1]
    for damage, samples in (("a sample cut out", cut), ("two samples swapped", swapped)):
        if sound.contains_in_order(sent, samples)[2] is None:
            print(f"    WRONG: {damage} of the recording was not noticed")
            wrong += 1
sys.exit(wrong > 0)
PYTHON
