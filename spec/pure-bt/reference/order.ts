import type { DecisionName } from './decision.ts';

/**
 * The decisions that must come before each decision, because it uses their results. Everything else about the order of
 * checks is open: any order with these dependencies is right.
 */
export const needs: Readonly<Record<DecisionName, readonly DecisionName[]>> = {
  token: [],
  pkGiven: [],
  dkGiven: [],
  bindingCodeGiven: [],
  signatureGiven: [],
  newSecretGiven: [],
  dkFormat: ['dkGiven'],
  bindingCodeFormat: ['bindingCodeGiven'],
  deviceNameFormat: [],
  pwdFormat: [],
  randomFormat: [],
  productKnown: ['pkGiven'],
  productAuthorised: ['productKnown', 'token'],
  // The user domain's secret is found through the user.
  signatureMatches: ['token', 'pkGiven', 'dkGiven', 'bindingCodeGiven', 'signatureGiven'],
  // The key is the product's; the code and the PK,DK inside a secret are compared with the request's.
  encryptedBindingCodeReadable: ['bindingCodeGiven', 'productKnown'],
  newSecretReadable: ['newSecretGiven', 'productKnown', 'dkGiven'],
  oldSecretReadable: ['productKnown', 'dkGiven'],
  deviceFound: ['productKnown', 'dkGiven'],
  dataCentreIsHere: ['deviceFound'],
  sharingNotAccepted: ['deviceFound', 'token'],
  bindingCodeIsDevices: ['deviceFound', 'bindingCodeGiven', 'encryptedBindingCodeReadable'],
  userMayBind: ['token'],
  productIsForUser: ['productKnown', 'token'],
  productGrants: ['productKnown'],
  fidFitsHomeMode: ['token'],
  homeIsOwn: ['token', 'fidFitsHomeMode'],
  roleMayBind: ['token'],
  commonListWritable: ['token'],
};

/** Whether an order has every decision once, each after those that it needs. */
export function keepsNeeds(order: readonly DecisionName[], more: MoreNeeds = {}): boolean {
  const at = new Map(order.map((name, index) => [name, index]));
  const all = Object.entries(needs) as [DecisionName, readonly DecisionName[]][];
  return (
    at.size === order.length &&
    all.length === order.length &&
    all.every(([name, before]) =>
      [...before, ...(more[name] ?? [])].every((needed) => (at.get(needed) ?? -1) < (at.get(name) ?? -1)),
    )
  );
}

/** Additional needs of some decisions in one server. */
export type MoreNeeds = { readonly [Name in DecisionName]?: readonly DecisionName[] };

/**
 * A random order that is right.
 * @param pick chooses the next decision.
 */
export function drawOrder(pick: <Item>(items: readonly Item[]) => Item, more: MoreNeeds = {}): readonly DecisionName[] {
  const left = new Set(Object.keys(needs) as DecisionName[]);
  const order: DecisionName[] = [];
  const isFree = (name: DecisionName): boolean =>
    [...needs[name], ...(more[name] ?? [])].every((needed) => !left.has(needed));
  while (left.size > 0) {
    const next = pick([...left].filter(isFree));
    left.delete(next);
    order.push(next);
  }
  return order;
}
