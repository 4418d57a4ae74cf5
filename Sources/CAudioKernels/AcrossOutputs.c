// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"

#if defined(__x86_64__)
#include <string.h>
#include "Vectors.h"

#define INLINE static inline __attribute__((always_inline, target("avx2")))

/// Floats that vectors may read behind the last sample of a stream.
enum { overrun = 48, width = 8, wide = 40 };

/// Deals samples out to `decimation` streams of floats, `stride` apart.
INLINE void deal(const int16_t *line, int total, int decimation, int stride, float *streams) {
    if (decimation == 1) {
        for (int i = 0; i < total; i += 8) {
            __m128i samples = _mm_loadu_si128((const __m128i *)(line + i));
            _mm256_storeu_ps(streams + i, floats_of(samples));
        }
    } else if (decimation == 2) {
        for (int i = 0; i * 2 < total; i += 8) {
            store_pairs(_mm256_loadu_si256((const __m256i *)(line + 2 * i)), streams + i, streams + stride + i);
        }
    } else if (decimation == 3) {
        for (int i = 0; i * 3 < total; i += 8) {
            __m128i a = _mm_loadu_si128((const __m128i *)(line + 3 * i));
            __m128i b = _mm_loadu_si128((const __m128i *)(line + 3 * i + 8));
            __m128i c = _mm_loadu_si128((const __m128i *)(line + 3 * i + 16));
            // Sample 3g + s lies in lane (3g + s) mod 8 of one of the three.
            __m128i s0 = _mm_blend_epi16(_mm_blend_epi16(a, b, 0x92), c, 0x24);
            __m128i s1 = _mm_blend_epi16(_mm_blend_epi16(a, b, 0x24), c, 0x49);
            __m128i s2 = _mm_blend_epi16(_mm_blend_epi16(a, b, 0x49), c, 0x92);
            s0 = _mm_shuffle_epi8(s0, _mm_setr_epi8(0, 1, 6, 7, 12, 13, 2, 3, 8, 9, 14, 15, 4, 5, 10, 11));
            s1 = _mm_shuffle_epi8(s1, _mm_setr_epi8(2, 3, 8, 9, 14, 15, 4, 5, 10, 11, 0, 1, 6, 7, 12, 13));
            s2 = _mm_shuffle_epi8(s2, _mm_setr_epi8(4, 5, 10, 11, 0, 1, 6, 7, 12, 13, 2, 3, 8, 9, 14, 15));
            _mm256_storeu_ps(streams + i, floats_of(s0));
            _mm256_storeu_ps(streams + stride + i, floats_of(s1));
            _mm256_storeu_ps(streams + 2 * stride + i, floats_of(s2));
        }
    } else {
        for (int i = 0; i * 6 < total; i += 8) {
            // The same with pairs of samples.
            __m256i a = _mm256_loadu_si256((const __m256i *)(line + 6 * i));
            __m256i b = _mm256_loadu_si256((const __m256i *)(line + 6 * i + 16));
            __m256i c = _mm256_loadu_si256((const __m256i *)(line + 6 * i + 32));
            __m256i p0 = _mm256_blend_epi32(_mm256_blend_epi32(a, b, 0x92), c, 0x24);
            __m256i p1 = _mm256_blend_epi32(_mm256_blend_epi32(a, b, 0x24), c, 0x49);
            __m256i p2 = _mm256_blend_epi32(_mm256_blend_epi32(a, b, 0x49), c, 0x92);
            p0 = _mm256_permutevar8x32_epi32(p0, _mm256_setr_epi32(0, 3, 6, 1, 4, 7, 2, 5));
            p1 = _mm256_permutevar8x32_epi32(p1, _mm256_setr_epi32(1, 4, 7, 2, 5, 0, 3, 6));
            p2 = _mm256_permutevar8x32_epi32(p2, _mm256_setr_epi32(2, 5, 0, 3, 6, 1, 4, 7));
            store_pairs(p0, streams + i, streams + stride + i);
            store_pairs(p1, streams + 2 * stride + i, streams + 3 * stride + i);
            store_pairs(p2, streams + 4 * stride + i, streams + 5 * stride + i);
        }
    }
}

/// Sums of one phase for `vectors` times eight groups.
INLINE void filter_phase(
    const audio_kernels_filter *filter, const float *streams, int stride, int phase, int group, int decimation,
    int vectors, __m256 *sums
) {
    for (int v = 0; v < vectors; v++) sums[v] = _mm256_setzero_ps();
    const audio_kernels_segment *segment = filter->segments + phase * decimation;
    for (int s = 0; s < decimation; s++, segment++) {
        const float *x = streams + segment->stream * stride + filter->history / decimation + group + segment->start;
        const float *c = filter->coefficients + segment->coefficient;
        const float *end = c + segment->count;
#pragma clang loop unroll_count(8)
        for (; c < end; c++, x++) {
            __m256 coefficient = _mm256_broadcast_ss(c);
            for (int v = 0; v < vectors; v++) {
                sums[v] = _mm256_add_ps(sums[v], _mm256_mul_ps(coefficient, _mm256_loadu_ps(x + 8 * v)));
            }
        }
    }
}

