#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A server in a bad place, under calls that are recorded: a disk that is full, records that another program locks, endpoints of
# webhooks that fail or do not answer, ten thousand connections, no descriptors left, a clock that is set. Calls keep their
# sound, the log says it once, the figures for Prometheus show it, and all is well by itself after.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build; ONLY, the parts to run, such as "full files".
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
home=$cache/hostile
need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
rm -rf "$home"
mkdir -p "$home"
# Who makes more connections than the server may have needs more descriptors than it has.
ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge 12000 ] || ulimit -n 12000 ||
    { echo "12000 descriptors are needed, and $(ulimit -Hn) allowed" >&2; exit 1; }
for library in clockstep diskfull; do
    gcc -O2 -shared -fPIC "$root/Tests/Checks/$library.c" -o "$home/$library.so"
done
python3 "$root/Tests/Checks/hostile.py" "$VOICEBRIDGE" "$home" ${ONLY:-}
