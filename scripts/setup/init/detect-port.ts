/** The port that the files of a folder name. A file that cannot be read says nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const resources = 'src/main/resources';

/** Where a server's port may be written; the most reliable place first. */
const places: readonly (readonly [files: readonly string[], read: (text: string) => unknown])[] = [
  [['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'], publishedPort],
  [
    ['application.properties', `${resources}/application.properties`],
    (text) => /^\s*server\.port\s*[=:]\s*(\S+)/m.exec(text)?.[1],
  ],
  [
    ['application.yml', 'application.yaml', `${resources}/application.yml`, `${resources}/application.yaml`],
    (text) => valueAt(valueAt(parse(text), 'server'), 'port'),
  ],
  [['.env'], (text) => /^\s*(?:export\s+)?(?:SERVER_|HTTP_|APP_)?PORT\s*=\s*["']?(\d+)/m.exec(text)?.[1]],
];

/** The port that the project's own files name, and the file; undefined if none does. */
export function detectPort(folder: string): { readonly port: number; readonly file: string } | undefined {
  for (const [files, read] of places) {
    for (const file of files) {
      const port = readPort(attempt(() => read(readFileSync(join(folder, file), 'utf8'))));
      if (port !== undefined) return { port, file };
    }
  }
  return undefined;
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The published port of the service that is built here, or of the first that publishes one. */
function publishedPort(text: string): unknown {
  const services: readonly unknown[] = Object.values(valueAt(parse(text), 'services') ?? {});
  const built = services.filter((service) => valueAt(service, 'build') !== undefined);
  return [...built, ...services].map(firstPort).find((port) => readPort(port) !== undefined);
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, or `{published: 8080}`. */
function firstPort(service: unknown): unknown {
  const ports = valueAt(service, 'ports');
  const [first] = Array.isArray(ports) ? (ports as unknown[]) : [];
  if (typeof first !== 'string') return valueAt(first, 'published');
  return withDefaults(first)
    .replace(/\/\w+$/, '')
    .split(':')
    .at(-2);
}

/** A port from a number, from digits, or from a variable with a default: `${PORT:8080}`. */
function readPort(value: unknown): number | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? withDefaults(String(value)) : '';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? port : undefined;
}

function withDefaults(text: string): string {
  return text.replace(/\$\{\w+:-?(\d+)\}/g, '$1');
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
