import type { BuiltRequest } from '../../../generators/request.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { harLog, harRequest, noHarResponse } from '../../har.ts';
import { describeAccepted, type Entry } from './entries.ts';

/** A request of an export, signed now with a fixture. */
export type SignedEntry = { readonly entry: Entry; readonly request: BuiltRequest };

const path = operation.path;

/** A `.http` file for VS Code's REST Client and JetBrains' HTTP Client. The token is a variable of the file. */
export function toHttpFile(signed: readonly SignedEntry[], baseUrl: string): string {
  const bearer =
    signed.find(({ entry }) => entry.kind === 'valid')?.request.authorization ?? signed[0]?.request.authorization;
  const token = /^Bearer (\S+)$/.exec(bearer ?? '')?.[1];
  const requests = signed.map(({ entry, request }) => {
    const { authorization, body } = request;
    const value = token === undefined ? authorization : authorization?.replace(token, '{{token}}');
    return [
      `### ${entry.id}: ${entry.title}`,
      `# Expected: ${describeAccepted(entry)}. State: ${entry.state}.`,
      `${operation.method} {{baseUrl}}${path}`,
      'Content-Type: application/json',
      ...(value === undefined ? [] : [`Authorization: ${value}`]),
      '',
      // Two braces would start a variable; the escape is the same text in JSON.
      JSON.stringify(body, undefined, 2).replaceAll('{{', String.raw`{\u007b`),
      '',
    ].join('\n');
  });
  return [`@baseUrl = ${baseUrl}`, ...(token === undefined ? [] : [`@token = ${token}`]), '', ...requests]
    .join('\n')
    .trimEnd();
}

/** A HAR 1.2 file with the requests, which were not sent: each has an empty answer. */
export function toHar(signed: readonly SignedEntry[], baseUrl: string): object {
  const entries = signed.map(({ entry, request }) => {
    const text = JSON.stringify(request.body);
    return {
      startedDateTime: new Date(0).toISOString(),
      time: 0,
      request: harRequest({
        method: operation.method,
        url: baseUrl + path,
        headers: request.http.headers,
        postData: { mimeType: 'application/json', text },
        bodySize: Buffer.byteLength(text),
      }),
      response: noHarResponse,
      cache: {},
      timings: { send: 0, wait: 0, receive: 0 },
      comment: `${entry.id}: ${entry.title}; expected ${describeAccepted(entry)}`,
    };
  });
  return { log: { ...harLog(), entries } };
}

/**
 * A k6 script that sends each request once and checks its code. A device binds once, so the faults come first, and a correct
 * request may find the device bound (5049).
 */
export function toK6(signed: readonly SignedEntry[], baseUrl: string): string {
  const inOrder = signed.toSorted(
    (one, other) => Number(one.entry.kind === 'valid') - Number(other.entry.kind === 'valid'),
  );
  const requests = inOrder.map(({ entry, request }) => {
    const { codes, anyRefusal } = entry.accepts;
    const { authorization, body } = request;
    const accepts = codes.includes(200) ? [...codes, 5049] : codes;
    return `  ${JSON.stringify({ id: entry.id, codes: accepts, anyRefusal, authorization, body: JSON.stringify(body) })},`;
  });
  return `// k6 run FILE: sends each request once and checks the code of its answer. BASE_URL replaces the server.
import { check } from 'k6';
import http from 'k6/http';

const url = \`\${__ENV.BASE_URL || ${JSON.stringify(baseUrl)}}${path}\`;

// A device binds once, so a correct request may find it bound (5049).
const requests = [
${requests.join('\n')}
];

export const options = { vus: 1, iterations: 1, thresholds: { checks: ['rate==1'] } };

export default function () {
  for (const { id, codes, anyRefusal, authorization, body } of requests) {
    const headers = { 'Content-Type': 'application/json' };
    if (authorization !== undefined) headers.Authorization = authorization;
    const answer = http.post(url, body, { headers, tags: { name: id } });
    const code = answer.body ? answer.json('code') : undefined;
    const refused = code !== 200 && code !== 0 && code !== undefined;
    check(code, { [id]: () => codes.includes(code) || (anyRefusal && refused) });
  }
}`;
}

/** An `examples` object for the request body of an OpenAPI document. */
export function toOpenApiExamples(signed: readonly SignedEntry[]): object {
  const examples = signed.map(({ entry, request }) => {
    const description = `Expected: ${describeAccepted(entry)}.`;
    return [entry.id.replaceAll(/[^\w.-]/g, '_'), { summary: entry.title, description, value: request.body }];
  });
  return { examples: Object.fromEntries(examples) as object };
}
