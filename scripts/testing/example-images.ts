import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildGoServer } from './example-servers.ts';
import { docker, importImage, makeImages } from './images.ts';

/**
 * Builds the Go example by its Dockerfile, and a PostgreSQL for it, from files of this machine, because a registry is not always
 * reachable. Both are removed from the engine on disposal.
 * @param folder the example with its Dockerfile.
 * @param programs folder of PostgreSQL's programs, as in Debian's package.
 */
export function buildExampleImages(
  folder: string,
  programs: string,
): Promise<AsyncDisposable & { readonly server: string; readonly database: string }> {
  return makeImages(async (name) => {
    const [base, stage, server, database] = [name('base'), name('build'), name('server'), name('database')];
    const built = await buildGoServer();
    await importImage(base, ({ put, putPrograms, write }) => {
      putPrograms('/bin/sh', '/bin/cp');
      put('/opt/server', built);
      // In place of the compiler: `go build` copies the server that was built here.
      write('/usr/local/bin/go', '#!/bin/sh\n[ "$1" != build ] || cp /opt/server /server\n');
    });
    const build = ['build', '--quiet', '--build-arg', `GO_IMAGE=${base}`];
    // With its own name, because the classic builder does not remove an unnamed stage.
    await docker(...build, '--target', 'build', '--tag', stage, folder);
    await docker(...build, '--tag', server, folder);
    await importDatabase(database, programs);
    return { server, database };
  });
}

/** Does what the usual image of PostgreSQL does at its start: creates a cluster, runs the given statements, listens. */
const entrypoint = `#!/bin/sh
set -e
export PATH=PROGRAMS PGUSER=postgres PGHOST=/tmp PGDATA=/tmp/data
initdb --username postgres --auth trust --no-locale --encoding UTF8 --no-sync >/dev/null
echo 'host all all all trust' >> "$PGDATA/pg_hba.conf"
pg_ctl start --wait --silent --options "-c listen_addresses= -k /tmp"
for file in /docker-entrypoint-initdb.d/*.sql; do psql --quiet --set ON_ERROR_STOP=1 --file "$file"; done
pg_ctl stop --wait --silent
exec postgres -c listen_addresses='*' -k /tmp -c fsync=off -c jit=off
`;

async function importDatabase(image: string, programs: string): Promise<void> {
  const version = /\d+/.exec(programs)?.[0] ?? '';
  const library = join(programs, '..', 'lib');
  const share = `/usr/share/postgresql/${version}`;
  await importImage(
    image,
    ({ put, putPrograms, write }) => {
      const own = ['initdb', 'pg_ctl', 'postgres', 'psql'].map((name) => join(programs, name));
      putPrograms('/bin/sh', '/bin/cat', ...own);
      // The modules that a new cluster loads.
      for (const file of globSync(join(library, '{plpgsql,dict_snowball}.so')))
        put(join(library, basename(file)), file);
      put(share, share);
      write('/entrypoint', entrypoint.replace('PROGRAMS', programs));
    },
    ['USER 1000:1000', 'ENTRYPOINT ["/entrypoint"]'],
  );
}
