#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Holds calls of an hour to sixty calls of a minute each, side by side; takes an hour and writes results/hour.md.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build; MINUTES, CALLS, SHORT and RESULTS as of hour.py.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../Tests/Checks/support.sh"
cd "$root"
need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
python3 -W ignore bench/capacity/hour.py "$VOICEBRIDGE"
