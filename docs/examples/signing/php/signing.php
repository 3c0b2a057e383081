<?php

declare(strict_types=1);

/** $bindingCode is the plain code, or the text of encryptedBindingCode. */
function sign(string $pk, string $dk, string $bindingCode, ?string $pwd, string $userDomainSecret): string
{
    return hash('sha256', $pk . $dk . $bindingCode . ($pwd ?? '') . $userDomainSecret);
}

function encrypt(string $plaintext, string $ps, string $random): string
{
    requireLengths($ps, $random);
    return base64_encode(openssl_encrypt($plaintext, 'aes-128-cbc', $ps, OPENSSL_RAW_DATA, $random));
}

/** @throws InvalidArgumentException for a ciphertext that is not Base64 or is padded wrongly */
function decrypt(string $ciphertext, string $ps, string $random): string
{
    requireLengths($ps, $random);
    $bytes = base64_decode($ciphertext, true);
    // The decoder accepts a text without its final "=".
    $isBase64 = $bytes !== false && base64_encode($bytes) === $ciphertext;
    $plaintext = $isBase64 ? openssl_decrypt($bytes, 'aes-128-cbc', $ps, OPENSSL_RAW_DATA, $random) : false;
    if ($plaintext === false) {
        throw new InvalidArgumentException('the ciphertext cannot be decrypted');
    }
    return $plaintext;
}

/** OpenSSL fills a short key or vector with zeros and cuts a long one. */
function requireLengths(string $ps, string $random): void
{
    if (strlen($ps) !== 16 || strlen($random) !== 16) {
        throw new LengthException('ps and random must have 16 bytes');
    }
}
