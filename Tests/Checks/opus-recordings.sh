#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Recordings in Opus, with the trait of the name: both sides stand where they stand in a WAV file, also sealed, paused and
# after kill -9, as two decoders that are not ours read them. In the end faults are planted, and they must be found.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
need_packages "${build_packages[@]}" "${opus_packages[@]}"

# Of the whole program only what records.
log=$cache/build-opus.log
build=(swift build --package-path "$root" --scratch-path "$root/.build-opus" --traits Opus)
began=$SECONDS
"${build[@]}" --product recording-child >"$log" 2>&1 || {
    grep -E "error:|warning:" "$log" >&2 || tail -n 20 "$log" >&2
    echo "the build with Opus failed; all of it is in $log" >&2
    exit 1
}
echo "opus recordings: built in $((SECONDS - began)) s"
home=$root/.cache/opus-recordings
rm -rf "$home"
mkdir -p "$home"
python3 "$root/Tests/Checks/opus_recordings.py" "$("${build[@]}" --show-bin-path)/recording-child" "$home"
