import { headerValue } from '../../spec/http.ts';
import { inert } from '../inert.ts';
import type { RequestParts } from './found-request.ts';
import { fillRequest, readAssignments } from './variables.ts';

const methods = 'GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE';
/** `POST https://…`, `POST /path HTTP/1.1`, or only a URL. */
const requestLine = new RegExp(`^(?:(${methods})\\s+)?(\\S.*?)(?:\\s+HTTP/[\\d.]+)?\\s*$`);
const comment = /^\s*(?:#|\/\/)/;
const assignment = /^\s*@[\w.-]+\s*=/;

/** Whether a text is a request as HTTP or an editor's `.http` file writes it. */
export function looksLikeHttp(text: string): boolean {
  const [first = ''] = withoutScripts(text)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !comment.test(line) && !assignment.test(line));
  return (
    new RegExp(`^(?:${methods})\\s+\\S`).test(first) || /^(?:https?:\/\/|\{\{)\S+(?:\s+HTTP\/[\d.]+)?\s*$/.test(first)
  );
}

/**
 * The requests of raw HTTP text, or of a `.http` file as VS Code's REST Client and JetBrains' HTTP Client read it.
 * Source: RFC 9112; the two clients' documentation of their file format.
 */
export function readHttpFile(text: string): readonly RequestParts[] {
  const values = readAssignments(text);
  const blocks = withoutScripts(text).split(/^(?=###)/m);
  return blocks.flatMap(readBlock).map((request) => fillRequest(request, values));
}

/** JetBrains runs `< {% … %}` before and `> {% … %}` after a request; nothing is run here. */
function withoutScripts(text: string): string {
  return text.replace(/^[<>]\s*\{%[\s\S]*?%\}\s*?$/gm, '');
}

function readBlock(block: string): readonly RequestParts[] {
  const lines = block.split(/\r?\n/);
  const at = lines.findIndex((line) => line.trim() !== '' && !comment.test(line) && !assignment.test(line));
  const [, method, target] = requestLine.exec(lines[at] ?? '') ?? [];
  if (at < 0 || target === undefined) return [];
  const end = lines.findIndex((line, index) => index > at && line.trim() === '');
  const head = lines.slice(at + 1, end < 0 ? undefined : end);
  const headers = head.flatMap((line) => {
    const [, name, value = ''] = comment.test(line) ? [] : (/^([\w!#$%&'*+.^`|~-]+)\s*:(.*)$/.exec(line) ?? []);
    return name === undefined ? [] : [[name, value.trim()] as const];
  });
  // A URL may continue on indented lines, with its path or its query.
  const lastOfUrl = head.findIndex((line) => !/^\s+\S/.test(line));
  const rest = head.slice(0, lastOfUrl < 0 ? undefined : lastOfUrl).map((line) => line.trim());
  const body = lines
    .slice(end < 0 ? lines.length : end + 1)
    .filter((line) => !/^(?:<>|>>?)\s*\S/.test(line))
    .join('\n')
    .trim();
  return [{ method: method ?? 'GET', url: target + rest.join(''), headers, ...readBody(body, headers) }];
}

function readBody(body: string, headers: NonNullable<RequestParts['headers']>): RequestParts {
  if (body === '') return { problem: 'has no body; put the JSON after an empty line' };
  const [, file] = /^<@?\s*(\S.*)$/.exec(body) ?? [];
  if (file !== undefined) return { problem: `reads its body from a file (${inert(file, 60)}); give that file instead` };
  if (/chunked/i.test(headerValue(headers, 'transfer-encoding') ?? '')) {
    const [, first] = /^[0-9a-f]+[^\n]*\n([\s\S]*?)\n?0\s*$/i.exec(body) ?? [];
    if (first === undefined || /^[0-9a-f]+$/im.test(first)) {
      return { problem: 'has its body in chunks; write the body in one piece, without the lines of their lengths' };
    }
    return { body: first.trim() };
  }
  return { body };
}
