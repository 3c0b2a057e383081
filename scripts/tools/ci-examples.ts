import { ciSystems } from '../setup/init/ci/systems.ts';

/** The files of `init --ci` for a server in Go, as code blocks for docs/ci.md. */
export const ciExamples: Readonly<Record<string, () => string>> = {
  'ci:github': () => block('yaml', 'github'),
  'ci:gitlab': () => block('yaml', 'gitlab'),
  'ci:jenkins': () => block('groovy', 'jenkins'),
};

function block(language: string, system: keyof typeof ciSystems): string {
  const text = ciSystems[system].text({
    url: 'http://127.0.0.1:8080',
    project: {
      file: 'go.mod',
      toolchain: 'go',
      language: 'Go',
      version: '1.26',
      build: 'go build -o .bindgate/server .',
      start: './.bindgate/server',
    },
  });
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
