import { checkKey, type Declared } from '../../declared/model.ts';
import { readRequest } from '../../declared/read-request.ts';
import { bindUnless, record, sharedBehaviour, sharedBindDecisions } from '../shared-decisions.ts';
import type { DeclaredBehaviour } from './attempt.ts';
import { makeDecisions } from './decisions.ts';

/** The behaviour of the reference server of an operation. */
export function correctBehaviour(declared: Declared): DeclaredBehaviour {
  const { decisions, order, codes } = makeDecisions(declared);
  const limit = declared.declaration.checks.find(({ longer }) => longer !== undefined)?.limit;
  return {
    ...sharedBehaviour,
    decisions,
    order,
    codes,
    readRequest: (request) => readRequest(declared, request),
    deviceNameLimit: limit ?? Number.POSITIVE_INFINITY,
    effect: effectOf(declared),
    bindDecisions: [sharedBindDecisions.notBoundByUser, sharedBindDecisions.modeAllows],
    record,
    remember: ({ done }, key) => void done.add(key),
    answer: answerOf(declared),
  };
}

function effectOf(declared: Declared): DeclaredBehaviour['effect'] {
  const { effect, checks } = declared.declaration;
  if (effect === 'bind') {
    return (attempt, world) => bindUnless(attempt, world, attempt.behaviour.bindDecisions, attempt.behaviour.record);
  }
  const repeated = checks.find(({ repeat }) => repeat === true);
  if (effect === undefined || repeated === undefined) return () => undefined;
  return ({ behaviour, user, values, fields }, world) => {
    // The same device, or the same request if it names none.
    const same = fields.dk === undefined ? JSON.stringify([...values]) : `${fields.pk} ${fields.dk}`;
    const key = `${user?.uid} ${same}`;
    if (world.done.has(key)) return checkKey(repeated);
    behaviour.remember(world, key);
    return undefined;
  };
}

/** The answer to a request: the page's example of a success, or a code with its meaning. */
function answerOf({ document, codes, path, method }: Declared): DeclaredBehaviour['answer'] {
  const examples =
    document.paths[path]?.[method.toLowerCase()]?.responses['200']?.content?.['application/json']?.examples;
  const meanings = new Map(codes.map(({ code, meaning }) => [code, meaning]));
  const [first] = Object.values(examples ?? {});
  return ({ httpStatus, code, succeeded, headers }) => {
    const refused = { code, msg: meanings.get(code) ?? 'Request refused', data: null, extMsg: null };
    const body = succeeded ? { ...(first?.value as object), code } : refused;
    return {
      httpStatus,
      headers: [['content-type', 'application/json; charset=utf-8'], ...headers],
      body: Buffer.from(JSON.stringify(body)),
    };
  };
}
