// SPDX-License-Identifier: Apache-2.0
#ifndef VOICEBRIDGE_COPUS_SHIM_H
#define VOICEBRIDGE_COPUS_SHIM_H

#include <opusenc.h>
#include <stddef.h>

/// An encoder of two channels whose pages are asked for; NULL and the library's error when there is none.
///
/// The library's way to set options is a function of variable arguments. Nothing is held back in order to end a file at a
/// sample: what is written comes out with the next page but for one frame. Only the codec's transform is used: its model of
/// speech foretells one side by the other, and the first 10 ms of a word were heard on the other side, 15 dB lower.
static inline OggOpusEnc *voicebridge_opus_make(int rate, int bits_per_second, int bandwidth, int *error) {
    OggOpusComments *comments = ope_comments_create();
    if (comments == NULL) {
        *error = OPE_ALLOC_FAIL;
        return NULL;
    }
    OggOpusEnc *encoder = ope_encoder_create_pull(comments, rate, 2, 0, error);
    ope_comments_destroy(comments);
    if (encoder == NULL) return NULL;
    *error = ope_encoder_ctl(encoder, OPE_SET_DECISION_DELAY(0));
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPE_SET_COMMENT_PADDING(0));
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPUS_SET_BITRATE(bits_per_second));
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPUS_SET_MAX_BANDWIDTH(bandwidth));
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPUS_SET_FORCE_CHANNELS(2));
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPUS_SET_APPLICATION(OPUS_APPLICATION_RESTRICTED_LOWDELAY));
    if (*error == OPE_OK) *error = ope_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(5));
    if (*error == OPE_OK) return encoder;
    ope_encoder_destroy(encoder);
    return NULL;
}

#endif
