# SPDX-License-Identifier: Apache-2.0
# Debian packages beside the Swift toolchain, in one place. Sourced.

# To build, run and test: OpenSSL 3, zlib and SQLite with their headers, and what finds them.
build_packages=(libssl-dev zlib1g-dev libsqlite3-dev pkg-config)
# For the checks: Python, to read results, and its environments for what comes from PyPI.
check_packages=(python3 python3-venv)
# For the gates of the audio core: what counts instructions, and what builds the counter of allocations.
gate_packages=(python3 valgrind binutils gcc libc6-dev)
# The libraries that the audio core is measured beside.
library_packages=(libsoxr-dev libsamplerate0-dev libspeexdsp-dev libswresample-dev)
# What the server is measured beside, and what counts system calls.
peer_packages=(nodejs node-ws openssl strace util-linux)
# For the spoken dialogue: recognizer and synthesizer as libraries, the recognizer's model, and a voice for the caller.
talk_packages=(libpocketsphinx-dev pocketsphinx-en-us flite1-dev flite)
# For recordings in Opus: the encoder, and two decoders that are not ours.
opus_packages=(libopusenc-dev opus-tools ffmpeg python3)
# Human recordings with transcripts (BSD), for the real-speech check.
speech_packages=(pocketsphinx-testdata)
# For the Debian package.
deb_packages=(debhelper dpkg-dev fakeroot lintian binutils python3)
# For the checks of deploy/: the proxies, and what judges units, YAML, shell scripts and the chart's templates.
deploy_packages=(haproxy nginx-light caddy openssl prometheus systemd yamllint shellcheck golang-go
    golang-github-masterminds-sprig-dev golang-k8s-sigs-yaml-dev)
