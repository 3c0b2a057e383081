import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** A server of a known speed in a process of its own. */
export type SlowServer = AsyncDisposable & { readonly url: string; readonly statesUrl: string };

/** Timers fire up to this much late; the rest of a delay is waited out turn by turn of the event loop. */
const timerSlackMs = 1.5;

if (process.argv[1] === import.meta.filename) serve(process.argv.slice(2).map(Number));

/**
 * Starts a server that answers success after a delay drawn from a log-normal distribution: its median in milliseconds, and the
 * standard deviation of its logarithm. It has a states endpoint.
 */
export async function startSlowServer(medianMs: number, spread: number): Promise<SlowServer> {
  const child = spawn(process.execPath, [import.meta.filename, String(medianMs), String(spread)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the slow server ended before it listened')));
  });
  return {
    url,
    statesUrl: `${url}/_states`,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

/** The process of such a server: prints its URL, and ends with its standard input. */
function serve([median = 5, spread = 0]: readonly number[]): void {
  const answer = '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}';
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
  // Of four conditions each waits for up to twelve seconds; what is calibrated is delays, not closed connections.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
  });
  process.stdin.resume().on('end', () => process.exit());
}

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
