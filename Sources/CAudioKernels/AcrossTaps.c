// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"

#if defined(__x86_64__)
#include <string.h>
#include "Vectors.h"

VECTOR_INLINE __m128 halves(__m256 sum) {
    return _mm_add_ps(_mm256_castps256_ps128(sum), _mm256_extractf128_ps(sum, 1));
}

/// Writes `count`, at most four, outputs, each the sum of its lanes.
VECTOR_INLINE void store_four(
    const audio_kernels_block *block, int place, int count, __m256 s0, __m256 s1, __m256 s2, __m256 s3
) {
    // The halves, then neighbours, then neighbours of those.
    __m128 sums = _mm_hadd_ps(_mm_hadd_ps(halves(s0), halves(s1)), _mm_hadd_ps(halves(s2), halves(s3)));
    if (block->sums) {
        float lanes[4];
        _mm_storeu_ps(lanes, sums);
        memcpy(block->sums + place, lanes, (size_t)count * sizeof *lanes);
        return;
    }
    __m128i samples = _mm_packs_epi32(_mm_cvtps_epi32(sums), _mm_setzero_si128());
    if (count == 4) {
        _mm_storel_epi64((__m128i *)(block->samples + place), samples);
    } else {
        int16_t lanes[8];
        _mm_storeu_si128((__m128i *)lanes, samples);
        memcpy(block->samples + place, lanes, (size_t)count * sizeof *lanes);
    }
}

/// Computes `count`, at most four, neighbouring outputs of a group whose earliest sample is `x`.
VECTOR_INLINE void convert_four(
    const audio_kernels_filter *filter, const audio_kernels_block *block, const float *x, int number, int place, int count
) {
    const int taps = filter->taps;
    const int32_t *offsets = filter->offsets + number;
    // Behind the end the last output is computed again.
    const int last = count - 1;
    const float *x0 = x + offsets[0];
    const float *x1 = x + offsets[last < 1 ? last : 1];
    const float *x2 = x + offsets[last < 2 ? last : 2];
    const float *x3 = x + offsets[last];
    const float *c0 = filter->coefficients + (size_t)number * (size_t)taps;
    const float *c1 = c0 + (last < 1 ? last : 1) * taps;
    const float *c2 = c0 + (last < 2 ? last : 2) * taps;
    const float *c3 = c0 + last * taps;
    __m256 s0 = _mm256_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
#pragma clang loop unroll_count(2)
    for (long tap = 0; tap < taps; tap += 8) {
        s0 = _mm256_add_ps(s0, _mm256_mul_ps(_mm256_loadu_ps(c0 + tap), _mm256_loadu_ps(x0 + tap)));
        s1 = _mm256_add_ps(s1, _mm256_mul_ps(_mm256_loadu_ps(c1 + tap), _mm256_loadu_ps(x1 + tap)));
        s2 = _mm256_add_ps(s2, _mm256_mul_ps(_mm256_loadu_ps(c2 + tap), _mm256_loadu_ps(x2 + tap)));
        s3 = _mm256_add_ps(s3, _mm256_mul_ps(_mm256_loadu_ps(c3 + tap), _mm256_loadu_ps(x3 + tap)));
    }
    store_four(block, place, count, s0, s1, s2, s3);
}

