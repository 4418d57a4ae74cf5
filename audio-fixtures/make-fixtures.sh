#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes every WAV file of this folder anew. Needs flite (Debian: apt-get install flite) and the voicebridge command:
#     swift build -c release && audio-fixtures/make-fixtures.sh
# Another build of it may be named:  VOICEBRIDGE=path/to/voicebridge audio-fixtures/make-fixtures.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
voicebridge=${VOICEBRIDGE:-$here/../.build/release/voicebridge}
command -v flite >/dev/null || { echo "flite is missing: apt-get install flite" >&2; exit 1; }
[ -x "$voicebridge" ] || { echo "$voicebridge is missing: swift build -c release" >&2; exit 1; }
mkdir -p "$here/prompts" "$here/signals"

# prompt NAME TEXT: speaks the text at 16 kHz and converts that to 8 kHz.
prompt() {
    flite -voice slt -t "$2" -o "$here/prompts/$1-16k.wav"
    "$voicebridge" audio resample --from 16000 --to 8000 "$here/prompts/$1-16k.wav" "$here/prompts/$1-8k.wav"
    echo "prompts/$1"
}

prompt greeting-and-menu "Welcome to VoiceBridge. For sales, press 1. For support, press 2. To hear yourself, press 3. \
To hear this again, press 9. To speak to an operator, press 0."
prompt no-input "Sorry, I did not hear anything."
prompt bad-input "Sorry, that is not one of the choices."
prompt say-it-back "Please say something after the tone. I will repeat it."
prompt connecting "One moment, I am connecting you."
prompt goodbye "Thank you for calling. Goodbye."
prompt apology "Sorry, something went wrong on our side. Goodbye."
prompt operator "I am connecting you to an operator."

# signal NAME ARGUMENTS…: a tone, a sweep or digits of our own generators.
signal() {
    name=$1
    shift
    "$voicebridge" audio tone "$@" "$here/signals/$name.wav"
    echo "signals/$name"
}

for rate in 8000 16000; do
    short=$((rate / 1000))k
    signal "tone-1000-$short" --rate "$rate" --frequency 1000 --level -10 --seconds 2
    signal "sweep-100-3400-$short" --rate "$rate" --frequency 100 --sweep-to 3400 --level -6 --seconds 3
    signal "dtmf-all-$short" --rate "$rate" --digits '1234567890*#ABCD'
    signal "dtmf-fast-$short" --rate "$rate" --digits '0918273645' --tone-ms 50 --gap-ms 50
    signal "beep-$short" --rate "$rate" --frequency 800 --level -12 --seconds 0.2
done
