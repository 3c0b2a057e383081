import { outcomeOf } from '../../../generators/family/declared/faults.ts';
import { addField, buildDeclared } from '../../../generators/family/declared/request.ts';
import type { Change } from '../../../generators/request.ts';
import { settingValue } from '../../../spec/dialect.ts';
import { bindsByReading, eitherWay, binds as succeeds } from '../../../spec/expectation.ts';
import type { AcceptingState, Declared, DeclaredCheck } from '../../../spec/family/declared/model.ts';
import { type CaseMaker, caseMaker, type RequestBatch, unlessOneBound, type Vocabulary } from '../../run/case.ts';
import type { Builder } from './any-operation.ts';

/** How the cases of one operation are made. */
export type Maker = Builder &
  CaseMaker<Vocabulary, Change> & {
    readonly declared: Declared;
    /** A correct request after others: it succeeds, or gets the code for a second one if one of them has succeeded. */
    readonly afterwards: (what: string, earlierMeant?: 'another device') => RequestBatch;
    /** The check with the code for a second request; undefined if a request may be repeated. */
    readonly repeated: DeclaredCheck | undefined;
  };

/** Makes the cases of an operation. */
export function makerFor(declared: Declared): Maker {
  const { ready, checks, effect } = declared.declaration;
  const build: Maker['build'] = (context, changes) => buildDeclared(declared, context, changes);
  const repeated = effect === undefined ? undefined : checks.find(({ repeat }) => repeat === true);
  const { tested, send } = caseMaker<Vocabulary, Change>(ready, build);
  return {
    declared,
    build,
    repeated,
    send,
    tested,
    afterwards: (what, earlierMeant) => {
      if (repeated === undefined) return send(what, [], succeeds);
      const again = outcomeOf(repeated, declared);
      // A server that cuts or trims a value may have meant this device.
      const maySucceed: typeof again = (dialect) => ({ ...again(dialect), codes: [200, repeated.code] });
      return send(what, [], unlessOneBound(earlierMeant === undefined ? again : maySucceed, succeeds));
    },
  };
}

/** The changes that a state's request needs, such as the fid of its home. */
export function changesFor(declared: Declared, names: AcceptingState['with'] = []): readonly Change[] {
  return names.flatMap((name) => addField(declared, name) ?? []);
}

/** A success that the owner has not confirmed: a refusal only warns, and with `guesses=open` it is right too. */
export const succeedsByGuess: RequestBatch['expect'] = (dialect) =>
  settingValue('guesses', dialect) === 'open' ? eitherWay : bindsByReading('guessed-request');
