import type { Random } from '../random.ts';

/** A pk as real ones look: `p1` and four letters or digits. */
export function productKey(random: Random): string {
  return `p1${random.string.alphanumeric(4)}`;
}

/** A productSecret (PS): 16 ASCII letters and digits, the AES-128 key as raw bytes. */
export function productSecret(random: Random): string {
  return random.string.alphanumeric(16);
}

/** A userDomainSecret: 44 letters and digits. */
export function userDomainSecret(random: Random): string {
  return random.string.alphanumeric(44);
}
