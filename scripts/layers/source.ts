import { posix } from 'node:path';
import ts from 'typescript';
import { brokenRule } from './rules.ts';

/** A broken rule, as `file:line` and words. */
export type Violation = { file: string; line: number; rule: string };

/** What only the command line decides; everything else returns or throws. */
const ownedByScripts = new Set(['argv', 'exit', 'exitCode']);

/** All violations in one source file; `file` is its path from the project's root, with `/`. */
export function violationsIn(file: string, text: string): Violation[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Violation[] = [];
  const visit = (node: ts.Node): void => {
    const rule = brokenByImport(file, node) ?? brokenByProcess(file, node);
    if (rule !== undefined) {
      found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, rule });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function brokenByImport(file: string, node: ts.Node): string | undefined {
  const specifier = specifierOf(node);
  if (specifier === undefined) return undefined;
  if (!ts.isStringLiteralLike(specifier)) {
    return file.startsWith('scripts/') ? undefined : 'a computed import cannot be checked: only scripts/ has one';
  }
  const imported = specifier.text.startsWith('.') ? posix.join(posix.dirname(file), specifier.text) : specifier.text;
  const rule = brokenRule({ importer: file, imported });
  return rule === undefined ? undefined : `${rule} (imports ${imported})`;
}

/** The `'…'` of `import`, `import type`, `export … from`, `import('…')` as value and as type, and `import x = require`. */
function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  return undefined;
}

function brokenByProcess(file: string, node: ts.Node): string | undefined {
  if (file.startsWith('scripts/') || !takesFromProcess(node)) return undefined;
  return 'process.argv, process.exit and process.exitCode stay in scripts/';
}

/** `process.exit`, `process['exit']`, `const { exit } = process` or `import { exit } from 'node:process'`. */
function takesFromProcess(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && ownedByScripts.has(node.name.text);
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return isProcess(node.expression) && ts.isStringLiteralLike(key) && ownedByScripts.has(key.text);
  }
  if (ts.isBindingElement(node)) {
    const { initializer } = node.parent.parent as ts.VariableDeclaration;
    return initializer !== undefined && isProcess(initializer) && ownedByScripts.has(nameOf(node));
  }
  if (ts.isImportSpecifier(node)) {
    const { moduleSpecifier } = node.parent.parent.parent as ts.ImportDeclaration;
    return /^'(node:)?process'$/.test(moduleSpecifier.getText()) && ownedByScripts.has(nameOf(node));
  }
  return false;
}

function isProcess(expression: ts.Expression): boolean {
  return /^(globalThis\.)?process$/.test(expression.getText());
}

function nameOf(node: ts.BindingElement | ts.ImportSpecifier): string {
  return (node.propertyName ?? node.name).getText();
}
