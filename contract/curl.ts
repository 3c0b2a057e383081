import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { definedOnly } from '../spec/defined-only.ts';
import { inert } from './inert.ts';
import { type CaseResult, decisive, type SentBody, type ShownRequest } from './run/outcome.ts';
import { shellQuote } from './shell-quote.ts';

/** How curl reaches the server after the run. Options are quoted for a shell. */
export type Reach = {
  /** Options of every request to the server: headers, certificates, a proxy. */
  readonly options: readonly string[];
  /** The states endpoint; absent if devices come from static fixtures. */
  readonly states?: { readonly url: string; readonly options: readonly string[] };
};

/** Where the commands of a run lead. */
export type CurlPlace = {
  /** Absent if the server ends with the run: the embedded server, or one in a container. */
  readonly reach?: Reach | undefined;
  /** The folder for bodies that do not fit into a shell command. */
  readonly bodies: string;
};

const longestInline = 4_000;
/** Above this size, curl sends `Expect: 100-continue`, which bindgate does not. */
const longestWithoutExpect = 1024 * 1024;

/** The deciding request of a case as a command; undefined if nothing was sent, or if a passed case would need a file. */
export function curlCommand(
  result: CaseResult,
  url: string,
  { reach, bodies }: CurlPlace,
):
  | {
      readonly line: string;
      /** Sets up the state again and stores its fixture in `DEVICE` and its token in `TOKEN`. */
      readonly setUp?: string;
      /** What curl cannot do here, and what the reader must fill in. */
      readonly note?: string;
      /** The file with the body that the line reads. */
      readonly file?: { readonly path: string; readonly bytes: Uint8Array };
    }
  | undefined {
  const { attempts, outcome, case: tested } = result;
  const shown = decisive(attempts);
  if (shown === undefined) return undefined;
  const { request, body } = shown;
  if (outcome === 'passed' && (body?.length ?? 0) > longestInline) return undefined;
  const bytes = body?.masked() ?? new TextEncoder().encode(request.body);
  const inline = inlineText(bytes);
  if (outcome === 'passed' && inline === undefined) return undefined;
  const path = `${bodies}/${bodyFileName(tested.id)}`;
  const line = showCurl(request, url, inline ?? `@${path}`, reach, body);
  if (outcome === 'passed') return { line };
  const setUp = reach?.states === undefined ? undefined : setUpLine(reach.states, tested.given);
  const note = curlNote(result, line, inline === undefined ? bytes : undefined, reach);
  const file = inline === undefined ? { path, bytes } : undefined;
  return definedOnly({ line, setUp, note: note === '' ? undefined : note, file });
}

/** The file name for the body of a case. */
export function bodyFileName(id: string): string {
  return `${id.replaceAll(/[^\w.-]+/g, '-')}.bin`;
}

/** A shown request as a command. `data` is the text to send, or `@` and a file name. */
export function showCurl(
  request: ShownRequest,
  url: string,
  data: string = request.body,
  { options, states }: Reach = { options: [] },
  body?: SentBody,
): string {
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const chunked = body?.chunked === true && !names.has('content-length');
  // Headers that curl would add by itself.
  const unwanted = ['content-type', 'accept', ...((body?.length ?? 0) > longestWithoutExpect ? ['expect'] : [])];
  const headers = [
    ...request.headers.map(([name, value]) => headerWord(name, value, states !== undefined)),
    ...(chunked ? [shellQuote('transfer-encoding: chunked')] : []),
    ...unwanted.filter((name) => !names.has(name)).map((name) => shellQuote(`${name}:`)),
  ];
  return [
    'curl -sS',
    ...(url.startsWith('https:') ? ['--http1.1'] : []),
    ...options,
    `-X ${shellQuote(request.method)} ${shellQuote(url + request.path)}`,
    ...headers.map((header) => `-H ${header}`),
    `--data-binary ${shellQuote(data)}`,
  ].join(' ');
}

function headerWord(name: string, value: string, tokenFromState: boolean): string {
  if (tokenFromState && value === 'Bearer «token»') return `"${name}: Bearer $TOKEN"`;
  // For curl, `name:` removes a header, and `name;` sends it without a value.
  return shellQuote(value.trim() === '' ? `${name};` : `${name}: ${value}`);
}

/** The body as text for a shell; undefined if it needs a file. For curl, a leading `@` means a file. */
function inlineText(bytes: Uint8Array): string | undefined {
  if (bytes.length > longestInline || !isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes).toString();
  return text.startsWith('@') || inert(text, Number.POSITIVE_INFINITY) !== text ? undefined : text;
}

function setUpLine({ url, options }: NonNullable<Reach['states']>, state: string): string {
  const payload = JSON.stringify({ state, params: { id: randomUUID() }, action: 'setup' });
  const call = ['curl -sS', ...options, shellQuote(url), "-H 'content-type: application/json'"].join(' ');
  const token = `sed -nE 's/.*"token" *: *"(Bearer )?([^"]+)".*/\\2/p'`;
  return `DEVICE=$(${call} --data-binary ${shellQuote(payload)}); TOKEN=$(printf %s "$DEVICE" | ${token})`;
}

function curlNote(
  { attempts }: CaseResult,
  line: string,
  file: Uint8Array | undefined,
  reach: Reach | undefined,
): string {
  if (reach === undefined) return 'The server ended with the run: use the replay command.';
  const { body } = decisive(attempts) ?? {};
  const text = `${line}${file === undefined ? '' : Buffer.from(file).toString()}`;
  const masked = [...new Set([...text.matchAll(/«[^»]{1,80}»/g)].map(([name]) => name))];
  const alone = attempts.length === 1;
  return [
    ...(body?.ofDevice() !== true
      ? []
      : [
          reach.states === undefined
            ? 'The device of this request is already used, so curl shows only what was sent; to run it again, use replay.'
            : 'set-up makes a new device, but this request is signed for the old one, so curl shows only what was sent; to run it again, use replay.',
        ]),
    ...(alone ? [] : [`The case sent ${attempts.length} requests: the replay command sends all of them.`]),
    ...(body?.paused === true ? ['curl sends the body without the pause.'] : []),
    ...(masked.length === 0 ? [] : [`Fill in ${masked.join(', ')}, or run with --show-secrets.`]),
  ].join(' ');
}
