// SPDX-License-Identifier: Apache-2.0
// The system's zlib, with functions where zlib.h has macros (Swift imports no function-like macro).
#ifndef VOICEBRIDGE_CZLIB_SHIM_H
#define VOICEBRIDGE_CZLIB_SHIM_H

#include <zlib.h>

static inline int czlib_deflate_init2(z_stream *stream, int level, int window_bits, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
}

static inline int czlib_inflate_init2(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

#endif
