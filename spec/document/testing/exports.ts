const colon = (name: string, text = ''): string => `**${name}**:${text}`;
const bare = (name: string, text = ''): string => `**${name}** ${text}`;

const chinese = {
  /** The head of a whole document; the title is in bold or a heading. */
  title: (text: string): string => `# ${text}`,
  head: ['简介', 'HOST', '联系人', 'Version', '接口路径'],
  label: colon,
  address: '接口地址',
  method: '请求方式',
  requestType: '请求数据类型',
  responseType: '响应数据类型',
  description: '接口描述',
  isDescribedFirst: false,
  /** Whether the example, then the table of the answer come before the status table. */
  isAnswerFirst: false,
  /** Content types as the template writes them. */
  list: (types: string): string => types,
  requestExample: '请求示例',
  parameters: '请求参数',
  statuses: '响应状态',
  response: '响应参数',
  responseExample: '响应示例',
  columns: {
    parameters: '参数名称|参数说明|in|是否必须|数据类型|schema',
    statuses: '状态码|说明|schema',
    response: '参数名称|参数说明|类型|schema',
  },
};

/** The words of one template of the exporter, in the order in which it writes them. */
type Template = typeof chinese & {
  /** The label of the tables of classes; absent if rows of a class are below its field. */
  readonly classes?: string;
};

const english: Template = {
  ...chinese,
  head: ['Description', 'HOST', 'Contacts', 'Version', 'URL'],
  address: 'url',
  method: 'method',
  requestType: 'produces',
  responseType: 'consumes',
  description: 'Note',
  requestExample: 'Example',
  parameters: 'Params',
  statuses: 'Status',
  response: 'Response Params',
  responseExample: 'Response Example',
  columns: {
    parameters: 'name|description|in|require|type|schema',
    statuses: 'code|description|schema',
    response: 'name|description|type|schema',
  },
};

const older = {
  title: (text: string): string => `**${text}**`,
  requestType: 'consumes',
  responseType: 'produces',
  isDescribedFirst: true,
  isAnswerFirst: true,
  list: (types: string): string => JSON.stringify(types.split(',')),
};

const olderChinese: Template = { ...chinese, ...older, classes: 'schema属性说明' };

/** The templates of both generations, for a whole document and for a page. The copies are what a page copies to the clipboard. */
const templates: ReadonlyMap<string, Template> = new Map([
  ['knife4j, Chinese', chinese],
  ['knife4j, English', english],
  [
    'knife4j, English copy',
    {
      ...english,
      address: 'Url',
      method: 'Method',
      description: 'description',
      requestExample: 'Sample',
      statuses: 'status',
      response: 'Responses',
      responseExample: 'Response Sample',
    },
  ],
  ['swagger-bootstrap-ui, Chinese', olderChinese],
  [
    'swagger-bootstrap-ui 1.8, Chinese',
    {
      ...olderChinese,
      description: '接口说明',
      statuses: '响应状态码说明',
      response: '响应参数说明',
      responseExample: '响应数据',
    },
  ],
  [
    'swagger-bootstrap-ui, English',
    {
      ...english,
      ...older,
      head: ['Description', 'HOST', 'Contact', 'Version', 'api url'],
      description: 'note',
      requestExample: 'Request Example',
      parameters: 'Request Params',
      statuses: 'Response Status',
      classes: 'schema Description',
    },
  ],
  [
    'swagger-bootstrap-ui, Chinese copy',
    { ...olderChinese, label: bare, isDescribedFirst: false, isAnswerFirst: false },
  ],
]);

/** The names of the templates. */
export const templateNames: readonly string[] = [...templates.keys()];

function named(name: string): Template {
  const template = templates.get(name);
  if (template === undefined) throw new Error(`no template is called ${name}`);
  return template;
}

/** The operations of the exports: a shelf that is read, and one that is moved to another room. */
export const shelfCalls = ['GET /shelves/{id}', 'PUT /shelves/{id}'] as const;

/** A page with the second operation only. */
export function shelfPage(name: string): string {
  return `${operation(named(name), 1).join('\n\n')}\n`;
}

/** A whole document with both operations. */
export function shelfExport(name: string): string {
  const template = named(name);
  const values = ['Everything about shelves', '192.0.2.1:7070', 'library team', '1.0', '/v2/api-docs'];
  return `${[
    template.title('Library'),
    ...template.head.map((label, index) => template.label(label, values[index])),
    '[TOC]',
    '# shelf-controller',
    ...operation(template, 0),
    '# moves',
    ...operation(template, 1),
  ].join('\n\n')}\n`;
}

function operation(template: Template, index: 0 | 1): readonly string[] {
  const { label, list, columns, classes } = template;
  const [method = '', path = ''] = (shelfCalls[index] ?? '').split(' ');
  const description = label(template.description, index === 0 ? 'Reads a shelf' : 'Moves a shelf');
  const call = [label(template.address, `\`${path}\``), label(template.method, `\`${method}\``)];
  const rows = {
    shelf: ['id|Number of the shelf|path|true|string|', ...(index === 1 ? ['move|The move|body|true|Move|Move'] : [])],
    move: ['room|The new room|body|true|Room|Room', 'note|Why|body|false|string|'],
    room: ['floor|The floor|body|false|integer(int32)|'],
  };
  const nested = rows.move.flatMap((row) => [
    indented(row, 1),
    ...(row.startsWith('room') ? [indented(rows.room[0] ?? '', 2)] : []),
  ]);
  const statuses = [label(template.statuses), table(columns.statuses, ['200|OK|R', '7001|The room is full|'])];
  const answer = [
    label(template.response),
    table(columns.response, [
      'code|Outcome|integer(int32)|',
      'msg|Message|string|',
      'data|Place|Place|Place',
      ...(classes === undefined ? ['&emsp;&emsp;lane|Lane|string|'] : []),
    ]),
    ...(classes === undefined ? [] : [`**${classes}**`, '**Place**', table(columns.response, ['lane|Lane|string|'])]),
  ];
  const example = [label(template.responseExample), fence('{"code": 0, "msg": "", "data": {"lane": ""}}')];
  const isNested = classes === undefined && index === 1;
  return [
    `## ${index === 0 ? 'Get a shelf' : 'Move a shelf'}`,
    ...(template.isDescribedFirst ? [description, ...call] : call),
    label(template.requestType, `\`${list('application/json')}\``),
    label(template.responseType, `\`${list('*/*')}\``),
    ...(template.isDescribedFirst ? [] : [description]),
    ...(index === 1 ? [label(template.requestExample), fence('{"room": {"floor": 2}, "note": ""}')] : []),
    label(template.parameters),
    table(columns.parameters, [...rows.shelf, ...(isNested ? nested : [])]),
    ...(classes === undefined || index === 0
      ? []
      : [
          `**${classes}**`,
          '**Move**',
          table(columns.parameters, rows.move),
          '**Room**',
          table(columns.parameters, rows.room),
        ]),
    ...(template.isAnswerFirst ? [...example, ...answer, ...statuses] : [...statuses, ...answer, ...example]),
  ];
}

/** Rows of a class as the newer template writes them: without a place, below their field. */
function indented(row: string, level: number): string {
  const [name = '', description = '', , ...others] = row.split('|');
  return ['&emsp;&emsp;'.repeat(level) + name, description, '', ...others].join('|');
}

function table(columns: string, rows: readonly string[]): string {
  const delimiter = columns.replace(/[^|]+/g, ' --- ');
  return [columns, delimiter, ...rows].map((row) => `|${row}|`).join('\n');
}

function fence(text: string): string {
  return ['```javascript', text, '```'].join('\n');
}