/// Computes `count`, at most four, neighbouring outputs and those a whole group later, which have the same coefficients:
/// these come from farther away than the samples.
VECTOR_INLINE void convert_four_twice(
    const audio_kernels_filter *filter, const audio_kernels_block *block, const float *x, int number, int place, int count
) {
    const int taps = filter->taps;
    const int32_t *offsets = filter->offsets + number;
    const int last = count - 1, second = last < 1 ? last : 1, third = last < 2 ? last : 2;
    const float *x0 = x + offsets[0], *x1 = x + offsets[second], *x2 = x + offsets[third], *x3 = x + offsets[last];
    const long later = filter->decimation;
    const float *c0 = filter->coefficients + (size_t)number * (size_t)taps;
    const float *c1 = c0 + second * taps, *c2 = c0 + third * taps, *c3 = c0 + last * taps;
    __m256 s0 = _mm256_setzero_ps(), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
    for (long tap = 0; tap < taps; tap += 8) {
        __m256 c = _mm256_loadu_ps(c0 + tap);
        s0 = _mm256_add_ps(s0, _mm256_mul_ps(c, _mm256_loadu_ps(x0 + tap)));
        t0 = _mm256_add_ps(t0, _mm256_mul_ps(c, _mm256_loadu_ps(x0 + later + tap)));
        c = _mm256_loadu_ps(c1 + tap);
        s1 = _mm256_add_ps(s1, _mm256_mul_ps(c, _mm256_loadu_ps(x1 + tap)));
        t1 = _mm256_add_ps(t1, _mm256_mul_ps(c, _mm256_loadu_ps(x1 + later + tap)));
        c = _mm256_loadu_ps(c2 + tap);
        s2 = _mm256_add_ps(s2, _mm256_mul_ps(c, _mm256_loadu_ps(x2 + tap)));
        t2 = _mm256_add_ps(t2, _mm256_mul_ps(c, _mm256_loadu_ps(x2 + later + tap)));
        c = _mm256_loadu_ps(c3 + tap);
        s3 = _mm256_add_ps(s3, _mm256_mul_ps(c, _mm256_loadu_ps(x3 + tap)));
        t3 = _mm256_add_ps(t3, _mm256_mul_ps(c, _mm256_loadu_ps(x3 + later + tap)));
    }
    store_four(block, place, count, s0, s1, s2, s3);
    store_four(block, place + filter->interpolation, count, t0, t1, t2, t3);
}

__attribute__((target("avx2"))) void audio_kernels_across_taps(
    const audio_kernels_filter *filter, const audio_kernels_block *block
) {
    float line[audio_kernels_capacity + 8];
    const int held = block->held;
    const int total = held + block->count;
    // Beginning with the end of history, so that what is written too much is written over.
    int i = 0;
    for (; i + 8 <= held; i += 8) {
        _mm256_storeu_ps(line + i, floats_of(_mm_loadu_si128((const __m128i *)(block->history + i))));
    }
    for (; i < held; i++) line[i] = block->history[i];
    for (i = 0; i + 8 <= block->count; i += 8) {
        _mm256_storeu_ps(line + held + i, floats_of(_mm_loadu_si128((const __m128i *)(block->input + i))));
    }
    for (; i < block->count; i++) line[held + i] = block->input[i];
    if (block->count >= block->kept) {
        memcpy(block->history, block->input + block->count - block->kept, (size_t)block->kept * sizeof(int16_t));
    } else {
        size_t old = (size_t)(block->kept - block->count);
        memmove(block->history, block->history + total - block->kept, old * sizeof(int16_t));
        memcpy(block->history + old, block->input, (size_t)block->count * sizeof(int16_t));
    }

    const int taps = filter->taps;
    const int interpolation = filter->interpolation;
    const int outputs = block->end - block->first;
    // Runs of outputs of one group: their coefficients follow each other. Two whole groups share them.
    int done = 0, twice = 0;
    while (done < outputs) {
        if (twice == 0 && outputs - done >= 2 * interpolation) twice = interpolation;
        const int number = (block->first + done) % interpolation;
        const int group = (block->first + done) / interpolation;
        int left = twice ? twice : outputs - done;
        if (left > interpolation - number) left = interpolation - number;
        const float *x = line + filter->history + group * filter->decimation - block->position - (taps - 1);
        for (int k = 0; k < left; k += 4) {
            const int count = left - k < 4 ? left - k : 4;
            if (twice) {
                convert_four_twice(filter, block, x, number + k, done + k, count);
            } else if (count == 4) {
                convert_four(filter, block, x, number + k, done + k, 4);
            } else {
                convert_four(filter, block, x, number + k, done + k, count);
            }
        }
        done += left;
        if (twice) {
            twice -= left;
            // Those a group later are done too.
            if (twice == 0) done += interpolation;
        }
    }
}

#else

void audio_kernels_across_taps(const audio_kernels_filter *filter, const audio_kernels_block *block) {
    (void)filter, (void)block;
    __builtin_trap();
}

#endif
