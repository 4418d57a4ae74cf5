#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the floors and the server, installs the peers, measures all of them in turns, and writes results/capacity.md with
# its pictures. Fails when a must of targets.py is missed. Takes about three quarters of an hour; the machine should do nothing else.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build; ROUNDS, SECONDS_EACH, SETTLE, CALLS, IDLE_CALLS and
# GROWTH for shorter runs; RESULTS and REPORT, folder and name of what is written. Arguments: --only with names of parts (plain tls pcm peers
# peers-tls pipecat growth full memory new-calls hour system-calls instructions allocations).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../Tests/Checks/support.sh"
cd "$root"
need_packages "${build_packages[@]}" "${check_packages[@]}" "${gate_packages[@]}" "${peer_packages[@]}"
build_product release
work=$root/.cache/bench-capacity
mkdir -p "$work"
[ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
peers=(websockets==17.4 uvloop==0.23.0 orjson soxr==1.0.0 numpy uvicorn fastapi)
"$work/python/bin/python" -W ignore -c 'import audioop' 2>/dev/null || peers+=(audioop-lts)
"$work/python/bin/pip" install -q --disable-pip-version-check "${peers[@]}" 'pipecat-ai[websocket]==1.14.0'
"$work/python/bin/python" bench/capacity/planted.py
gcc -O2 -Wall -Wextra bench/capacity/echo.c -o "$work/echo" -lssl -lcrypto
# A thousand calls are as many descriptors, on both sides.
ulimit -n "$(ulimit -Hn)"
"$work/python/bin/python" bench/capacity/capacity.py "$VOICEBRIDGE" "$work/echo" "$work/python/bin/python" "$@"
