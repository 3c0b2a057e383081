import { describeJson } from '../../read-request/found-request.ts';
import { UserError } from '../../user-error.ts';

/** The members of a fixture that are used, with the environment variable of those that can be set there. */
const variables = {
  userDomainSecret: 'BINDGATE_USER_DOMAIN_SECRET',
  ps: 'BINDGATE_PS',
  token: '',
  pk: '',
  dk: '',
  pwd: '',
  bindingCode: 'BINDGATE_BINDING_CODE',
  bindingSecret: 'BINDGATE_BINDING_SECRET',
  oldBindingSecret: 'BINDGATE_OLD_BINDING_SECRET',
};

/** The secrets of a device and its product: the more are known, the more mistakes are found. A ciphertext needs `ps`. */
export type Secrets = { readonly userDomainSecret: string } & { readonly [Name in keyof typeof variables]?: string };

/**
 * The secrets of a fixture (as the states endpoint answers it, or a part of it); missing ones come from the environment.
 * @param needsPs whether the request has a ciphertext.
 * @throws UserError (exit code 2) that names the variable or the field, never a value.
 */
export function readSecrets(
  fixture: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  needsPs: boolean,
): Secrets {
  const found = Object.entries(variables).flatMap(([name, variable]) => {
    const given = fixture[name] ?? undefined;
    if (given !== undefined && typeof given !== 'string') {
      throw new UserError(`"${name}" in the fixture is ${describeJson(given)}, not a string`, 2);
    }
    const value = given ?? environment[variable];
    if (value === undefined || value === '') return [];
    return [[name, name === 'token' ? value.replace(/^bearer\s+/i, '') : value] as const];
  });
  const secrets: Partial<Secrets> = Object.fromEntries(found);
  const { userDomainSecret, ps } = secrets;
  if (userDomainSecret === undefined) throw missing('userDomainSecret', 'the signature');
  if (ps === undefined && needsPs) throw missing('ps', 'the ciphertexts');
  if (ps !== undefined && !/^[\x20-\x7e]{16}$/.test(ps)) {
    const why = ps.trim().length === 16 ? ' (it has spaces or line breaks around it)' : '';
    throw new UserError(
      `ps has ${ps.length} characters and is not 16 printable ASCII characters${why}; give the product secret as the platform shows it`,
      2,
    );
  }
  return { ...secrets, userDomainSecret };
}

function missing(name: 'userDomainSecret' | 'ps', what: string): UserError {
  return new UserError(
    `${what} cannot be checked without ${name}; give --fixture FILE with "${name}", or set ${variables[name]}`,
    2,
  );
}
