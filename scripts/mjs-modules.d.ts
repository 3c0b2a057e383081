// The launcher is JavaScript, because it runs before anything is installed; scripts/setup/tsconfig.json checks its types
// and those of its tests. tsc refuses allowJs together with isolatedDeclarations, so for the rest of the project it is untyped.
declare module '*.mjs';
