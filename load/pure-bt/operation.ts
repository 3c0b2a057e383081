import { fileURLToPath } from 'node:url';
import type { Fixture } from '../../spec/family/states.ts';
import { documentedCodes, siblingCodes } from '../../spec/pure-bt/catalogue.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { operationPath } from '../../spec/pure-bt/path.ts';
import type { LoadOperation } from '../operation.ts';
import type { Material } from './recipe.ts';
import { requestMaker, rowMaker } from './requests.ts';
import { combineFaults, workloadsUnder } from './workloads.ts';

/** What a load knows of this operation, under a dialect. */
export function loadOperation(dialect: Dialect): LoadOperation {
  return {
    path: operationPath,
    state: 'a product whose every device is ready to bind',
    ...workloadsUnder(dialect),
    bothWrong: combineFaults,
    codes: [...new Set([0, ...documentedCodes.map(({ code }) => code), ...Object.values(siblingCodes).flat()])],
    success: '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}',
    alreadyBound: 5049,
    requests: (fixture, run) => requestMaker(fixture as Fixture, dialect, run),
    rows: (fixture, run) => rowMaker(fixture as Fixture, dialect, run),
    material: (fixture) => readMaterial(fixture as Fixture, dialect),
    script: fileURLToPath(new URL('./k6/send.ts', import.meta.url)),
  };
}

function readMaterial(fixture: Fixture, { signedBindingCode }: Dialect): Material {
  const { pk, ps, bindingCode, bindingSecret, oldBindingSecret = bindingSecret, userDomainSecret, pwd } = fixture;
  return { pk, ps, bindingCode, bindingSecret, oldBindingSecret, userDomainSecret, pwd, signedBindingCode };
}
