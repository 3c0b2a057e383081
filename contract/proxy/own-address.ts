import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { ListenPlace } from '../../spec/listen.ts';
import { isLoopback } from '../targets/allow-hosts.ts';

const everywhere = /^(0\.0\.0\.0|::)$/;

/** Whether a URL leads to where this machine would listen: a proxy there would send to itself. An unknown host does not. */
export async function leadsTo(url: URL, { host, port }: Required<ListenPlace>): Promise<boolean> {
  const urlPort = url.port === '' ? { 'http:': 80, 'https:': 443 }[url.protocol] : Number(url.port);
  if (urlPort !== port) return false;
  const [theirs, ours] = await Promise.all([addresses(url.hostname.replace(/^\[|\]$/g, '')), addresses(host)]);
  // A connection to "every address" reaches this machine.
  if (theirs.some((address) => everywhere.test(address))) return ours.some((address) => isOwn(address));
  if (ours.some((address) => everywhere.test(address))) return theirs.some(isOwn);
  return theirs.some((address) => ours.includes(address));
}

async function addresses(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

function isOwn(address: string): boolean {
  if (everywhere.test(address) || isLoopback(address)) return true;
  return Object.values(networkInterfaces()).some((list = []) => list.some((own) => own.address === address));
}