/// All phases of `vectors` times eight groups, as samples in the order of time.
INLINE void convert_groups(
    const audio_kernels_filter *filter, const float *streams, int stride, int group, int interpolation,
    int decimation, int vectors, int16_t *samples, float *sums
) {
    for (int phase = 0; phase < interpolation; phase++) {
        __m256 found[5];
        filter_phase(filter, streams, stride, phase, group, decimation, vectors, found);
        for (int v = 0; v < vectors; v++) {
            int place = 8 * interpolation * v + phase;
            if (sums) {
                scatter_floats(found[v], sums + place, interpolation);
            } else if (interpolation == 1) {
                _mm_storeu_si128((__m128i *)(samples + place), samples_of(found[v]));
            } else {
                scatter_samples(samples_of(found[v]), samples + place, interpolation);
            }
        }
    }
}

INLINE void across_outputs(
    const audio_kernels_filter *filter, const audio_kernels_block *block, int interpolation, int decimation, int floats
) {
    int16_t line[audio_kernels_capacity + 64];
    float streams[audio_kernels_capacity + 6 * 8 + overrun];
    int total = block->held + block->count;
    memcpy(line, block->history, (size_t)block->held * sizeof *line);
    memcpy(line + block->held, block->input, (size_t)block->count * sizeof *line);
    memcpy(block->history, line + total - block->kept, (size_t)block->kept * sizeof *line);
    if (block->end <= block->first) return;
    // What vectors read behind the samples is never a result, but must be numbers.
    for (int i = 0; i < 4; i++) _mm256_storeu_si256((__m256i *)(line + total) + i, _mm256_setzero_si256());
    int stride = ((total + decimation - 1) / decimation + 7) & ~7;
    deal(line, total, decimation, stride, streams);
    for (int i = 0; i < overrun; i += 8) _mm256_storeu_ps(streams + decimation * stride + i, _mm256_setzero_ps());

    int16_t *samples = block->samples;
    float *sums = block->sums;
    int groups = (block->end + interpolation - 1) / interpolation;
    int group = 0;
    while (group < groups) {
        int count = groups - group > 2 * width ? wide : groups - group > width ? 2 * width : width;
        int from = interpolation * group;
        int to = from + interpolation * count;
        // A block whose ends are cut off is made aside.
        int inside = from >= block->first && to <= block->end;
        int16_t spare_samples[6 * wide];
        float spare_sums[6 * wide];
        int16_t *into_samples = floats ? 0 : inside ? samples + (from - block->first) : spare_samples;
        float *into_sums = !floats ? 0 : inside ? sums + (from - block->first) : spare_sums;
        if (count == wide) {
            convert_groups(
                filter, streams, stride, group, interpolation, decimation, 5, into_samples, into_sums);
        } else if (count > width) {
            convert_groups(
                filter, streams, stride, group, interpolation, decimation, 2, into_samples, into_sums);
        } else {
            convert_groups(
                filter, streams, stride, group, interpolation, decimation, 1, into_samples, into_sums);
        }
        if (!inside) {
            int low = from > block->first ? from : block->first;
            int high = to < block->end ? to : block->end;
            size_t length = (size_t)(high - low);
            if (floats) {
                memcpy(sums + (low - block->first), spare_sums + (low - from), length * sizeof *sums);
            } else {
                memcpy(samples + (low - block->first), spare_samples + (low - from), length * sizeof *samples);
            }
        }
        group += count;
    }
}

#define RATIO(l, m)                                                                                                   \
    __attribute__((target("avx2"), noinline)) static void ratio_##l##_##m(                                            \
        const audio_kernels_filter *filter, const audio_kernels_block *block                                          \
    ) {                                                                                                               \
        across_outputs(filter, block, l, m, 0);                                                                       \
    }                                                                                                                 \
    __attribute__((target("avx2"), noinline)) static void ratio_##l##_##m##_floats(                                   \
        const audio_kernels_filter *filter, const audio_kernels_block *block                                          \
    ) {                                                                                                               \
        across_outputs(filter, block, l, m, 1);                                                                       \
    }

RATIO(2, 1)
RATIO(3, 1)
RATIO(6, 1)
RATIO(3, 2)
RATIO(1, 2)
RATIO(1, 3)
RATIO(1, 6)
RATIO(2, 3)

#define CASE(l, m)                                                                                                    \
    case 8 * l + m:                                                                                                   \
        if (block->sums) ratio_##l##_##m##_floats(filter, block);                                                     \
        else ratio_##l##_##m(filter, block);                                                                          \
        break;

void audio_kernels_across_outputs(const audio_kernels_filter *filter, const audio_kernels_block *block) {
    switch (8 * filter->interpolation + filter->decimation) {
        CASE(2, 1)
        CASE(3, 1)
        CASE(6, 1)
        CASE(3, 2)
        CASE(1, 2)
        CASE(1, 3)
        CASE(1, 6)
        CASE(2, 3)
        default: __builtin_trap();
    }
}

#else

void audio_kernels_across_outputs(const audio_kernels_filter *filter, const audio_kernels_block *block) {
    (void)filter, (void)block;
    __builtin_trap();
}

#endif
