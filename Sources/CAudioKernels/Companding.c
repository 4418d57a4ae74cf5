// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"

#if defined(__x86_64__)
#include "Vectors.h"
#define VECTOR __attribute__((target("avx2")))
#else
#define VECTOR
#define VECTOR_INLINE static inline
#endif

// The arithmetic of the Swift form, without a branch, for the compiler to lay over vectors.

VECTOR_INLINE uint8_t mu_law_code(int16_t sample) {
    int32_t wide = sample;
    int32_t sign = wide >> 31;
    float magnitude = (float)(((wide ^ sign) >> 2) + 33);
    float clipped = magnitude > 8191.0f ? 8191.0f : magnitude;
    union {
        float value;
        uint32_t bits;
    } parts = {clipped};
    uint32_t code = (parts.bits >> 19) - (132u << 4);
    return (uint8_t)((~code & 0x7F) | ((uint32_t)~sign & 0x80));
}

VECTOR_INLINE uint8_t a_law_code(int16_t sample) {
    int32_t wide = sample;
    int32_t sign = wide >> 31;
    int32_t magnitude = (wide ^ sign) >> 4;
    union {
        float value;
        uint32_t bits;
    } parts = {(float)magnitude};
    int32_t high = (int32_t)((parts.bits >> 19) - (130u << 4));
    int32_t code = magnitude < 32 ? magnitude : high;
    return (uint8_t)(((code & 0x7F) | (~sign & 0x80)) ^ 0x55);
}

VECTOR void audio_kernels_encode_mu_law(const int16_t *samples, uint8_t *codes, size_t count) {
    for (size_t i = 0; i < count; i++) codes[i] = mu_law_code(samples[i]);
}

VECTOR void audio_kernels_encode_a_law(const int16_t *samples, uint8_t *codes, size_t count) {
    for (size_t i = 0; i < count; i++) codes[i] = a_law_code(samples[i]);
}
