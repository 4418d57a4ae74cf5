// SPDX-License-Identifier: Apache-2.0
// The built-in prompts of audio-fixtures/prompts, 16 kHz WAV, as bytes of the program.
#ifndef VOICEBRIDGE_PROMPTS_H
#define VOICEBRIDGE_PROMPTS_H

#include <stddef.h>

struct voicebridge_prompt {
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// The prompt of this name; NULL when there is none.
const struct voicebridge_prompt *voicebridge_find_prompt(const char *name);

#endif
