import { fileURLToPath } from 'node:url';
import { operationPath } from '../../spec/http.ts';
import { documentedCodes, siblingCodes } from '../../spec/pure-bt/catalogue.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import type { LoadOperation } from '../operation.ts';
import { requestMaker } from './requests.ts';
import { bothWrong, workloadsUnder } from './workloads.ts';

/** What a load knows of this operation, under a dialect. */
export function loadOperation(dialect: Dialect): LoadOperation {
  return {
    path: operationPath,
    state: 'a product whose every device is ready to bind',
    ...workloadsUnder(dialect),
    bothWrong,
    codes: [...new Set([0, ...documentedCodes.map(({ code }) => code), ...Object.values(siblingCodes).flat()])],
    success: '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}',
    alreadyBound: 5049,
    requests: (fixture, run) => requestMaker(fixture, dialect, run),
    material: ({ pk, ps, bindingCode, bindingSecret, oldBindingSecret, userDomainSecret, pwd }) => ({
      ...{ pk, ps, bindingCode, bindingSecret, userDomainSecret, pwd },
      oldBindingSecret: oldBindingSecret ?? bindingSecret,
      signedBindingCode: dialect.signedBindingCode,
    }),
    script: fileURLToPath(new URL('./k6/send.ts', import.meta.url)),
  };
}
