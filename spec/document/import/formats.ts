import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { DocumentField } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';
import { isRecord } from './is-record.ts';

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

/** An example of the page with a placeholder wherever a text is not of its field's format, as an empty date. */
export function inFormat(
  value: unknown,
  { type, schema, fields }: Pick<DocumentField, 'type' | 'schema' | 'fields'>,
): unknown {
  const read = swaggerType(type);
  if (Array.isArray(value)) {
    const held = { type: read.kind === 'array' && read.of !== '' ? read.of : schema, schema: '', fields };
    return value.map((item: unknown) => inFormat(item, held));
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([name, inner]) => {
      const field = fields.find((known) => known.name === name);
      return [name, field === undefined ? inner : inFormat(inner, field)] as const;
    });
    return Object.fromEntries(entries);
  }
  const isText = typeof value === 'string' && read.kind === 'scalar' && read.type === 'string';
  return isText && !isOfFormat(value, read.format) ? placeholderOf(read.format) : value;
}
