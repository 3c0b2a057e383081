import { loadOpenApi, operationOf } from '../../openapi.ts';
import { documentedCodes } from '../../pure-bt/catalogue.ts';
import { operationPath } from '../../pure-bt/path.ts';
import { type ContractField, contractFields, wordsOf } from '../check/contract-fields.ts';

const contract = loadOpenApi();
const operation = operationOf(contract);

/** A page of the contract's own operation, in the export's format: made of openapi.yaml and the catalogue. */
export function contractPage(): string {
  const { schemas } = contract.components;
  const request = { $ref: '#/components/schemas/BindingRequest' };
  const param = wordsOf(schemas['BindingRequest'] ?? {});
  const answer = wordsOf(schemas['Envelope'] ?? {});
  const { summary = '' } = operation as { readonly summary?: string };
  const { title } = contract['info'] as { readonly title: string };
  return [
    `# ${title}`,
    `**API Address**:\`${operationPath}\``,
    '**Request Method**:`POST`',
    '**Request Data Type**:`application/json`',
    '**Response Data Type**:`*/*`',
    `**API Description**:\`${summary}\``,
    '**Request Parameters**:',
    [
      '| Parameter Name | Parameter Description | Request Type | Required | Data Type | Schema |',
      '| --- | --- | --- | --- | --- | --- |',
      `| param | ${param?.description} | body | true | ${param?.type} | ${param?.schema} |`,
      ...rows(contractFields(contract, '', request), 1, ({ words, required }) => [
        words?.description ?? '',
        '',
        String(required),
        words?.type ?? '',
        words?.schema ?? '',
      ]),
    ].join('\n'),
    '**Response Status**:',
    [
      '| Status Code | Description | Schema |',
      '| --- | --- | --- |',
      ...documentedCodes.map(({ code, meaning }) => `| ${code} | ${meaning} | ${code === 200 ? answer?.type : ''} |`),
    ].join('\n'),
    '**Response Parameters**:',
    [
      '| Parameter Name | Parameter Description | Type | Schema |',
      '| --- | --- | --- | --- |',
      ...rows(contractFields(contract, '', { $ref: '#/components/schemas/Envelope' }), 0, ({ words }) => [
        words?.description ?? '',
        words?.type ?? '',
        words?.schema ?? '',
      ]),
    ].join('\n'),
    '**Response Example**:\n```javascript\n{ "code": 0 }\n```',
  ].join('\n\n\n');
}

function rows(
  fields: readonly ContractField[],
  depth: number,
  cells: (field: ContractField) => readonly string[],
): readonly string[] {
  return fields.flatMap((field) => [
    `| ${'&emsp;&emsp;'.repeat(depth)}${field.name} | ${cells(field).join(' | ').replaceAll('\n', '<br/>')} |`,
    ...rows(field.fields, depth + 1, cells),
  ]);
}
