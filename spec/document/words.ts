/**
 * The headings of each part: in Chinese and English from the exporter's templates, and in English from the vendor's
 * translators. There are two generations of templates, swagger-bootstrap-ui and its successor knife4j, for one page and
 * for a whole document. In any other language, such as Japanese, the exporter uses its English template.
 */
const sections = {
  path: ['api address', 'interface address', 'api url', 'api path', 'request url', 'url', '接口地址', '请求地址'],
  method: ['request method', 'http method', 'method', '请求方式', '请求方法'],
  requestType: ['request data type', 'request content type', 'produces', '请求数据类型'],
  responseType: ['response data type', 'response content type', 'consumes', '响应数据类型'],
  description: ['api description', 'interface description', 'description', 'note', '接口描述', '接口说明'],
  // The head of a whole document; its address is `api url`, `url` or `接口路径`.
  head: ['host', 'contact', 'contacts', 'version', 'introduction', 'interface path', '简介', '联系人', '接口路径'],
  remark: ['author', '开发者', '作者'],
  requestExample: ['request example', 'request sample', 'sample', 'example', '请求示例'],
  parameters: ['request parameters', 'request params', 'request parameter', 'params', 'parameters', '请求参数'],
  classes: ['schema description', 'schema属性说明'],
  statuses: [
    'response status',
    'status',
    'status codes',
    'response status code',
    '响应状态',
    '响应状态码',
    '响应状态码说明',
  ],
  responseHeaders: ['response header', 'response headers', '响应header', '响应头', '响应头参数'],
  response: ['response parameters', 'response params', 'response parameter', 'responses', '响应参数', '响应参数说明'],
  responseExample: ['response example', 'response sample', '响应示例', '响应数据'],
} as const;

/** A part of a page. */
export type Section = keyof typeof sections;

const byHeading = byWord<Section>(sections);

/** The part that a heading begins, or undefined; {@link readStatus} reads headings such as `code-200`. */
export function findSection(heading: string): Section | undefined {
  return byHeading.get(plain(heading));
}

/** The status of the answer below a heading such as `响应状态码-404`. */
export function readStatus(heading: string): number | undefined {
  const [, code] =
    /^(?:响应状态码|状态码|response status code|response code|status code|status|code)\s*[-:：]\s*(\d{1,9})$/.exec(
      plain(heading),
    ) ?? [];
  return code === undefined ? undefined : Number(code);
}

/** The kinds of table, named after the part that they are in, each with its columns in the exporter's order. */
export const tableColumns = {
  parameters: ['name', 'description', 'in', 'required', 'type', 'schema'],
  statuses: ['code', 'description', 'schema'],
  response: ['name', 'description', 'type', 'schema'],
  responseHeaders: ['name', 'description', 'type'],
} as const;

/** A kind of table. */
export type TableKind = keyof typeof tableColumns;

/** The headings of each column; the first is its name in messages. */
const columns = {
  name: ['parameter name', 'param name', 'name', 'field', 'field name', 'header', '参数名称', '参数名', '字段名'],
  description: [
    'description',
    'parameter description',
    'param description',
    'meaning',
    '参数说明',
    '参数描述',
    '说明',
    '描述',
  ],
  in: ['request type', 'in', 'parameter type', '请求类型', '参数类型'],
  required: ['required', 'require', 'mandatory', '是否必须', '是否必填', '是否必需', '必须', '必填'],
  type: ['data type', 'type', '数据类型', '类型'],
  schema: ['schema', '模型'],
  code: ['status code', 'code', '状态码'],
} as const;

/** A column of a table. */
export type Column = keyof typeof columns;

const byColumnHeading = byWord<Column>(columns);

/** The column for a cell of a header row. */
export function findColumn(heading: string): Column | undefined {
  return byColumnHeading.get(plain(heading));
}

/** The vendor's name of a column, for messages; `?` for an unknown column. */
export function columnName(column: Column | undefined): string {
  return column === undefined ? '?' : columns[column][0].replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** What the exporter writes instead of an empty table. */
const nothing: ReadonlySet<string> = new Set(['暂无', '暂无接口文档', '无', 'none', 'n/a', 'no data', 'no parameters']);

/** Whether a line says "none". */
export function saysNothing(text: string): boolean {
  return nothing.has(plain(text));
}

/** Whether a text has Chinese characters. */
export function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

function plain(text: string): string {
  return text
    .replaceAll('*', '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .replace(/\s*[:：]$/, '')
    .toLowerCase();
}

function byWord<Key extends string>(words: Readonly<Record<Key, readonly string[]>>): ReadonlyMap<string, Key> {
  const keys = Object.keys(words) as Key[];
  return new Map(keys.flatMap((key) => words[key].map((word) => [word, key] as const)));
}
