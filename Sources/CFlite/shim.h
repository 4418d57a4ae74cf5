// SPDX-License-Identifier: Apache-2.0
#ifndef VOICEBRIDGE_CFLITE_SHIM_H
#define VOICEBRIDGE_CFLITE_SHIM_H

#include <flite/flite.h>

// The voices are libraries of their own, without a header.
cst_voice *register_cmu_us_slt(const char *voice_folder);
cst_voice *register_cmu_us_rms(const char *voice_folder);

#endif
