/*
 * The graphs of the comparison as plain loops, for a compiler that may vectorise them: sizes are constants, memory is static, and
 * what a person would write. A plug-in of `compare --native`; NativeContestant.cs describes the structure.
 *
 *   gcc -O3 -march=native -ffast-math -shared -fPIC bench/native/graphs.c -o DIR/graphs.so -lm
 *
 * A network that is one layer after another has its forward and its backward pass in two functions; what it reads and writes lies
 * in one structure, so that parameters, gradient and canonical order are the same array of floats.
 */
#include <math.h>
#include <string.h>

#ifndef PEER
#define PEER "C loops"
#endif

typedef struct {
    const char *name, *network;
    void (*load)(const float *parameters);
    void (*forward)(const float *input, float *output);
    void (*forward_batch)(const float *inputs, float *outputs, int count);
    void (*gradient)(const float *inputs, const float *targets, int count);
    void (*copy_gradient)(float *gradient);
    void (*step)(const float *inputs, const float *targets, int count, float rate);
    void (*copy_parameters)(float *parameters);
} peer;

/* Pieces. Each is inlined where its sizes are constants. */
#define PIECE static inline __attribute__((always_inline)) void

PIECE dense(const float *w, const float *b, const float *x, float *z, int units, int inputs)
{
    for (int u = 0; u < units; u++) {
        float sum = b[u];
        for (int i = 0; i < inputs; i++) sum += w[u * inputs + i] * x[i];
        z[u] = sum;
    }
}

/* Adds to the gradients of W and b and, where dx is not null, to that of x. */
PIECE dense_back(const float *w, const float *x, const float *delta, float *dw, float *db, float *dx, int units, int inputs)
{
    for (int u = 0; u < units; u++) {
        for (int i = 0; i < inputs; i++) dw[u * inputs + i] += delta[u] * x[i];
        db[u] += delta[u];
    }
    if (dx)
        for (int u = 0; u < units; u++)
            for (int i = 0; i < inputs; i++) dx[i] += delta[u] * w[u * inputs + i];
}

PIECE tanhs(float *x, int count) { for (int i = 0; i < count; i++) x[i] = tanhf(x[i]); }
PIECE tanhs_back(const float *a, float *d, int count) { for (int i = 0; i < count; i++) d[i] *= 1 - a[i] * a[i]; }
PIECE relus(float *x, int count) { for (int i = 0; i < count; i++) x[i] = x[i] > 0 ? x[i] : 0; }
PIECE relus_back(const float *a, float *d, int count) { for (int i = 0; i < count; i++) d[i] = a[i] > 0 ? d[i] : 0; }

PIECE softmax(const float *z, float *a, int count)
{
    float max = z[0], sum = 0;
    for (int i = 1; i < count; i++) max = z[i] > max ? z[i] : max;
    for (int i = 0; i < count; i++) sum += a[i] = expf(z[i] - max);
    for (int i = 0; i < count; i++) a[i] /= sum;
}

/* x̂ ⊙ w + b. Leaves x̂, and returns 1 / √(variance + ε). */
static inline __attribute__((always_inline)) float norm(const float *w, const float *b, const float *x, float *hat, float *z, int count)
{
    float sum = 0, squares = 0;
    for (int i = 0; i < count; i++) sum += x[i];
    float mean = sum / count;
    for (int i = 0; i < count; i++) squares += (x[i] - mean) * (x[i] - mean);
    float inverse = 1 / sqrtf(squares / count + 1e-5f);
    for (int i = 0; i < count; i++) {
        hat[i] = (x[i] - mean) * inverse;
        z[i] = hat[i] * w[i] + b[i];
    }
    return inverse;
}

PIECE norm_back(const float *w, const float *hat, float inverse, const float *delta, float *dw, float *db, float *dx, int count)
{
    float slopes = 0, products = 0;
    for (int i = 0; i < count; i++) {
        dw[i] += delta[i] * hat[i];
        db[i] += delta[i];
        slopes += delta[i] * w[i];
        products += delta[i] * w[i] * hat[i];
    }
    if (dx)
        for (int i = 0; i < count; i++) dx[i] += (delta[i] * w[i] - slopes / count - hat[i] * products / count) * inverse;
}

