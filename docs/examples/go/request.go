package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// request holds the fields of the page. An absent field, null and "" are the same to us.
type request struct {
	PK                        string `json:"pk"`
	DK                        string `json:"dk"`
	BindingCode               string `json:"bindingCode"`
	EncryptedBindingCode      string `json:"encryptedBindingCode"`
	EncryptedNewBindingSecret string `json:"encryptedNewBindingSecret"`
	EncryptedOldBindingSecret string `json:"encryptedOldBindingSecret"`
	Random                    string `json:"random"`
	Signature                 string `json:"signature"`
	Pwd                       string `json:"pwd"`
	DeviceName                string `json:"deviceName"`
	FID                       string `json:"fid"`
	FRID                      string `json:"frid"`
	CapabilitiesBitmask       *int   `json:"capabilitiesBitmask"`
	IsCommonDevice            *bool  `json:"isCommonDevice"`
}

// These are the formats that bindgate.config.yaml declares.
var (
	dkFormat          = regexp.MustCompile(`^[0-9A-Za-z]{4,32}$`)
	bindingCodeFormat = regexp.MustCompile(`^[0-9A-F]{16}$`)
	pwdFormat         = regexp.MustCompile(`^[\x20-\x7e]{1,64}$`)
	randomFormat      = regexp.MustCompile(`^[0-9A-Za-z]{16}$`)
)

const (
	bodyLimit       = 1 << 20
	deviceNameLimit = 254
)

// readRequest reads a JSON object. PostgreSQL stores no NUL, so a text with one is refused here.
func readRequest(body io.Reader) (request, error) {
	var read request
	text, err := io.ReadAll(body)
	if err != nil || !utf8.Valid(text) || !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return read, unreadable
	}
	if json.Unmarshal(text, &read) != nil || bytes.Contains(text, []byte(`\u0000`)) {
		return read, unreadable
	}
	return read, nil
}

// check says what is wrong with the fields alone.
func (r *request) check() error {
	mask := r.CapabilitiesBitmask
	switch {
	case r.PK == "":
		return pkMissing
	case r.DK == "":
		return dkMissing
	case r.BindingCode == "" && r.EncryptedBindingCode == "":
		return bindingCodeMissing
	case !dkFormat.MatchString(r.DK):
		return dkMalformed
	case r.EncryptedBindingCode == "" && !bindingCodeFormat.MatchString(r.BindingCode):
		return bindingCodeMalformed
	case utf8.RuneCountInString(r.DeviceName) > deviceNameLimit:
		return deviceNameTooLong
	case r.Pwd != "" && !pwdFormat.MatchString(r.Pwd):
		return pwdMalformed
	case mask != nil && (*mask < 0 || *mask > 15):
		return unreadable
	case r.Signature == "":
		return signatureMissing
	case r.EncryptedNewBindingSecret == "":
		return newSecretMissing
	case !randomFormat.MatchString(r.Random):
		return newSecretMalformed
	}
	return nil
}

// isCommon says whether the device joins the common devices of a home, which is the default.
func (r *request) isCommon() bool {
	return r.FID != "" && (r.IsCommonDevice == nil || *r.IsCommonDevice)
}

// isSigned compares the signature, in constant time, with the one that is due. The ciphertext is signed as it was sent.
func (r *request) isSigned(userDomainSecret string) bool {
	code := r.BindingCode
	if r.EncryptedBindingCode != "" {
		code = r.EncryptedBindingCode
	}
	digest := sha256.Sum256([]byte(r.PK + r.DK + code + r.Pwd + userDomainSecret))
	return subtle.ConstantTimeCompare([]byte(hex.EncodeToString(digest[:])), []byte(r.Signature)) == 1
}

// opened holds what the ciphertexts contain. Secrets are digests: they are only ever compared.
type opened struct {
	bindingCode          string
	newSecret, oldSecret []byte
}

// open decrypts. Bad padding and bad content get the same answer, or the field would be a padding oracle.
func (r *request) open(ps string) (opened, error) {
	result := opened{bindingCode: r.BindingCode}
	if r.EncryptedBindingCode != "" {
		code, _ := decrypt(r.EncryptedBindingCode, ps, r.Random)
		if !bindingCodeFormat.Match(code) {
			return result, bindingCodeMalformed
		}
		result.bindingCode = string(code)
	}
	if result.newSecret = r.secretIn(r.EncryptedNewBindingSecret, ps); result.newSecret == nil {
		return result, newSecretMalformed
	}
	if r.EncryptedOldBindingSecret != "" {
		if result.oldSecret = r.secretIn(r.EncryptedOldBindingSecret, ps); result.oldSecret == nil {
			return result, oldSecretWrong
		}
	}
	return result, nil
}

// secretIn gives the digest of the secret in the ciphertext of "PK,DK,bindingSecret", if that names this very device.
func (r *request) secretIn(ciphertext, ps string) []byte {
	plaintext, ok := decrypt(ciphertext, ps, r.Random)
	parts := strings.Split(string(plaintext), ",")
	if !ok || len(parts) != 3 || parts[0] != r.PK || parts[1] != r.DK || parts[2] == "" {
		return nil
	}
	digest := sha256.Sum256([]byte(parts[2]))
	return digest[:]
}

// decrypt reverses Base64 and AES-128-CBC with PKCS #5 padding.
func decrypt(text, key, iv string) ([]byte, bool) {
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	// The decoder skips line breaks, which the format does not have.
	if err != nil || len(data) == 0 || len(data)%aes.BlockSize != 0 || strings.ContainsAny(text, "\r\n") {
		return nil, false
	}
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return nil, false
	}
	cipher.NewCBCDecrypter(block, []byte(iv)).CryptBlocks(data, data)
	padding := int(data[len(data)-1])
	if padding < 1 || padding > aes.BlockSize {
		return nil, false
	}
	content, tail := data[:len(data)-padding], data[len(data)-padding:]
	if !bytes.Equal(tail, bytes.Repeat(tail[:1], padding)) {
		return nil, false
	}
	return content, true
}
