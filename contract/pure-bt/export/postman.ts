import { readFileSync } from 'node:fs';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { whyOnlyInRuns } from '../../payload.ts';
import { describeAccepted, type Entry, splitEntries } from './entries.ts';
import { findProgram } from './program.ts';

const script = readFileSync(new URL('postman-script.js', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .filter((line) => !line.startsWith('// biome-ignore'));

/** What the user sets; no value is in the collection. */
const variables: { readonly [name: string]: string } = {
  statesUrl:
    'Endpoint for provider states. If it is set, each request gets a new device from it, and the variables below do not count.',
  token: "the user's access token, without Bearer",
  pk: 'productKey',
  ps: 'productSecret: 16 characters',
  dk: 'deviceKey',
  bindingCode: 'bindingCode of the device',
  bindingSecret: 'bindingSecret of the device',
  oldBindingSecret: 'stored bindingSecret, for requests with encryptedOldBindingSecret',
  userDomainSecret: 'userDomainSecret: the end of the text to sign',
  pwd: 'password of the device, if it has one',
  fid: 'home',
  frid: 'room',
};

const notComputed =
  'the script of the collection cannot compute them; `bindgate payload NAME`, --format har and http have them';

/**
 * A Postman collection 2.1. Its script encrypts and signs each request with the collection's variables; the body of a request
 * is the program that the script follows.
 */
export function toPostman(
  entries: readonly Entry[],
  baseUrl: string,
): { readonly collection: object; readonly leftOut: ReadonlyMap<string, readonly Entry[]> } {
  const items = new Map(entries.map((entry) => [entry, toItem(entry)]));
  const { kept, leftOut } = splitEntries(entries, (entry) => {
    const onlyInRuns = entry.needs && whyOnlyInRuns[entry.needs];
    return items.get(entry) === undefined ? (onlyInRuns ?? notComputed) : undefined;
  });
  // The folder of an entry is the field that it is about.
  const folders = Map.groupBy(kept, ({ id }) => (id.includes('/') ? id.slice(0, id.indexOf('/')) : 'plain'));
  const left = [...leftOut].map(([why, all]) => ` Not in it: ${all.map(({ id }) => id).join(', ')} (${why}).`);
  const collection = {
    info: {
      name: `bindgate: ${operation.id}`,
      description: `Correct requests and requests with one named fault, each with the code that it must get. Set the variables, or statesUrl.${left.join('')}`,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: [
      { key: 'baseUrl', value: baseUrl },
      ...Object.entries(variables).map(([key, description]) => ({ key, value: '', description })),
    ],
    event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: script } }],
    item: [...folders].map(([name, inside]) => ({ name, item: inside.map((entry) => items.get(entry)) })),
  };
  return { collection, leftOut };
}

/** The request of an entry in the collection; undefined if its script cannot compute it. */
function toItem(entry: Entry): object | undefined {
  const { id, title, state, accepts, needs, changes } = entry;
  const program = needs === undefined ? findProgram(changes) : undefined;
  if (program === undefined) return undefined;
  const { codes, anyRefusal } = accepts;
  const success = codes.includes(200);
  const check = anyRefusal
    ? `pm.expect(code)${success ? ".to.be.a('number')" : '.to.not.be.oneOf([200, 0, undefined])'}`
    : `pm.expect(code).to.be.oneOf([${codes.join(', ')}])`;
  const name = JSON.stringify(`${id}: expected ${describeAccepted(entry)}`);
  return {
    name: id,
    event: [
      {
        listen: 'test',
        script: {
          type: 'text/javascript',
          exec: ['const { code } = pm.response.json();', `pm.test(${name}, () => ${check});`],
        },
      },
    ],
    request: {
      description: `${title}. State: ${state}. Expected: ${describeAccepted(entry)}.`,
      method: operation.method,
      header: [
        { key: 'Content-Type', value: 'application/json' },
        { key: 'Authorization', value: 'Bearer {{token}}' },
      ],
      url: { raw: `{{baseUrl}}${operation.path}`, host: ['{{baseUrl}}'], path: operation.path.split('/').slice(1) },
      body: {
        mode: 'raw',
        raw: JSON.stringify({ state, ...program }, undefined, 2),
        options: { raw: { language: 'json' } },
      },
    },
  };
}
