import { compileSchema, createAjv } from '../../json-schema.ts';
import type { MediaType, NamedExample } from '../../openapi.ts';
import type { VendorDocument } from '../model.ts';
import type { Guess } from './guess.ts';
import type { ImportedOpenApi, ImportedOperation, OpenApiResponse } from './openapi.ts';
import { sampleOfSchema } from './samples.ts';

/**
 * The document with examples that its schemas accept: a page's own may contradict its tables. A success gets a made-up one
 * in its place, any other is left out. `guesses` is added to.
 */
export function withValidExamples(document: ImportedOpenApi, page: VendorDocument, guesses: Guess[]): ImportedOpenApi {
  const ajv = createAjv(document);
  const { schemas } = document.components;
  const mend = (media: MediaType, pointer: string): MediaType => {
    const { examples } = media;
    if (examples === undefined) return media;
    const validate = compileSchema(ajv, `${pointer}/schema`);
    const kept = Object.entries(examples).flatMap(([name, example]): [string, NamedExample][] => {
      if (validate(example.value)) return [[name, example]];
      const { instancePath = '', message = '' } = validate.errors?.[0] ?? {};
      const made = /^E\d+$/.test(name);
      const line = (made ? page.responses[0]?.example?.line : page.requestExample?.line) ?? page.path.line;
      const where = instancePath === '' ? 'it' : instancePath;
      guesses.push({
        line,
        text: `the page's example contradicts its table (${where} ${message}); ${made ? 'one is made up' : 'it is left out'}`,
      });
      return made ? [[name, { ...example, value: sampleOfSchema(media.schema, schemas) }]] : [];
    });
    const { examples: _, ...others } = media;
    return kept.length === 0 ? others : { ...others, examples: Object.fromEntries(kept) };
  };
  const contents = (
    content: Readonly<Record<string, MediaType>>,
    pointer: string,
  ): Readonly<Record<string, MediaType>> =>
    Object.fromEntries(
      Object.entries(content).map(([type, media]) => [
        type,
        mend(media, `${pointer}/content/${type.replaceAll('/', '~1')}`),
      ]),
    );
  const ofOperation = (operation: ImportedOperation, pointer: string): ImportedOperation => ({
    ...operation,
    ...(operation.requestBody === undefined
      ? {}
      : {
          requestBody: {
            ...operation.requestBody,
            content: contents(operation.requestBody.content, `${pointer}/requestBody`),
          },
        }),
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]): [string, OpenApiResponse] => {
        const { content } = response;
        return [
          status,
          content === undefined
            ? response
            : { ...response, content: contents(content, `${pointer}/responses/${status}`) },
        ];
      }),
    ),
  });
  const paths = Object.entries(document.paths).map(([path, methods]) => {
    const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const mended = Object.entries(methods).map(
      ([method, operation]) => [method, ofOperation(operation, `${pointer}/${method}`)] as const,
    );
    return [path, Object.fromEntries(mended)] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) };
}
