import { collectionForms } from './collections.ts';
import { bash, commandForms } from './commands.ts';
import type { FileForm, Sent } from './file-form.ts';
import { each, url, utf16 } from './file-form.ts';
import { http, httpForms } from './http.ts';

const { stringify } = JSON;
const item = ({ authorization, body }: Sent): object => ({
  headers: { authorization },
  body: JSON.parse(body) as unknown,
});
const fenced =
  (write: (requests: readonly Sent[]) => string) =>
  (requests: readonly Sent[]): string =>
    `# Report\n\nIt fails:\n\n\`\`\`sh\n${write(requests)}\n\`\`\`\n\nWhy?\n`;

/** Every form of file that holds requests, with the escapes of the tool that writes it. */
export const fileForms: readonly FileForm[] = [
  ['JSON list', (requests) => stringify(requests.map(item), undefined, 2)],
  ['NDJSON', each((sent) => stringify(item(sent)))],
  ['JSON outputs one after the other', each((sent) => stringify(item(sent), undefined, 2), '\n\n')],
  ['JSON after a comment', (requests) => `# request\n// of today\n${stringify(requests.map(item))}`],
  ['JSON with a byte order mark', (requests) => `\ufeff${stringify(requests.map(item))}`],
  ['JSON in UTF-16 LE', (requests) => utf16(stringify(requests.map(item)))],
  ['JSON in UTF-16 BE', (requests) => utf16(stringify(requests.map(item)), true)],
  ['UTF-16 without a mark', (requests) => Buffer.from(stringify(requests.map(item)), 'utf16le')],
  ['JSON bodies', (requests) => stringify(requests.map(({ body }) => JSON.parse(body) as unknown)), 'no token'],
  ...commandForms,
  ...collectionForms,
  ...httpForms,
  ['curl in a fenced block', fenced(each(bash))],
  ['JSON in a fenced block', fenced((requests) => stringify(requests.map(item)))],
  ['HTTP in fenced blocks', (requests) => each((sent) => `~~~http\n${http(`POST ${url}`)(sent)}~~~\n`)(requests)],
];
