import { createRequire } from 'node:module';
import { expect } from 'vitest';
import { startStrictMock } from '../../strict-mock/strict-mock.ts';
import { entriesNamed } from '../entries.ts';
import { toPostman } from '../postman.ts';

type Summary = {
  readonly run: {
    readonly executions: readonly {
      readonly item: { readonly name: string };
      readonly response: { json(): { code?: number } };
    }[];
    readonly stats: { readonly assertions: { readonly total: number; readonly failed: number } };
    readonly failures: readonly { readonly error: { readonly message: string; readonly test?: string } }[];
  };
};
type Newman = { readonly run: (options: object, done: (error: Error | null, summary: Summary) => void) => void };

const require = createRequire(import.meta.url);
const newman = require('newman') as Newman;

/**
 * Runs the collection of these entries (all without a name) in Newman against the strict mock. Its own tests allow every
 * right server; here each answer has to have the fault's own code, if the document has one.
 */
export async function runNewman(names: readonly string[]): Promise<void> {
  await using server = await startStrictMock({ seed: 1, port: 0 });
  const entries = entriesNamed(names);
  const { collection, leftOut } = toPostman(entries, server.url);
  const environment = { values: [{ key: 'statesUrl', value: server.statesUrl }] };
  const { run } = await new Promise<Summary>((resolve, reject) => {
    newman.run({ collection, environment, reporters: [] }, (error, summary) =>
      error === null ? resolve(summary) : reject(error),
    );
  });
  expect(run.failures.map(({ error }) => `${error.test ?? 'script'}: ${error.message}`)).toEqual([]);
  expect(run.stats.assertions).toMatchObject({
    total: entries.length - [...leftOut.values()].flat().length,
    failed: 0,
  });
  const own = new Map(entries.map(({ id, accepts }) => [id, accepts.own]));
  const others = run.executions.flatMap(({ item, response }) => {
    const codes = own.get(item.name) ?? [];
    const { code = 0 } = response.json();
    return codes.length === 0 || codes.includes(code) ? [] : [`${item.name}: ${code}, not ${codes.join(' or ')}`];
  });
  expect(others).toEqual([]);
}
