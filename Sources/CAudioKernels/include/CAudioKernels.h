// SPDX-License-Identifier: Apache-2.0
#ifndef C_AUDIO_KERNELS_H
#define C_AUDIO_KERNELS_H

// The inner loops of the audio core for processors with AVX2, which Swift's default x86-64 target cannot use.
//
// Every function here has a twin that gives the same bits, in Swift or, where its name ends so, in C: each sum has the same
// order, multiplications and additions are never fused, and rounding is to nearest, ties to even. The twin runs
// wherever `audio_kernels_available` says no, on other processors always.

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Whether this processor has what the functions below need; on processors other than x86-64 never.
int audio_kernels_available(void);

/// A run of taps of one phase that reads neighbouring samples of one of the interleaved input streams.
typedef struct {
    /// First coefficient, earliest input first.
    int32_t coefficient;
    /// Number of taps.
    int32_t count;
    /// Which input stream: input index modulo the decimation.
    int32_t stream;
    /// The first tap's place in that stream, relative to the output's group.
    int32_t start;
} audio_kernels_segment;

/// One pair of rates.
typedef struct {
    /// `decimation` segments for each output of a group; unused where vectors hold taps.
    const audio_kernels_segment *_Nullable segments;
    /// Of each output of a group, where vectors hold taps, its earliest sample relative to that of the first output.
    const int32_t *_Nullable offsets;
    /// Where vectors hold taps, those of the outputs of a group one after the other.
    const float *coefficients;
    int32_t interpolation;
    int32_t decimation;
    /// Taps of one output; a multiple of eight where vectors hold taps.
    int32_t taps;
    /// Samples of history in front of the unfinished group.
    int32_t history;
} audio_kernels_filter;

/// One call's work: samples, in the order of time, are `held` of history and `count` of input.
typedef struct {
    /// In: the samples before the input. Out: the last `kept` of all samples.
    int16_t *history;
    int32_t held;
    int32_t kept;
    const int16_t *input;
    int32_t count;
    /// Input samples since the beginning of the unfinished group, before the input.
    int32_t position;
    /// Outputs to compute, counted from the beginning of the unfinished group.
    int32_t first;
    int32_t end;
    /// Where the output `first` goes: 16-bit samples or, where not null, floats without rounding.
    int16_t *_Nullable samples;
    float *_Nullable sums;
} audio_kernels_block;

/// The largest `held + count` of a block.
enum { audio_kernels_capacity = 2048 };

/// Filters with one output of eight neighbouring groups in a vector, for ratios 2/1, 3/1, 6/1, 3/2 and their inverses.
void audio_kernels_across_outputs(const audio_kernels_filter *filter, const audio_kernels_block *block);

/// Filters with eight neighbouring taps in a vector, for all other ratios.
void audio_kernels_across_taps(const audio_kernels_filter *filter, const audio_kernels_block *block);

/// Samples of the window of a spectrum.
enum { audio_kernels_spectrum_window = 256 };

/// The squared magnitudes of bins 0 to 127 of the samples under a Hann window whose squares sum to one, by a Fourier
/// transform.
void audio_kernels_power_spectrum(const int16_t *samples, float *powers);

/// Its twin for every processor.
void audio_kernels_power_spectrum_plainly(const int16_t *samples, float *powers);

/// Codes of linear samples, ITU-T G.711.
void audio_kernels_encode_mu_law(const int16_t *samples, uint8_t *codes, size_t count);
void audio_kernels_encode_a_law(const int16_t *samples, uint8_t *codes, size_t count);

/// Linear samples of codes, ITU-T G.711.
void audio_kernels_decode_mu_law(const uint8_t *codes, int16_t *samples, size_t count);
void audio_kernels_decode_a_law(const uint8_t *codes, int16_t *samples, size_t count);

/// The largest `count` of the two functions below.
enum { audio_kernels_predictability_most = 640 };

/// Of samples less their mean, the sums of the squares and of the products with the sample before and the one before
/// that: three floats.
void audio_kernels_predictability(const int16_t *samples, size_t count, float mean, float *found);

/// Its twin for every processor.
void audio_kernels_predictability_plainly(const int16_t *samples, size_t count, float mean, float *found);

/// The sum of samples and that of their squares.
void audio_kernels_sums(const int16_t *samples, size_t count, int64_t *sum, int64_t *squares);

#pragma clang assume_nonnull end

#endif
