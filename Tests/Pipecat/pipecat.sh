#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The dialects held against the serializers of PyPI's `pipecat-ai`, both ways: what the server writes is what pipecat writes
# and can be read by it, what pipecat writes is taken by the server and by the simulated platforms. Where pipecat and a
# platform's document disagree is in disagreements.py.
#
#   pipecat.sh [DIALECT…]    all dialects that pipecat has a serializer for, or these
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Checks/support.sh"
here=$root/Tests/Pipecat
home=$root/.cache/pipecat

need_packages "${build_packages[@]}" "${check_packages[@]}"
installed=$home/environment/.installed-$(sha256sum <"$here/requirements.txt" | cut -c1-16)
if [ ! -e "$installed" ]; then
    rm -rf "$home/environment"
    mkdir -p "$home"
    python3 -m venv "$home/environment"
    "$home/environment/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$here/requirements.txt"
    touch "$installed"
fi
build_product release
rm -rf "$home/calls"
mkdir -p "$home/calls"
"$home/environment/bin/python" "$here/check.py" "$VOICEBRIDGE" "$home/calls" ${1:+--only "$@"}
