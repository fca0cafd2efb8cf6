// Writes src/api/schema.d.ts from docs/openapi.json; with --check, fails where the two differ.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../docs/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);

const header = "// Written by `npm run gen` from docs/openapi.json. Do not edit.\n\n";
const wanted = header + astToString(await openapiTS(source));

if (!process.argv.includes("--check")) {
  await writeFile(target, wanted);
  console.log("src/api/schema.d.ts written");
} else if ((await readFile(target, "utf8")) !== wanted) {
  console.error("src/api/schema.d.ts is not what docs/openapi.json says: run `npm run gen` and commit the result");
  process.exitCode = 1;
} else {
  console.log("src/api/schema.d.ts is up to date");
}
