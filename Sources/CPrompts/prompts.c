// SPDX-License-Identifier: Apache-2.0
#include "prompts.h"

#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char apology[] = {
#embed "../../audio-fixtures/prompts/apology-16k.wav"
};
static const unsigned char bad_input[] = {
#embed "../../audio-fixtures/prompts/bad-input-16k.wav"
};
static const unsigned char connecting[] = {
#embed "../../audio-fixtures/prompts/connecting-16k.wav"
};
static const unsigned char goodbye[] = {
#embed "../../audio-fixtures/prompts/goodbye-16k.wav"
};
static const unsigned char greeting_and_menu[] = {
#embed "../../audio-fixtures/prompts/greeting-and-menu-16k.wav"
};
static const unsigned char no_input[] = {
#embed "../../audio-fixtures/prompts/no-input-16k.wav"
};
static const unsigned char operator_prompt[] = {
#embed "../../audio-fixtures/prompts/operator-16k.wav"
};
static const unsigned char say_it_back[] = {
#embed "../../audio-fixtures/prompts/say-it-back-16k.wav"
};

static const struct voicebridge_prompt prompts[] = {
    {"apology", apology, sizeof apology},
    {"bad-input", bad_input, sizeof bad_input},
    {"connecting", connecting, sizeof connecting},
    {"goodbye", goodbye, sizeof goodbye},
    {"greeting-and-menu", greeting_and_menu, sizeof greeting_and_menu},
    {"no-input", no_input, sizeof no_input},
    {"operator", operator_prompt, sizeof operator_prompt},
    {"say-it-back", say_it_back, sizeof say_it_back},
    {NULL, NULL, 0},
};

const struct voicebridge_prompt *voicebridge_find_prompt(const char *name) {
    for (const struct voicebridge_prompt *prompt = prompts; prompt->name != NULL; prompt++) {
        if (strcmp(prompt->name, name) == 0) return prompt;
    }
    return NULL;
}
