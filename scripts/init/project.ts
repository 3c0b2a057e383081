import { readdir } from 'node:fs/promises';

/** What a folder seems to hold: how its server is started, and which handler of the guide is closest. */
export type Project = { readonly file: string; readonly start: string; readonly handler: string };

const anyHandler = 'the protocol is one POST, in any language';
const express = 'Express';
const java = 'Java';
const python = 'Python';

/** By the file that gives a project away; the first that is found counts. */
const kinds: readonly (readonly [file: RegExp, start: string, handler: string])[] = [
  [/^pom\.xml$/, 'mvn -q spring-boot:run', java],
  [/^build\.gradle(\.kts)?$/, './gradlew bootRun', java],
  [/^go\.mod$/, 'go run .', anyHandler],
  [/^composer\.json$/, 'php -S 127.0.0.1:8080 -t public', anyHandler],
  [/\.csproj$/, 'dotnet run', anyHandler],
  [/^(requirements\.txt|pyproject\.toml)$/, 'python3 -m your_server', python],
  // Last: many projects of other languages have one for their tools.
  [/^package\.json$/, 'npm ci && npm start', express],
];

/** What the folder seems to hold; undefined where nothing gives it away. */
export async function detectProject(folder: string): Promise<Project | undefined> {
  const names = (await readdir(folder)).sort();
  for (const [pattern, start, handler] of kinds) {
    const file = names.find((name) => pattern.test(name));
    if (file !== undefined) return { file, start, handler };
  }
  return undefined;
}
