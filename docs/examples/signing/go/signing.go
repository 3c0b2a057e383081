package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
)

// Sign takes the plain bindingCode or the text of encryptedBindingCode. Without a pwd, give "".
func Sign(pk, dk, bindingCode, pwd, userDomainSecret string) string {
	sum := sha256.Sum256([]byte(pk + dk + bindingCode + pwd + userDomainSecret))
	return hex.EncodeToString(sum[:])
}

// Encrypt pads to whole blocks: 1 to 16 bytes, each with the number of bytes.
func Encrypt(plaintext, ps, random string) (string, error) {
	block, err := aes.NewCipher([]byte(ps))
	if err != nil || len(random) != aes.BlockSize {
		return "", errors.New("ps and random must have 16 bytes")
	}
	missing := aes.BlockSize - len(plaintext)%aes.BlockSize
	data := append([]byte(plaintext), bytes.Repeat([]byte{byte(missing)}, missing)...)
	cipher.NewCBCEncrypter(block, []byte(random)).CryptBlocks(data, data)
	return base64.StdEncoding.EncodeToString(data), nil
}

// Decrypt refuses a ciphertext that is not Base64, or is cut or padded wrongly.
func Decrypt(ciphertext, ps, random string) (string, error) {
	data, err := base64.StdEncoding.Strict().DecodeString(ciphertext)
	if err != nil || len(data) == 0 || len(data)%aes.BlockSize != 0 {
		return "", errors.New("not Base64 of whole blocks")
	}
	block, err := aes.NewCipher([]byte(ps))
	if err != nil || len(random) != aes.BlockSize {
		return "", errors.New("ps and random must have 16 bytes")
	}
	cipher.NewCBCDecrypter(block, []byte(random)).CryptBlocks(data, data)
	padding := int(data[len(data)-1])
	if padding == 0 || padding > aes.BlockSize ||
		!bytes.HasSuffix(data, bytes.Repeat([]byte{byte(padding)}, padding)) {
		return "", errors.New("wrong padding")
	}
	return string(data[:len(data)-padding]), nil
}
