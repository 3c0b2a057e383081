#include "signing.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int sign(const char *pk, const char *dk, const char *binding_code, const char *pwd, const char *secret, char out[65])
{
    const char *parts[] = {pk, dk, binding_code, pwd ? pwd : "", secret};
    unsigned char digest[32];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int ok = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    for (size_t i = 0; ok && i < 5; i++) ok = EVP_DigestUpdate(context, parts[i], strlen(parts[i]));
    ok = ok && EVP_DigestFinal_ex(context, digest, NULL);
    for (size_t i = 0; ok && i < sizeof digest; i++) snprintf(out + 2 * i, 3, "%02x", digest[i]);
    EVP_MD_CTX_free(context);
    return ok;
}

/* Encrypts or decrypts into out, which has room for one block more than in. Returns the length, or -1. */
static int aes(int encrypts, const char *ps, const char *random, const void *in, int length, unsigned char *out)
{
    int written = 0, rest = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int ok = context && strlen(ps) == 16 && strlen(random) == 16 &&
             EVP_CipherInit_ex(context, EVP_aes_128_cbc(), NULL, (const unsigned char *)ps,
                               (const unsigned char *)random, encrypts) &&
             EVP_CipherUpdate(context, out, &written, in, length) &&
             EVP_CipherFinal_ex(context, out + written, &rest);
    EVP_CIPHER_CTX_free(context);
    return ok ? written + rest : -1;
}

char *encrypt(const char *plaintext, const char *ps, const char *random)
{
    size_t length = strlen(plaintext);
    unsigned char *bytes = malloc(length + 16);
    char *base64 = malloc((length + 16) / 3 * 4 + 5);
    int written = bytes && base64 ? aes(1, ps, random, plaintext, (int)length, bytes) : -1;
    if (written >= 0) EVP_EncodeBlock((unsigned char *)base64, bytes, written);
    free(bytes);
    if (written >= 0) return base64;
    free(base64);
    return NULL;
}

char *decrypt(const char *ciphertext, const char *ps, const char *random, size_t *length)
{
    size_t given = strlen(ciphertext);
    unsigned char *bytes = malloc(given + 1), *plaintext = malloc(given + 17);
    char *again = malloc(given + 5);
    int count = bytes && plaintext && again ? EVP_DecodeBlock(bytes, (const unsigned char *)ciphertext, (int)given) : -1;
    /* EVP_DecodeBlock counts the bytes that "=" is in place of, and ignores white space around the text. */
    for (size_t i = given; count > 0 && i > 0 && ciphertext[i - 1] == '='; i--) count--;
    int right = count > 0 && EVP_EncodeBlock((unsigned char *)again, bytes, count) && !strcmp(again, ciphertext);
    int written = right ? aes(0, ps, random, bytes, count, plaintext) : -1;
    free(bytes);
    free(again);
    if (written < 0) {
        free(plaintext);
        return NULL;
    }
    plaintext[written] = 0;
    *length = (size_t)written;
    return (char *)plaintext;
}
