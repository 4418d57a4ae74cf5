// SPDX-License-Identifier: Apache-2.0
#ifndef VECTORS_H
#define VECTORS_H

#include <immintrin.h>
#include <stdint.h>

// A product and a sum must stay two roundings, as in the Swift form.
#pragma clang fp contract(off)

#define VECTOR_INLINE static inline __attribute__((always_inline, target("avx2")))

VECTOR_INLINE __m256 floats_of(__m128i samples) { return _mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(samples)); }

/// Rounds to nearest, ties to even, and saturates; the sums of 16-bit samples are far inside of 32 bits.
VECTOR_INLINE __m128i samples_of(__m256 sums) {
    __m256i whole = _mm256_cvtps_epi32(sums);
    return _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
}

/// Eight pairs of samples, to floats at two places.
VECTOR_INLINE void store_pairs(__m256i pairs, float *low, float *high) {
    __m256i first = _mm256_srai_epi32(_mm256_slli_epi32(pairs, 16), 16);
    __m256i second = _mm256_srai_epi32(pairs, 16);
    _mm256_storeu_ps(low, _mm256_cvtepi32_ps(first));
    _mm256_storeu_ps(high, _mm256_cvtepi32_ps(second));
}

/// Writes eight samples `step` apart.
VECTOR_INLINE void scatter_samples(__m128i samples, int16_t *to, int step) {
    to[0] = (int16_t)_mm_extract_epi16(samples, 0);
    to[step] = (int16_t)_mm_extract_epi16(samples, 1);
    to[2 * step] = (int16_t)_mm_extract_epi16(samples, 2);
    to[3 * step] = (int16_t)_mm_extract_epi16(samples, 3);
    to[4 * step] = (int16_t)_mm_extract_epi16(samples, 4);
    to[5 * step] = (int16_t)_mm_extract_epi16(samples, 5);
    to[6 * step] = (int16_t)_mm_extract_epi16(samples, 6);
    to[7 * step] = (int16_t)_mm_extract_epi16(samples, 7);
}

/// Writes eight floats `step` apart.
VECTOR_INLINE void scatter_floats(__m256 sums, float *to, int step) {
    if (step == 1) {
        _mm256_storeu_ps(to, sums);
        return;
    }
    for (int lane = 0; lane < 8; lane++) to[lane * step] = sums[lane];
}

#endif
