/**
 * The vendor's published examples, recomputed and matched, as test vectors for every runtime.
 * They are on sibling pages, so the signed texts have other fields than this operation.
 * Note: a signature of e3b0c442…b855 is the SHA-256 of the empty string; do not use it as a vector.
 */

const publishedUserDomainSecret = '57Fk69oYgbs2aWWN362NtZwYB2RqKNqQ7yZESnF5VM22';

/** Signature examples of sibling pages: the parts of a text, joined without separators, and its SHA-256 in lower-case hex. */
export const signatureVectors: readonly { readonly parts: readonly string[]; readonly sha256: string }[] = [
  {
    parts: ['86', '17132136550', 'KbbO5AsWloh9gulLei6NhQ==', 'abcdef', publishedUserDomainSecret],
    sha256: '1fd91ebf096be51dae1c6055bc930bd8e24b1f477d2a47ae87eedb0f73057bf0',
  },
  {
    parts: ['17132136550', '3', '76a6L647F02CAoN9', '1744773894369', publishedUserDomainSecret],
    sha256: '2deb6518ca0ee701e28a6359a91270c59dbe69456a3336dc5f625bfa32e64df6',
  },
];

/**
 * Encryption examples of sibling pages: AES-128-CBC with PKCS#5 padding; key and iv are raw ASCII bytes; the result is
 * padded Base64.
 */
export const cipherVectors: readonly Readonly<Record<'plaintext' | 'key' | 'iv' | 'base64', string>>[] = [
  {
    plaintext: 'china1234',
    key: '89A049614445CCA8',
    iv: '4445CCA889A04961',
    base64: 'lkZMvj0KDSJXlp66jBieHA==',
  },
];
