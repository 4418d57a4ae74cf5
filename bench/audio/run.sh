#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the audio core and other libraries side by side and writes ../results/audio.md. Debian 12 and its root are
# expected for the libraries; with SKIP_INSTALL=1 nothing is installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/.build/bench-audio"
mkdir -p "$work"
if [ "${SKIP_INSTALL:-0}" != 1 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libsoxr-dev libsamplerate0-dev libspeexdsp-dev libswresample-dev valgrind binutils gcc libc6-dev >/dev/null
    [ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
    "$work/python/bin/pip" install -q numpy
    # Gone from Python 3.13 on; the same code is a package there.
    "$work/python/bin/python" -W ignore -c 'import audioop' 2>/dev/null || "$work/python/bin/pip" install -q audioop-lts
fi
python="$work/python/bin/python"
cc -O2 -Wall -Wextra "$here/libraries.c" -o "$work/libraries" -lsoxr -lsamplerate -lspeexdsp -lswresample -lavutil -lm
cd "$root"
swift build -c release --product AudioBench
bench="$(swift build -c release --product AudioBench --show-bin-path)/AudioBench"
"$python" "$here/report.py" "$bench" "$work/libraries" "$@"
"$python" "$here/gates.py" "$bench"
