#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whether the audio core costs more instructions than was committed, or allocates for a chunk. The release build is shared
# with that of the executable.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cd "$root"
need_packages "${build_packages[@]}" "${gate_packages[@]}"
swift build -c release --product AudioBench
python3 bench/audio/gates.py "$(swift build -c release --show-bin-path)/AudioBench"
