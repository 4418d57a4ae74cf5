#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the audio core and other libraries side by side, after installing what is missing, and writes audio.md with its
# pictures. Fails when a target is missed or a library is ahead, unless targets.py names it as known.
#
# Environment: RESULTS, the folder to write to instead of bench/results. --quick judges one pair and counts nothing.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../Tests/Checks/support.sh"
cd "$root"
need_packages "${build_packages[@]}" "${check_packages[@]}" "${gate_packages[@]}" "${library_packages[@]}"
work=$cache/bench-audio
mkdir -p "$work"
[ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
"$work/python/bin/pip" install -q --disable-pip-version-check numpy==2.2.6
# Gone from Python 3.13 on; the same code is a package there.
"$work/python/bin/python" -W ignore -c 'import audioop' 2>/dev/null ||
    "$work/python/bin/pip" install -q --disable-pip-version-check audioop-lts
gcc -O2 -Wall -Wextra bench/audio/libraries.c -o "$work/libraries" \
    -lsoxr -lsamplerate -lspeexdsp -lswresample -lavutil -lm
swift build -c release --product AudioBench
program=$(swift build -c release --show-bin-path)/AudioBench
"$work/python/bin/python" bench/audio/report.py "$program" "$work/libraries" "$@"
