// Answers one line of standard input with one of standard output; README.md describes the lines.
// Its argument is the module to use: node/signing.mjs or browser/signing.mjs.
import { createInterface } from 'node:readline';

const { decrypt, encrypt, sign } = await import(new URL(process.argv[2], import.meta.url));
const read = (word) => (word === '-' ? undefined : Buffer.from(word, 'base64').toString('utf8'));

for await (const line of createInterface({ input: process.stdin })) {
  const [task, ...words] = line.split('\t');
  const [first, second, third, fourth, fifth] = words.map(read);
  let answer;
  if (task === 'sign') {
    answer = await sign({ pk: first, dk: second, bindingCode: third, pwd: fourth, userDomainSecret: fifth });
  } else if (task === 'encrypt') {
    answer = await encrypt(first, second, third);
  } else {
    try {
      answer = Buffer.from(await decrypt(first, second, third)).toString('base64');
    } catch {
      answer = 'invalid';
    }
  }
  process.stdout.write(`${answer}\n`);
}
