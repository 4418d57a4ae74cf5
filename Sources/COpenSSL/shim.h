// SPDX-License-Identifier: Apache-2.0
// The system's OpenSSL 3, with functions where its headers have macros (Swift imports no function-like macro).
#ifndef VOICEBRIDGE_COPENSSL_SHIM_H
#define VOICEBRIDGE_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <openssl/pem.h>

// To be called before anything else: keeps the library from freeing itself at exit, while other threads may still be in it
// and would crash (OPENSSL_init_crypto(3)). The first call decides, the others cost a look.
static inline void voicebridge_openssl_begin(void) { OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL); }

// MARK: TLS (for TransportSecurity)

// Both roles: no renegotiation, no compression; tickets stay on. The order of suites is the server's.
static inline void voicebridge_tls_set_options(SSL_CTX *context) {
    SSL_CTX_set_options(
        context,
        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA
    );
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
}

static inline int voicebridge_tls_set_versions(SSL_CTX *context, int minimum, int maximum) {
    return SSL_CTX_set_min_proto_version(context, minimum) == 1 && SSL_CTX_set_max_proto_version(context, maximum) == 1;
}

static inline int voicebridge_tls_set_groups(SSL_CTX *context, const char *list) {
    return (int)SSL_CTX_set1_groups_list(context, list);
}

// Sessions are in tickets: a server keeps nothing, a client hands each ticket to its callback.
static inline void voicebridge_tls_set_session_cache(SSL_CTX *context, int is_client) {
    SSL_CTX_set_session_cache_mode(
        context, is_client ? SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL : SSL_SESS_CACHE_OFF
    );
}

static inline int voicebridge_tls_set_server_name(SSL *connection, const char *name) {
    return (int)SSL_set_tlsext_host_name(connection, name);
}

static inline void voicebridge_tls_set_owner(SSL *connection, void *owner) { SSL_set_app_data(connection, owner); }
static inline void *voicebridge_tls_owner(const SSL *connection) { return SSL_get_app_data(connection); }

static inline void voicebridge_bio_ask_for_more(BIO *bio) { BIO_set_retry_read(bio); }
static inline void voicebridge_bio_clear_retry(BIO *bio) { BIO_clear_retry_flags(bio); }
static inline long voicebridge_bio_memory(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }

static inline EVP_PKEY *voicebridge_generate_p256(void) { return EVP_EC_gen("P-256"); }

static inline STACK_OF(X509) *voicebridge_certificates_new(void) { return sk_X509_new_null(); }
static inline int voicebridge_certificates_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}
static inline void voicebridge_certificates_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }

// Never asks a terminal for a passphrase: an encrypted key is an error.
static inline int voicebridge_no_passphrase(char *buffer, int size, int writing, void *argument) {
    (void)buffer; (void)size; (void)writing; (void)argument;
    return -1;
}
static inline EVP_PKEY *voicebridge_read_private_key(BIO *bio) {
    return PEM_read_bio_PrivateKey(bio, NULL, voicebridge_no_passphrase, NULL);
}
static inline X509 *voicebridge_read_certificate(BIO *bio) {
    return PEM_read_bio_X509(bio, NULL, voicebridge_no_passphrase, NULL);
}
static inline int voicebridge_print_name(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253);
}
static inline int voicebridge_write_private_key(BIO *bio, EVP_PKEY *key) {
    return PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL);
}

#endif
