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
