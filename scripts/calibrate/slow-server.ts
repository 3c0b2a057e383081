/**
 * A server of a known speed, in a process of its own: `slow-server.ts MEDIAN-MS SPREAD`. It answers success after a delay drawn
 * from a log-normal distribution, and has a states endpoint at /_states. Prints its URL, and ends with its standard input.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [median = 5, spread = 0] = process.argv.slice(2).map(Number);
const answer = '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}';
/** Timers fire up to this much late; the rest of a delay is waited out turn by turn of the event loop. */
const timerSlackMs = 1.5;
let devices = 0;

const server = createServer((request, response) => {
  const due = performance.now() + median * Math.exp(spread * standardNormal());
  const send = (body: string): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  };
  const sendWhenDue = (): void => {
    if (performance.now() >= due) send(answer);
    else setImmediate(sendWhenDue);
  };
  request.resume();
  if (request.url === '/_states') send(JSON.stringify(fixture()));
  else setTimeout(sendWhenDue, Math.max(0, due - performance.now() - timerSlackMs));
});
// Of four conditions each waits for up to twelve seconds; what is calibrated is delays, not closed connections.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit());

function fixture(): object {
  devices += 1;
  return {
    token: 'head.payload.signature',
    pk: 'p1slow',
    ps: 'productsecret-16',
    dk: `SLOW${String(devices).padStart(8, '0')}`,
    bindingCode: '0123456789ABCDEF',
    bindingSecret: 'bindingSecretNew1',
    userDomainSecret: 'userDomainSecretOfNobody',
  };
}

function standardNormal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
