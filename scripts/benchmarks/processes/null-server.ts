/** The null server in a process of its own. It prints its URL, and at its end it writes one of `oneIn` bodies to a file. */
import { writeFileSync } from 'node:fs';
import { loadOperation } from '../../../load/pure-bt/operation.ts';
import { startNullServer } from '../../../load/run/null-server.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';

const [oneIn = '500', file = ''] = process.argv.slice(2);
let count = 0;
const kept: string[] = [];
const { url } = await startNullServer(loadOperation(defaultDialect).success, (body) => {
  count += 1;
  if (count % Number(oneIn) === 0) kept.push(body.toString());
});
process.once('SIGTERM', () => {
  writeFileSync(file, kept.join('\n'));
  process.exit();
});
process.stdout.write(`${url}\n`);
