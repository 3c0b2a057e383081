/** The operation's path. Source: the document's "API Address". */
export const operationPath = '/v2/binding/enduserapi/deviceBindingByPureBt';
