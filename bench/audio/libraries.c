// SPDX-License-Identifier: Apache-2.0

// Runs another library's resampler over a file of raw 16-bit samples, a chunk at a time, the way a live stream would:
//
//     libraries NAME FROM TO IN OUT [--trace FILE] [--chunk N] [--repeats N] [--streams N]
//
// NAME is soxr-hq, soxr-lq, src-medium, src-fastest, speex-3, speex-5, swr, swr-float, or reference, a plain
// linear-phase filter of ours for the judge of the results, or reference with a planted fault: reference-reset,
// reference-wrap, reference-lost, reference-gain, reference-nofilter.
// With streams, that many take turns, a chunk each, as the calls of a server do; the output is that of the first.
// Prints one line like the AudioBench program: the least thread CPU time of all repeats in ns per output sample, and
// the bytes a stream allocates.

#define _GNU_SOURCE
#include <malloc.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <samplerate.h>
#include <soxr.h>
#include <speex/speex_resampler.h>

typedef struct stream {
    void *state;
    int from, to;
    const char *name;
    /// Converts `count` samples (0 and a null pointer at the end of the stream); returns how many were written.
    size_t (*convert)(struct stream *stream, const int16_t *input, size_t count, int16_t *output, size_t room);
    void (*close)(struct stream *stream);
    float *in, *out;
} stream;

static void fail(const char *text) {
    fprintf(stderr, "libraries: %s\n", text);
    exit(64);
}

// soxr, without dither, so that the same samples give the same samples.

static size_t convert_soxr(stream *s, const int16_t *input, size_t count, int16_t *output, size_t room) {
    size_t used = 0, made = 0;
    if (soxr_process(s->state, input, count, &used, output, room, &made)) fail("soxr_process");
    return made;
}

static void close_soxr(stream *s) { soxr_delete(s->state); }

static void open_soxr(stream *s, unsigned long recipe) {
    soxr_io_spec_t io = soxr_io_spec(SOXR_INT16_I, SOXR_INT16_I);
    io.flags = SOXR_NO_DITHER;
    soxr_quality_spec_t quality = soxr_quality_spec(recipe, 0);
    soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    s->state = soxr_create(s->from, s->to, 1, NULL, &io, &quality, &runtime);
    s->convert = convert_soxr;
    s->close = close_soxr;
}

// libsamplerate, with the conversions to and from float that its user has to do.

static size_t convert_src(stream *s, const int16_t *input, size_t count, int16_t *output, size_t room) {
    if (count) src_short_to_float_array(input, s->in, (int)count);
    SRC_DATA data = {
        .data_in = s->in,
        .data_out = s->out,
        .input_frames = (long)count,
        .output_frames = (long)room,
        .end_of_input = input == NULL,
        .src_ratio = (double)s->to / s->from,
    };
    if (src_process(s->state, &data)) fail("src_process");
    src_float_to_short_array(s->out, output, (int)data.output_frames_gen);
    return (size_t)data.output_frames_gen;
}

static void close_src(stream *s) { src_delete(s->state); }

static void open_src(stream *s, int quality) {
    int error = 0;
    s->state = src_new(quality, 1, &error);
    s->convert = convert_src;
    s->close = close_src;
}

// speexdsp, float build.

static size_t convert_speex(stream *s, const int16_t *input, size_t count, int16_t *output, size_t room) {
    static const int16_t silence[4096];
    if (!input) {
        input = silence;
        count = (size_t)speex_resampler_get_input_latency(s->state);
    }
    spx_uint32_t used = (spx_uint32_t)count, made = (spx_uint32_t)room;
    speex_resampler_process_int(s->state, 0, input, &used, output, &made);
    return made;
}

static void close_speex(stream *s) { speex_resampler_destroy(s->state); }

static void open_speex(stream *s, int quality) {
    int error = 0;
    s->state = speex_resampler_init(1, (spx_uint32_t)s->from, (spx_uint32_t)s->to, quality, &error);
    s->convert = convert_speex;
    s->close = close_speex;
}

// libswresample.

static size_t convert_swr(stream *s, const int16_t *input, size_t count, int16_t *output, size_t room) {
    const uint8_t *in = (const uint8_t *)input;
    uint8_t *out = (uint8_t *)output;
    int made = swr_convert(s->state, &out, (int)room, input ? &in : NULL, (int)count);
    if (made < 0) fail("swr_convert");
    return (size_t)made;
}

static void close_swr(stream *s) {
    struct SwrContext *context = s->state;
    swr_free(&context);
}

