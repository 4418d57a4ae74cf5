#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A server in a bad place, under calls: a disk that is full, records that another program locks, an endpoint of
# webhooks that fails or is slow, no descriptors left, a clock that is set. Calls keep their sound, the log says it once, the server's figures show it, and all is well by itself after.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
home=$cache/hostile
need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
rm -rf "$home"
mkdir -p "$home"
ulimit -n "$(ulimit -Hn)"
gcc -O2 -shared -fPIC "$root/Tests/Checks/clockstep.c" -o "$home/clockstep.so"
python3 "$root/Tests/Checks/hostile.py" "$VOICEBRIDGE" "$home" "$home/clockstep.so"
