import { makeContractPage } from '../../diff/contract-page.ts';
import { openApiName, readOpenApi } from '../../pure-bt/contract-file.ts';
import type { DocumentField } from '../model.ts';

/** A page of the contract's operation, in the format of the export. */
export function contractPage(): string {
  const { title, path, method, requestType, responseType, description, parameters, statuses, responses } =
    makeContractPage(openApiName, readOpenApi());
  return [
    `# ${title?.text}`,
    `**API Address**:\`${path.text}\``,
    `**Request Method**:\`${method.text}\``,
    `**Request Data Type**:\`${requestType?.text}\``,
    `**Response Data Type**:\`${responseType?.text}\``,
    `**API Description**:\`${description?.text}\``,
    '**Request Parameters**:',
    [
      '| Parameter Name | Parameter Description | Request Type | Required | Data Type | Schema |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows(parameters, 0, (field) => [
        field.description,
        field.in ?? '',
        String(field.required),
        field.type,
        field.schema,
      ]),
    ].join('\n'),
    '**Response Status**:',
    [
      '| Status Code | Description | Schema |',
      '| --- | --- | --- |',
      ...statuses.map(({ code, meaning, schema }) => `| ${code} | ${meaning} | ${schema} |`),
    ].join('\n'),
    '**Response Parameters**:',
    [
      '| Parameter Name | Parameter Description | Type | Schema |',
      '| --- | --- | --- | --- |',
      ...rows(responses[0]?.fields ?? [], 0, (field) => [field.description, field.type, field.schema]),
    ].join('\n'),
    '**Response Example**:\n```javascript\n{ "code": 0 }\n```',
  ].join('\n\n\n');
}

function rows(
  fields: readonly DocumentField[],
  depth: number,
  cells: (field: DocumentField) => readonly string[],
): readonly string[] {
  return fields.flatMap((field) => [
    `| ${'&emsp;&emsp;'.repeat(depth)}${field.in === 'body' ? 'param' : field.name} | ${cells(field).join(' | ').replaceAll('\n', '<br/>')} |`,
    ...rows(field.fields, depth + 1, cells),
  ]);
}
