/**
 * A complete, small server of the operation, for learning and for trying states handlers:
 *
 *   PORT=8080 node docs/handlers/express/server.mjs
 *
 * TOKEN_KEY names a file with an RSA private key (PEM); without it the server makes one of its own.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express from 'express';
import { binder } from './binding.mjs';
import { rs256Issuer, statesHandler } from './handler.mjs';

const { PORT = '8080', TOKEN_KEY } = process.env;
const privateKey =
  TOKEN_KEY === undefined
    ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    : createPrivateKey(readFileSync(TOKEN_KEY));
const store = createStore();
const bind = binder(store, createPublicKey(privateKey));

const app = express().disable('x-powered-by').disable('etag');
app.use('/_states', statesHandler(store, rs256Issuer(privateKey)));
// The store over HTTP, for states handlers that run next to the server. For tests only, like the states themselves.
app.post('/_store/put', express.json(), (request, response) => response.json(store.put(request.body)));
app.post('/_store/remove', express.json(), (request, response) => response.json(store.remove(request.body)));
// The body as bytes, whatever the media type says: what is not a JSON object is refused by the operation itself.
app.post(
  '/v2/binding/enduserapi/deviceBindingByPureBt',
  express.raw({ type: () => true, limit: '1mb' }),
  (request, response) => {
    const code = bind(request.headers.authorization, request.body);
    response.json(
      code === 200
        ? { code, msg: '', data: { verified: 1 }, extMsg: null }
        : { code, msg: 'refused', data: null, extMsg: null },
    );
  },
);
app.use((_request, response) => response.status(404).json({ code: 5000, msg: 'refused' }));
// Four parameters make it Express's handler of errors; nothing of the error goes out.
app.use((error, _request, response, _next) =>
  response.status(error.status ?? 500).json({ code: 5000, msg: 'refused' }),
);

const server = app.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${server.address().port}\n`);
});

/** What the platform knows, in memory. */
function createStore() {
  const users = new Map();
  const products = new Map();
  return {
    users,
    products,
    put: (records) => {
      const { domain, uid, bindingSecret } = records.binding ?? {};
      const bindings = new Map(uid === undefined ? [] : [[domain, new Map([[uid, bindingSecret]])]]);
      const devices = new Map(records.device === null ? [] : [[records.device.dk, { ...records.device, bindings }]]);
      for (const user of records.users) users.set(user.uid, user);
      products.set(records.product.pk, { ...records.product, devices });
      return {};
    },
    remove: (records) => {
      for (const { uid } of records.users) users.delete(uid);
      products.delete(records.product.pk);
      return {};
    },
  };
}
