/* Answers one line of standard input with one of standard output; ../README.md describes the lines. */
#include "signing.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { longest = 16384, most_values = 5 };

/* Decodes a word of Base64 into text; NULL for "-". */
static char *read_word(const char *word, char *text)
{
    if (!strcmp(word, "-")) return NULL;
    size_t given = strlen(word);
    int length = EVP_DecodeBlock((unsigned char *)text, (const unsigned char *)word, (int)given);
    for (size_t i = given; i > 0 && word[i - 1] == '='; i--) length--;
    text[length < 0 ? 0 : length] = 0;
    return text;
}

int main(void)
{
    static char line[longest], texts[most_values][longest], base64[2 * longest];
    while (fgets(line, sizeof line, stdin)) {
        char *value[most_values] = {0}, *rest = line, *task;
        line[strcspn(line, "\n")] = 0;
        task = strsep(&rest, "\t");
        for (int i = 0; rest && i < most_values; i++) value[i] = read_word(strsep(&rest, "\t"), texts[i]);
        if (!strcmp(task, "sign")) {
            char signature[65];
            if (!sign(value[0], value[1], value[2], value[3], value[4], signature)) return 1;
            puts(signature);
        } else if (!strcmp(task, "encrypt")) {
            char *ciphertext = encrypt(value[0], value[1], value[2]);
            if (!ciphertext) return 1;
            puts(ciphertext);
            free(ciphertext);
        } else {
            size_t length;
            char *plaintext = decrypt(value[0], value[1], value[2], &length);
            if (plaintext) EVP_EncodeBlock((unsigned char *)base64, (unsigned char *)plaintext, (int)length);
            puts(plaintext ? base64 : "invalid");
            free(plaintext);
        }
    }
    return 0;
}
