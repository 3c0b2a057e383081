/* Signature and ciphertexts of a binding request, with OpenSSL (libcrypto) 1.1.1 or newer. */
#ifndef SIGNING_H
#define SIGNING_H

#include <stddef.h>

/* Writes 64 hex digits and a zero. binding_code is the plain code, or the text of encryptedBindingCode; pwd may be
 * NULL. Returns 0 if OpenSSL fails. */
int sign(const char *pk, const char *dk, const char *binding_code, const char *pwd, const char *secret, char out[65]);

/* The ciphertext in Base64, or NULL. The caller frees it. */
char *encrypt(const char *plaintext, const char *ps, const char *random);

/* The plaintext with a zero at its end, or NULL if the ciphertext is not Base64 or is padded wrongly. The caller frees
 * it. */
char *decrypt(const char *ciphertext, const char *ps, const char *random, size_t *length);

#endif
