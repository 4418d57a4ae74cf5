// SPDX-License-Identifier: Apache-2.0
#ifndef VOICEBRIDGE_CPOCKETSPHINX_SHIM_H
#define VOICEBRIDGE_CPOCKETSPHINX_SHIM_H

#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include <stddef.h>

/// A decoder without a search, of an acoustic model and a dictionary; NULL when they cannot be read.
///
/// The library's way to set options is a function of variable arguments. What it has to say would go to standard error;
/// errors are returned as well.
static inline ps_decoder_t *voicebridge_make_decoder(const char *model, const char *dictionary) {
    err_set_logfp(NULL);
    cmd_ln_t *options = cmd_ln_init(NULL, ps_args(), TRUE, "-hmm", model, "-dict", dictionary, NULL);
    if (options == NULL) return NULL;
    ps_decoder_t *decoder = ps_init(options);
    cmd_ln_free_r(options);
    return decoder;
}

#endif
