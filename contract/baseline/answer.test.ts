import { expect, test } from 'vitest';
import { meaningfulHeaders } from './answer.ts';

test('keeps the names of meaningful headers, and the charset', () => {
  const headers = [
    ['Content-Type', 'application/json; Charset="UTF-8"'],
    ['Set-Cookie', 'session=secret-of-a-session'],
    ['Cache-Control', 'no-store'],
    ['set-cookie', 'other=1'],
    ['Date', 'Tue, 24 Nov 2026 21:12:09 GMT'],
    ['X-Request-Id', '8f6b4c0e'],
    ['Content-Length', '57'],
  ] as const;
  expect(meaningfulHeaders({ headers })).toEqual(['cache-control', 'charset=utf-8', 'set-cookie']);
  expect(meaningfulHeaders({ headers: [['content-type', 'application/json']] })).toEqual([]);
  expect(meaningfulHeaders({ headers: [['content-type', 'text/html; charset="a b\u0000"']] })).toEqual(['charset=a']);
});