/* What every network has: loops over samples, and its parameters in and out. */
#define MEMBERS(net, inputs, outputs) \
    static void net##_load(const float *p) { memcpy(&net##_p, p, sizeof net##_p); } \
    static void net##_forward(const float *x, float *y) { net##_pass(x); net##_output(y); } \
    static void net##_forward_batch(const float *x, float *y, int count) { for (int s = 0; s < count; s++) net##_forward(x + s * inputs, y + s * outputs); } \
    static void net##_gradient(const float *x, const float *t, int count) \
    { \
        memset(&net##_g, 0, sizeof net##_g); \
        for (int s = 0; s < count; s++) { net##_pass(x + s * inputs); net##_back(x + s * inputs, t + s * outputs, 1.0f / count); } \
    } \
    static void net##_copy_gradient(float *g) { memcpy(g, &net##_g, sizeof net##_g); } \
    static void net##_step(const float *x, const float *t, int count, float rate) \
    { \
        net##_gradient(x, t, count); \
        float *p = (float *)&net##_p, *g = (float *)&net##_g; \
        for (int i = 0; i < (int)(sizeof net##_p / sizeof(float)); i++) p[i] -= rate * g[i]; \
    } \
    static void net##_copy_parameters(float *p) { memcpy(p, &net##_p, sizeof net##_p); }

#define PEER_OF(net) { PEER, #net, net##_load, net##_forward, net##_forward_batch, net##_gradient, net##_copy_gradient, net##_step, net##_copy_parameters }

/* 8-64-64 tanh, a policy of 4 logits and a value. */
static struct { float w1[64 * 8], b1[64], w2[64 * 64], b2[64], wp[4 * 64], bp[4], wv[64], bv[1]; } actor_critic_p, actor_critic_g;
static float actor_critic_a1[64], actor_critic_a2[64], actor_critic_y[5];

static void actor_critic_pass(const float *x)
{
    dense(actor_critic_p.w1, actor_critic_p.b1, x, actor_critic_a1, 64, 8);
    tanhs(actor_critic_a1, 64);
    dense(actor_critic_p.w2, actor_critic_p.b2, actor_critic_a1, actor_critic_a2, 64, 64);
    tanhs(actor_critic_a2, 64);
    dense(actor_critic_p.wp, actor_critic_p.bp, actor_critic_a2, actor_critic_y, 4, 64);
    dense(actor_critic_p.wv, actor_critic_p.bv, actor_critic_a2, actor_critic_y + 4, 1, 64);
}

static void actor_critic_output(float *y) { memcpy(y, actor_critic_y, sizeof actor_critic_y); }

static void actor_critic_back(const float *x, const float *t, float scale)
{
    float d[5], d2[64] = { 0 }, d1[64] = { 0 };
    softmax(actor_critic_y, d, 4);
    for (int i = 0; i < 4; i++) d[i] = scale * (d[i] - t[i]);
    d[4] = scale * (actor_critic_y[4] - t[4]);
    dense_back(actor_critic_p.wp, actor_critic_a2, d, actor_critic_g.wp, actor_critic_g.bp, d2, 4, 64);
    dense_back(actor_critic_p.wv, actor_critic_a2, d + 4, actor_critic_g.wv, actor_critic_g.bv, d2, 1, 64);
    tanhs_back(actor_critic_a2, d2, 64);
    dense_back(actor_critic_p.w2, actor_critic_a1, d2, actor_critic_g.w2, actor_critic_g.b2, d1, 64, 64);
    tanhs_back(actor_critic_a1, d1, 64);
    dense_back(actor_critic_p.w1, x, d1, actor_critic_g.w1, actor_critic_g.b1, 0, 64, 8);
}

MEMBERS(actor_critic, 8, 5)

/* 64-128 relu, 4 experts of 64 that a softmax of the input blends, relu, 16. */
static struct { float w1[128 * 64], b1[128], wg[4 * 64], bg[4]; struct { float w[64 * 128], b[64]; } e[4]; float wy[16 * 64], by[16]; } experts_p, experts_g;
static float experts_a1[128], experts_gate[4], experts_e[4][64], experts_a2[64], experts_y[16];

static void experts_pass(const float *x)
{
    float z[4];
    dense(experts_p.w1, experts_p.b1, x, experts_a1, 128, 64);
    relus(experts_a1, 128);
    dense(experts_p.wg, experts_p.bg, x, z, 4, 64);
    softmax(z, experts_gate, 4);
    for (int k = 0; k < 4; k++) dense(experts_p.e[k].w, experts_p.e[k].b, experts_a1, experts_e[k], 64, 128);
    for (int u = 0; u < 64; u++) {
        experts_a2[u] = 0;
        for (int k = 0; k < 4; k++) experts_a2[u] += experts_gate[k] * experts_e[k][u];
    }
    relus(experts_a2, 64);
    dense(experts_p.wy, experts_p.by, experts_a2, experts_y, 16, 64);
}

static void experts_output(float *y) { memcpy(y, experts_y, sizeof experts_y); }

static void experts_back(const float *x, const float *t, float scale)
{
    float d[16], d2[64] = { 0 }, d1[128] = { 0 }, dg[4], de[64], product = 0;
    for (int i = 0; i < 16; i++) d[i] = scale * (2.0f / 16) * (experts_y[i] - t[i]);
    dense_back(experts_p.wy, experts_a2, d, experts_g.wy, experts_g.by, d2, 16, 64);
    relus_back(experts_a2, d2, 64);
    for (int k = 0; k < 4; k++) {
        dg[k] = 0;
        for (int u = 0; u < 64; u++) {
            dg[k] += experts_e[k][u] * d2[u];
            de[u] = experts_gate[k] * d2[u];
        }
        dense_back(experts_p.e[k].w, experts_a1, de, experts_g.e[k].w, experts_g.e[k].b, d1, 64, 128);
    }
    for (int k = 0; k < 4; k++) product += experts_gate[k] * dg[k];
    for (int k = 0; k < 4; k++) dg[k] = experts_gate[k] * (dg[k] - product);
    dense_back(experts_p.wg, x, dg, experts_g.wg, experts_g.bg, 0, 4, 64);
    relus_back(experts_a1, d1, 128);
    dense_back(experts_p.w1, x, d1, experts_g.w1, experts_g.b1, 0, 128, 64);
}

MEMBERS(experts, 64, 16)

/* x + 128-512-128 relu of its layer norm, twice. */
static struct { struct { float wn[128], bn[128], w1[512 * 128], b1[512], w2[128 * 512], b2[128]; } block[2]; } simba_p, simba_g;
static struct { float hat[128], z[128], a[512], y[128], inverse; } simba_v[2];

static void simba_pass(const float *x)
{
    for (int k = 0; k < 2; k++) {
        const float *from = k == 0 ? x : simba_v[0].y;
        simba_v[k].inverse = norm(simba_p.block[k].wn, simba_p.block[k].bn, from, simba_v[k].hat, simba_v[k].z, 128);
        dense(simba_p.block[k].w1, simba_p.block[k].b1, simba_v[k].z, simba_v[k].a, 512, 128);
        relus(simba_v[k].a, 512);
        dense(simba_p.block[k].w2, simba_p.block[k].b2, simba_v[k].a, simba_v[k].y, 128, 512);
        for (int i = 0; i < 128; i++) simba_v[k].y[i] += from[i];
    }
}

static void simba_output(float *y) { memcpy(y, simba_v[1].y, sizeof simba_v[1].y); }

static void simba_back(const float *x, const float *t, float scale)
{
    (void)x;
    float d[128];
    for (int i = 0; i < 128; i++) d[i] = scale * (2.0f / 128) * (simba_v[1].y[i] - t[i]);
    for (int k = 1; k >= 0; k--) {
        float da[512] = { 0 }, dz[128] = { 0 };
        dense_back(simba_p.block[k].w2, simba_v[k].a, d, simba_g.block[k].w2, simba_g.block[k].b2, da, 128, 512);
        relus_back(simba_v[k].a, da, 512);
        dense_back(simba_p.block[k].w1, simba_v[k].z, da, simba_g.block[k].w1, simba_g.block[k].b1, dz, 512, 128);
        norm_back(simba_p.block[k].wn, simba_v[k].hat, simba_v[k].inverse, dz, simba_g.block[k].wn, simba_g.block[k].bn, k > 0 ? d : 0, 128);
    }
}

MEMBERS(simba, 128, 128)

__attribute__((visibility("default"))) const peer *peers(int *count)
{
    static const peer all[] = { PEER_OF(actor_critic), PEER_OF(experts), PEER_OF(simba) };
    *count = sizeof all / sizeof all[0];
    return all;
}
