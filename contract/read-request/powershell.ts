import type { RequestParts } from './found-request.ts';
import { escapeLetters, fromCodePoint, type Rule, readPiece, unreadable } from './split-words.ts';

/** A line that calls one of PowerShell's two commands for HTTP. */
export const powershellCall: RegExp = /(?:^|[\s=(|;])(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=\s)/i;

/** The requests of PowerShell commands, as browsers copy them ("Copy as PowerShell") or as people write them. */
export function readPowershell(text: string): readonly RequestParts[] | string {
  const tokens = readTokens(text);
  if (typeof tokens === 'string') return tokens;
  const variables = new Map<string, Value>();
  const requests: RequestParts[] = [];
  const reader = { tokens, at: 0, variables };
  while (reader.at < tokens.length) {
    const { text: word, kind } = tokens[reader.at] ?? end;
    reader.at += 1;
    if (kind === 'variable' && tokens[reader.at]?.text === '=' && tokens[reader.at]?.kind === 'mark') {
      reader.at += 1;
      // `$response = Invoke-WebRequest …` is a call, not a value.
      if (!isCall(tokens[reader.at])) variables.set(word.toLowerCase(), readValue(reader));
    } else if (isCall({ kind, text: word })) requests.push(readCall(reader));
  }
  return requests;
}

type Token = { readonly kind: 'word' | 'text' | 'variable' | 'mark' | 'line'; readonly text: string };
type Value = string | readonly (readonly [string, string])[] | undefined;
type Reader = { readonly tokens: readonly Token[]; at: number; readonly variables: Map<string, Value> };

const end: Token = { kind: 'line', text: '' };

function isCall(token: Token = end): boolean {
  return token.kind === 'word' && powershellCall.test(` ${token.text} `);
}

/** Source: PowerShell, about_Quoting_Rules and about_Special_Characters. */
const rules: readonly Rule<Token['kind'] | 'gap' | 'open' | 'cut'>[] = [
  [/\r?\n|;/y, 'line'],
  [/[^\S\n]+|`\r?\n|#[^\n]*/y, 'gap'],
  [/@'\r?\n([\s\S]*?)\r?\n'@/y, 'text'],
  [/@"\r?\n([\s\S]*?)\r?\n"@/y, 'text', unquote],
  [/'((?:[^']|'')*)'/y, 'text', (inside) => inside.replaceAll("''", "'")],
  [/"((?:[^"`]|`[\s\S]|"")*)"/y, 'text', unquote],
  [/\$([\w:.]+)/y, 'variable'],
  [/(@\{|@\(|[{}()=,|]|\[[\w.[\]]*\](?:::)?)/y, 'mark'],
  [/["']/y, 'open'],
  [/`\s*$/y, 'cut'],
  [/([^\s"'`;{}()=,|$]+|[\s\S])/y, 'word'],
];

function readTokens(text: string): readonly Token[] | string {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const { kind, piece, meaning } = readPiece(rules, text, at);
    if (kind === 'cut') return unreadable('it ends with a backtick');
    if (kind === 'open') return unreadable(`a quote (${piece}) is opened but not closed`);
    at += piece.length;
    if (kind !== 'gap') tokens.push({ kind, text: meaning });
  }
  return tokens;
}

const letters: Readonly<Record<string, string>> = { ...escapeLetters, '0': '\0' };

/** A text in double quotes: backtick escapes, doubled quotes, and `$([char]228)` as browsers write other characters. */
function unquote(text: string): string {
  return text.replace(
    /`u\{([0-9a-f]{1,6})\}|`([\s\S])|""|\$\(\[char\](\d{1,7})\)/gi,
    (_, hex?: string, letter?: string, decimal?: string) => {
      if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return fromCodePoint(Number(decimal));
      return letter === undefined ? '"' : (letters[letter] ?? letter);
    },
  );
}

/** A call up to the end of its line: `-Uri "…" -Headers @{…}`. */
function readCall(reader: Reader): RequestParts {
  const given = readParameters(reader);
  const text = (key: string): string | undefined => {
    const value = given.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const headers = given.get('headers');
  const body = text('body');
  const token = text('token');
  return {
    method: (text('method') ?? (given.has('body') ? 'POST' : 'GET')).toUpperCase(),
    url: text('uri'),
    headers: [
      ...(typeof headers === 'object' ? headers : []),
      ...(token === undefined ? [] : [['authorization', `Bearer ${token}`] as const]),
    ],
    body,
    problem: body === undefined ? bodyProblem(given) : undefined,
  };
}

/** The parameters of a call in lower case; the first value without a name is the URL. */
function readParameters(reader: Reader): ReadonlyMap<string, Value> {
  const given = new Map<string, Value>();
  while (!isEnd(reader.tokens[reader.at])) {
    const { kind, text } = reader.tokens[reader.at] ?? end;
    const [, name] = kind === 'word' ? (/^-([A-Za-z]+):?$/.exec(text) ?? []) : [];
    if (name === undefined) {
      const value = readValue(reader);
      if (!given.has('uri')) given.set('uri', value);
      continue;
    }
    reader.at += 1;
    const next = reader.tokens[reader.at];
    const isSwitch = isEnd(next) || (next?.kind === 'word' && next.text.startsWith('-'));
    given.set(name.toLowerCase(), isSwitch ? undefined : readValue(reader));
  }
  return given;
}

function bodyProblem(given: ReadonlyMap<string, Value>): string {
  if (given.has('infile')) return 'reads its body from a file (-InFile); give that file instead';
  if (!given.has('body')) return 'sends no body; it needs -Body';
  return 'computes its body, and nothing is run here; write -Body as a text, or copy the request as cURL';
}

function isEnd(token: Token | undefined): boolean {
  return token === undefined || token.kind === 'line' || (token.kind === 'mark' && /^[|)}]$/.test(token.text));
}

/** The value at the reader's place: a text, a table, or undefined for what would have to be run. */
function readValue(reader: Reader): Value {
  const { kind, text } = reader.tokens[reader.at] ?? end;
  reader.at += 1;
  if (kind === 'text' || kind === 'word') return text;
  if (kind === 'variable') return reader.variables.get(text.toLowerCase());
  if (text === '@{') return followedByPipe(reader, readTable(reader));
  if (text === '(' || text === '@(') return readParentheses(reader);
  // A cast before the value: [byte[]](…), [string]"…".
  if (text.startsWith('[')) return readValue(reader);
  return undefined;
}

/** `@{…} | ConvertTo-Json` has to be run to make a body; the table alone is not a body. */
function followedByPipe({ tokens, at }: Reader, table: Value): Value {
  return tokens[at]?.text === '|' ? undefined : table;
}

function readTable(reader: Reader): Value {
  const pairs: (readonly [string, string])[] = [];
  while (reader.at < reader.tokens.length) {
    const { kind, text } = reader.tokens[reader.at] ?? end;
    reader.at += 1;
    if (kind === 'mark' && text === '}') break;
    if (kind === 'line' || reader.tokens[reader.at]?.text !== '=') continue;
    reader.at += 1;
    const value = readValue(reader);
    if (typeof value === 'string') pairs.push([text, value]);
  }
  return pairs;
}

/** A text in parentheses, with or without `[System.Text.Encoding]::UTF8.GetBytes(…)` around it, or a list of bytes. */
function readParentheses(reader: Reader): Value {
  const inside: Token[] = [];
  for (let depth = 1; depth > 0 && reader.at < reader.tokens.length; reader.at += 1) {
    const token = reader.tokens[reader.at] ?? end;
    if (token.kind === 'mark' && /^@?\($/.test(token.text)) depth += 1;
    if (token.kind === 'mark' && token.text === ')') depth -= 1;
    if (depth > 0) inside.push(token);
  }
  const texts = inside.filter(({ kind }) => kind === 'text' || kind === 'variable');
  const words = inside.filter(({ kind }) => kind === 'word').map(({ text }) => text);
  if (texts.length === 0 && words.length > 0 && words.every((word) => /^(?:0x[0-9a-f]{1,2}|\d{1,3})$/i.test(word))) {
    return Buffer.from(words.map(Number)).toString();
  }
  const [only] = texts;
  if (texts.length !== 1 || only === undefined || words.some((word) => !/^(?:UTF8\.)?GetBytes$/i.test(word)))
    return undefined;
  return only.kind === 'text' ? only.text : reader.variables.get(only.text.toLowerCase());
}
