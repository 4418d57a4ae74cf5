#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# kill -9 at random moments under calls, RUNS times on one database: no completed call may lack its record, none may have two,
# what was cut is recorded as interrupted, webhooks tell each end under one id, recordings can be played to within a second of
# the kill as they lie there, every other run's sealed, and each start takes less than two seconds.
# Losses are planted that must be seen. Prints what was counted, and fails where a count is zero.
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build; RUNS (20); SEED, that of an earlier run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
home=$cache/kill-nine
need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
rm -rf "$home"
mkdir -p "$home/recordings"
openssl rand -hex 32 >"$home/key"
cat >"$home/plain.yaml" <<YAML
# A machine that is busy with other things must not make the server refuse calls.
limits: {lag: off, busy: off}
records: {path: $home/calls.sqlite}
routes:
  - {path: /echo, dialect: twilio, authentication: {none: true}, bot: echo}
YAML
cp "$home/plain.yaml" "$home/sealed.yaml"
echo "recording: {folder: $home/recordings}" >>"$home/plain.yaml"
echo "recording: {folder: $home/recordings, encryption_key: {file: $home/key}}" >>"$home/sealed.yaml"
python3 "$root/Tests/Checks/kill_nine.py" "$VOICEBRIDGE" "$home" "${RUNS:-20}" "${SEED:-$RANDOM}"
