const utf8 = (text) => new TextEncoder().encode(text);

/** `bindingCode` is the plain code, or the text of encryptedBindingCode. */
export async function sign({ pk, dk, bindingCode, pwd, userDomainSecret }) {
  const text = pk + dk + bindingCode + (pwd ?? '') + userDomainSecret;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function encrypt(plaintext, ps, random) {
  const algorithm = { name: 'AES-CBC', iv: utf8(random) };
  const bytes = await crypto.subtle.encrypt(algorithm, await importKey(ps), utf8(plaintext));
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** Throws for a ciphertext that is not Base64 or is padded wrongly. */
export async function decrypt(ciphertext, ps, random) {
  const bytes = atob(ciphertext);
  // `atob` accepts a text without its final `=`.
  if (btoa(bytes) !== ciphertext) throw new Error('the ciphertext is not padded Base64');
  const data = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  const algorithm = { name: 'AES-CBC', iv: utf8(random) };
  return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, await importKey(ps), data));
}

function importKey(ps) {
  return crypto.subtle.importKey('raw', utf8(ps), 'AES-CBC', false, ['encrypt', 'decrypt']);
}