static void open_swr(stream *s, int is_float) {
    struct SwrContext *context = NULL;
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    swr_alloc_set_opts2(&context, &mono, AV_SAMPLE_FMT_S16, s->to, &mono, AV_SAMPLE_FMT_S16, s->from, 0, NULL);
    if (is_float) av_opt_set_sample_fmt(context, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
    if (swr_init(context) < 0) fail("swr_init");
    s->state = context;
    s->convert = convert_swr;
    s->close = close_swr;
}

// The reference: a windowed sinc computed anew for every output, in double precision; slow, simple, and clean.

typedef struct {
    int16_t *past;
    long taken, made, lost;
} reference;

enum { half = 64 };

static double sample_at(reference *r, long index) { return index < 0 || index >= r->taken ? 0 : r->past[index]; }

// Weights of the taps around a time, which depend on its fraction only; few pairs of rates have many of those.
typedef struct {
    double fraction, reach, weights[16 * half];
} weights;

static const double *weights_at(double fraction, double slower) {
    static weights known[8];
    static int count, next;
    double reach = half / slower, cutoff = 0.93 * slower;
    for (int i = 0; i < count; i++) {
        if (fabs(known[i].fraction - fraction) < 1e-9 && known[i].reach == reach) return known[i].weights;
    }
    weights *new = &known[next];
    next = (next + 1) % 8;
    if (count < 8) count++;
    new->fraction = fraction;
    new->reach = reach;
    double gain = 0;
    int first = -(int)reach;
    for (int k = 0; k <= 2 * (int)reach; k++) {
        double x = first + k - fraction, edge = x / reach, angle = M_PI * cutoff * x;
        double window = 0.35875 + 0.48829 * cos(M_PI * edge) + 0.14128 * cos(2 * M_PI * edge) + 0.01168 * cos(3 * M_PI * edge);
        if (fabs(edge) > 1) window = 0;
        new->weights[k] = (fabs(angle) < 1e-12 ? 1 : sin(angle) / angle) * window;
        gain += new->weights[k];
    }
    for (int k = 0; k <= 2 * (int)reach; k++) new->weights[k] /= gain;
    return new->weights;
}

static double ideal(stream *s, reference *r, double time) {
    double slower = s->from < s->to ? 1 : (double)s->to / s->from, sum = 0;
    double whole = floor(time + 1e-9);
    const double *w = weights_at(time - whole, slower);
    int reach = (int)(half / slower);
    for (int k = 0; k <= 2 * reach; k++) sum += w[k] * sample_at(r, (long)whole - reach + k);
    return sum;
}

static size_t convert_reference(stream *s, const int16_t *input, size_t count, int16_t *output, size_t room) {
    reference *r = s->state;
    const char *fault = s->name + strlen("reference");
    if (strcmp(fault, "-reset") == 0) memset(r->past, 0, (size_t)r->taken * sizeof *r->past);
    if (count) memcpy(r->past + r->taken, input, count * sizeof *input);
    r->taken += (long)count;
    double slower = s->from < s->to ? 1 : (double)s->to / s->from;
    double delay = half / slower;
    size_t done = 0;
    while (done < room) {
        long due = (long)((double)r->taken * s->to / s->from + 1e-9);
        if (r->made >= due) break;
        double time = (double)r->made * s->from / s->to - delay + (double)r->lost;
        double value = strcmp(fault, "-nofilter") == 0 ? sample_at(r, (long)floor(time)) : ideal(s, r, time);
        if (strcmp(fault, "-gain") == 0) value *= 1.02;
        if (strcmp(fault, "-lost") == 0 && r->made % (5L * s->to) == 5L * s->to - 1) r->lost++;
        long whole = lrint(value);
        if (strcmp(fault, "-wrap") != 0) whole = whole > 32767 ? 32767 : whole < -32768 ? -32768 : whole;
        output[done++] = (int16_t)whole;
        r->made++;
    }
    return done;
}

static void close_reference(stream *s) {
    reference *r = s->state;
    free(r->past);
    free(r);
}

static void open_reference(stream *s) {
    reference *r = calloc(1, sizeof *r);
    r->past = calloc(70L * 48000, sizeof *r->past);
    s->state = r;
    s->convert = convert_reference;
    s->close = close_reference;
}

static void open_stream(stream *s) {
    const char *n = s->name;
    if (!strcmp(n, "soxr-hq")) open_soxr(s, SOXR_HQ);
    else if (!strcmp(n, "soxr-lq")) open_soxr(s, SOXR_LQ);
    else if (!strcmp(n, "src-medium")) open_src(s, SRC_SINC_MEDIUM_QUALITY);
    else if (!strcmp(n, "src-fastest")) open_src(s, SRC_SINC_FASTEST);
    else if (!strcmp(n, "speex-3")) open_speex(s, 3);
    else if (!strcmp(n, "speex-5")) open_speex(s, 5);
    else if (!strcmp(n, "swr")) open_swr(s, 0);
    else if (!strcmp(n, "swr-float")) open_swr(s, 1);
    else if (!strncmp(n, "reference", 9)) open_reference(s);
    else fail("which library?");
    if (!s->state) fail("the library refuses this pair");
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static size_t allocated(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

int main(int argc, char **argv) {
    if (argc < 6) fail("NAME FROM TO IN OUT [--trace FILE] [--chunk N] [--repeats N] [--streams N]");
    stream s = {.name = argv[1], .from = atoi(argv[2]), .to = atoi(argv[3])};
    size_t chunk = (size_t)s.from / 50;
    int repeats = 1, streams = 1;
    const char *trace = NULL;
    for (int i = 6; i + 1 < argc; i += 2) {
        if (!strcmp(argv[i], "--trace")) trace = argv[i + 1];
        else if (!strcmp(argv[i], "--chunk")) chunk = (size_t)atol(argv[i + 1]);
        else if (!strcmp(argv[i], "--repeats")) repeats = atoi(argv[i + 1]);
        else if (!strcmp(argv[i], "--streams")) streams = atoi(argv[i + 1]);
        else fail("what is this option?");
    }
    FILE *file = fopen(argv[4], "rb");
    if (!file || chunk < 1 || repeats < 1 || streams < 1) fail("cannot read the input");
    fseek(file, 0, SEEK_END);
    size_t count = (size_t)ftell(file) / 2;
    rewind(file);
    int16_t *input = malloc(count * 2 + 2);
    if (fread(input, 2, count, file) != count) fail("cannot read the input");
    fclose(file);
    // What one call may write: libraries keep memory in proportion to it.
    size_t most = (size_t)((double)chunk * s.to / s.from) + 4096;
    size_t room = (size_t)((double)count * s.to / s.from) + 40000 + most;
    int16_t *output = malloc(room * 2);
    size_t chunks = (count + chunk - 1) / chunk;
    size_t *totals = malloc((chunks + 1) * sizeof *totals);
    s.in = malloc((chunk + 1) * sizeof *s.in);
    s.out = malloc(most * sizeof *s.out);
    int16_t *spare = malloc(most * 2);
    stream *others = malloc((size_t)streams * sizeof *others);
    double least = 1e300;
    size_t made = 0, body = 0, state = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
        size_t before = allocated();
        open_stream(&s);
        // Later streams reuse what earlier ones gave back.
        for (int other = 1; other < streams; other++) {
            others[other] = s;
            open_stream(&others[other]);
        }
        made = 0;
        double start = now();
        for (size_t i = 0, taken = 0; taken < count; i++) {
            size_t length = count - taken < chunk ? count - taken : chunk;
            made += s.convert(&s, input + taken, length, output + made, most);
            totals[i] = made;
            for (int other = 1; other < streams; other++) {
                others[other].convert(&others[other], input + taken, length, spare, most);
            }
            taken += length;
        }
        double time = now() - start;
        if (time < least) least = time;
        body = made;
        if (repeat == 0) state = (allocated() - before) / (size_t)streams;
        for (int other = 1; other < streams; other++) others[other].close(&others[other]);
        for (size_t last = 1; last > 0; made += last) {
            last = s.convert(&s, NULL, 0, output + made, most);
            if (!strncmp(s.name, "speex", 5)) {
                made += last;
                break;
            }
        }
        s.close(&s);
    }
    file = fopen(argv[5], "wb");
    if (!file || fwrite(output, 2, made, file) != made || fclose(file)) fail("cannot write the output");
    if (trace && (file = fopen(trace, "w"))) {
        for (size_t i = 0; i < chunks; i++) {
            fprintf(file, "%zu %zu\n", (i + 1) * chunk < count ? (i + 1) * chunk : count, totals[i]);
        }
        fclose(file);
    }
    printf("ns_per_output %g state_bytes %zu outputs %zu\n", least / (double)(body ? body : 1) / streams, state, body);
    return 0;
}
