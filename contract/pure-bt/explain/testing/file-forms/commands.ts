import { each, type FileForm, type Sent, url, utf16 } from './file-form.ts';

const { stringify } = JSON;
const single = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const double = (text: string): string => `"${text.replaceAll(/[\\"$`]/g, '\\$&')}"`;
const ansi = (text: string): string =>
  `$'${text.replaceAll(/['\\]/g, '\\$&').replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
/** As Chrome: the quotes of a program, then a caret before every special character. */
const carets = (text: string): string => `"${text.replaceAll(/\\(?=\\*")|"/g, '\\$&')}"`.replaceAll(/[^\w\s]/g, '^$&');
/** As older browsers: plain quotes, doubled inside. */
const doubled = (text: string): string => `"${text.replaceAll(/\\(?=\\*")/g, '\\\\').replaceAll('"', '""')}"`;
const backticks = (text: string): string =>
  `"${text.replaceAll(/[`$"]/g, '`$&').replaceAll(/[^ -~]/g, (unit) => `$([char]${unit.charCodeAt(0)})`)}"`;
const plainPowershell = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const curl =
  (quote: (text: string) => string, join = ' ') =>
  ({ authorization, body }: Sent): string =>
    [
      `curl ${quote(url)}`,
      `-X ${quote('POST')}`,
      `-H ${quote('content-type: application/json')}`,
      `-H ${quote(`authorization: ${authorization}`)}`,
      `--data-raw ${quote(body)}`,
      '--compressed',
    ].join(join);
/** A curl command on several lines. */
export const bash: (sent: Sent) => string = curl(single, ' \\\n  ');
const webRequest =
  (body: (text: string) => string) =>
  ({ authorization, body: text }: Sent): string =>
    [
      `Invoke-WebRequest -UseBasicParsing -Uri ${backticks(url)}`,
      '-Method "POST"',
      '-WebSession $session',
      `-Headers @{\n"authority"="api.example.com"\n  "authorization"=${backticks(authorization)}\n}`,
      '-ContentType "application/json"',
      `-Body ${body(text)}`,
    ].join(' `\n');
const fetchOf =
  (call: string) =>
  ({ authorization, body }: Sent): string =>
    `${call}(${stringify(url)}, ${stringify({ headers: { accept: '*/*', authorization }, referrerPolicy: 'no-referrer', body, method: 'POST', mode: 'cors' }, undefined, 2)});`;

/** Commands of shells, and calls in code. */
export const commandForms: readonly FileForm[] = [
  ['curl (bash)', each(bash)],
  ['curl (bash), "copy all"', each(bash, ' ;\n')],
  ['curl joined by &&', each(bash, ' && ')],
  ['curl in double quotes', each(curl(double))],
  ["curl in $'…'", each(curl(ansi))],
  ['curl with comments', each((sent) => `# the request\n${bash(sent)} # sent\n`)],
  ['curl after a prompt', each((sent) => `$ ${bash(sent)}`)],
  ['curl after a long prompt', each((sent) => `me@box:~/app (main) $ ${bash(sent)}`)],
  ['curl after an assignment', each((sent) => `TOKEN=x ${bash(sent)}`)],
  [
    'curl with --next',
    (requests) =>
      requests
        .map(bash)
        .join(' ')
        .replaceAll(/(?<=.) curl /g, ' --next '),
  ],
  ['curl into jq', each((sent) => `${bash(sent)} | jq .code`)],
  ['curl with line breaks that lost their backslash', each(curl(single, '\n'))],
  ['curl with CRLF', each(curl(single, ' \\\r\n'), '\r\n')],
  ['curl in UTF-16', (requests) => utf16(requests.map(bash).join('\n'))],
  ['curl (cmd)', each(curl(carets, ' ^\n '), ' &\n')],
  ['curl (cmd) with CRLF', each(curl(carets, ' ^\r\n '), ' &\r\n')],
  ['curl (cmd) in plain quotes', each(curl(doubled, ' ^\r\n '), ' &\r\n')],
  ['curl (cmd) after a prompt', each((sent) => `C:\\> ${curl(carets, ' ^\n ')(sent)}`, ' &\n')],
  [
    'PowerShell of Chrome',
    each(
      (sent) =>
        `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = "Mozilla/5.0 (X11; Linux)"\n${webRequest((text) => `([System.Text.Encoding]::UTF8.GetBytes(${backticks(text)}))`)(sent)}`,
      ';\n',
    ),
  ],
  ['PowerShell with a plain body', each(webRequest(backticks), ';\n')],
  ['PowerShell with a body in single quotes', each(webRequest(plainPowershell))],
  ['PowerShell with bytes', each(webRequest((text) => `([byte[]](${[...Buffer.from(text)].join(', ')}))`))],
  [
    'PowerShell with variables',
    each(
      (sent) =>
        `$body = @'\n${sent.body}\n'@\n$h = @{ Authorization = ${backticks(sent.authorization)} }\n$r = Invoke-RestMethod -Method Post -Uri ${backticks(url)} -Headers $h -Body $body`,
    ),
  ],
  ['fetch', each(fetchOf('fetch'))],
  ['fetch in a module', each((sent) => `(async () => {\n${fetchOf('const response = await fetch')(sent)}\n})();`)],
  ['Node.js fetch', each(fetchOf('await globalThis.fetch'))],
  [
    'fetch with JSON.stringify',
    each(
      ({ authorization, body }) =>
        `await fetch('${url}', { method: 'POST', headers: { Authorization: '${authorization}' }, body: JSON.stringify(${body}) });`,
    ),
  ],
  [
    'fetch with constants',
    each(
      ({ authorization, body }) =>
        `if (true) { const body = ${stringify(body)};\nconst headers = new Headers({ "Authorization": ${stringify(authorization)}, });\nfetch(new URL("${url}"), { method: "POST", headers, body }); }`,
    ),
  ],
  [
    'HTTPie with --raw',
    each(({ authorization, body }) => `http POST ${url} Authorization:${single(authorization)} --raw ${single(body)}`),
  ],
  [
    'HTTPie with items',
    each(
      ({ authorization, body }) =>
        `$ http ${url} ${single(`Authorization:${authorization}`)} ${Object.entries(JSON.parse(body) as object)
          .map(([key, value]) => single(`${key}=${String(value)}`))
          .join(' ')}`,
    ),
  ],
];
