import { encryptToBase64, encryptUnpadded, sha256Hex, toBase64 } from '../../../generators/crypto.ts';
import { replaceAt } from '../../../generators/family/tamper.ts';
import type { Json } from '../../../generators/request.ts';

/**
 * A value: JSON with variables, or an operation. `{{good}}` is the correct value of the field, `{{body.x}}` the field x,
 * `{{code}}` the bindingCode as it is signed.
 */
export type Expression =
  | { readonly value: Json }
  | { readonly join: readonly Expression[] }
  | { readonly slice: string; readonly from: number; readonly to?: number }
  /** The bytes of a text, cut or extended, in Base64. */
  | { readonly bytes: string; readonly from: BufferEncoding; readonly to?: number; readonly append?: string }
  /** The first segments of a JWT. */
  | { readonly segments: string; readonly to: number }
  /** Another character of the same kind at one place. */
  | { readonly otherAt: number; readonly of: string }
  | { readonly reverse: string }
  | { readonly sha256: string }
  /** Padded as the document says, or filled up to a whole number of blocks with one character. */
  | { readonly encrypt: string; readonly key: string; readonly iv: string; readonly fill?: string };

/** The values of variables. */
export type Names = { readonly [name: string]: string };

/** Evaluates an expression as a client does. The function `evaluate` of postman-script.js does the same. */
export function evaluate(expression: Expression, names: Names): Json {
  const filled = (text: string): string =>
    text.replace(/\{\{([\w.]+)\}\}/g, (whole, name: string) => names[name] ?? whole);
  if ('value' in expression) return typeof expression.value === 'string' ? filled(expression.value) : expression.value;
  if ('join' in expression) return expression.join.map((part) => evaluate(part, names)).join('');
  if ('slice' in expression) return filled(expression.slice).slice(expression.from, expression.to);
  if ('bytes' in expression) {
    const { bytes, from, to, append = '' } = expression;
    return Buffer.concat([Buffer.from(filled(bytes), from).subarray(0, to), Buffer.from(append)]).toString('base64');
  }
  if ('segments' in expression) return filled(expression.segments).split('.').slice(0, expression.to).join('.');
  if ('otherAt' in expression) return replaceAt(filled(expression.of), expression.otherAt);
  if ('reverse' in expression) return [...filled(expression.reverse)].reverse().join('');
  if ('sha256' in expression) return sha256Hex(filled(expression.sha256));
  const { encrypt, key, iv, fill } = expression;
  const [text, keyText, ivText] = [filled(encrypt), filled(key), filled(iv)];
  // Only 16 bytes can be a key or an IV.
  if (keyText.length !== 16 || ivText.length !== 16) return '';
  if (fill === undefined) return encryptToBase64(text, keyText, ivText);
  const blocks = new TextEncoder().encode(text + fill.repeat(16 - (Buffer.byteLength(text) % 16)));
  return toBase64(encryptUnpadded(blocks, keyText, ivText));
}
