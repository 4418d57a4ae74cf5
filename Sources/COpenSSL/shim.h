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

#endif
