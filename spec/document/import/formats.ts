import { fullFormats } from 'ajv-formats/dist/formats.js';

/** Texts of the formats that an empty text is not of. */
const placeholders: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'someone@example.org',
  uri: 'http://example.org/',
  url: 'http://example.org/',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  hostname: 'host.example.org',
};

/** A text of a format, for an example; an empty one where the format asks for nothing in particular. */
export function placeholderOf(format: string | undefined): string {
  return placeholders[format ?? ''] ?? '';
}

/** Whether a text is of a format that linters know. */
export function isOfFormat(text: string, format: string | undefined): boolean {
  const known = Object.entries(fullFormats).find(([name]) => name === format)?.[1];
  if (known instanceof RegExp) return known.test(text);
  if (typeof known === 'function') return known(text);
  if (typeof known !== 'object' || !('validate' in known)) return true;
  const { validate } = known;
  if (validate instanceof RegExp) return validate.test(text);
  return typeof validate !== 'function' || (validate as (value: string) => unknown)(text) === true;
}
