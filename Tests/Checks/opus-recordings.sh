#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Recordings in Opus, with the trait of the name: both sides stand where they stand in a WAV file, also sealed, paused and
# after kill -9, as two decoders that are not ours read them. In the end faults are planted, and they must be found.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# Of the whole program only what records.
build_traits recording-child
home=$root/.cache/opus-recordings
rm -rf "$home"
mkdir -p "$home"
python3 "$root/Tests/Checks/opus_recordings.py" "$traits_product" "$home"
