/**
 * A server for the calibration, in a process of its own: `node slow-server.ts MEDIAN SPREAD` prints its URL. It answers success
 * after a log-normal random delay, given by its median in milliseconds and the standard deviation of its logarithm.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Timers can be late by this much; the rest of a delay is spent in turns of the event loop. */
const timerSlackMs = 1.5;
const answer = '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}';

const [median = 5, spread = 0] = process.argv.slice(2).map(Number);
let devices = 0;
const server = createServer((request, response) => {
  const sendAt = performance.now() + median * Math.exp(spread * standardNormal());
  const send = (body: string): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  };
  const sendWhenDue = (): void => {
    if (performance.now() >= sendAt) send(answer);
    else setImmediate(sendWhenDue);
  };
  request.resume();
  if (request.url === '/_states') {
    devices += 1;
    send(JSON.stringify(fixture(devices)));
  } else {
    setTimeout(sendWhenDue, Math.max(0, sendAt - performance.now() - timerSlackMs));
  }
});
// With four conditions, each one idles for up to twelve seconds. The calibration is about delays, not closed connections.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

function fixture(device: number): object {
  return {
    token: 'head.payload.signature',
    pk: 'p1slow',
    ps: 'productsecret-16',
    dk: `SLOW${String(device).padStart(8, '0')}`,
    bindingCode: '0123456789ABCDEF',
    bindingSecret: 'bindingSecretNew1',
    userDomainSecret: 'userDomainSecretOfNobody',
  };
}

function standardNormal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
