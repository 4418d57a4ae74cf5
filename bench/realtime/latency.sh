#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long the relay of a realtime model holds audio, beside a floor; the median may be a millisecond.
#
#   latency.sh [--rounds N] [--limit-ms MS]
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../Tests/Checks/support.sh"
need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
python3 "$root/bench/realtime/latency.py" "$VOICEBRIDGE" "$@"
