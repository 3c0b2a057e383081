import { operationPath } from '../../../../../spec/pure-bt/path.ts';

/** One request as a test writes it into a file. */
export type Sent = { readonly authorization: string; readonly body: string };

/** A form of file: its name, how several requests are written in it, and whether it has their token. */
export type FileForm = readonly [
  name: string,
  write: (requests: readonly Sent[]) => string | Uint8Array,
  token?: 'no token',
];

/** The URL of every request. */
export const url: string = `https://api.example.com${operationPath}`;

/** Writes requests one after the other. */
export const each =
  (write: (sent: Sent) => string, between = '\n') =>
  (requests: readonly Sent[]): string =>
    requests.map(write).join(between);

/** A text in UTF-16, with a byte order mark. */
export const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
