// Writes src/api/schema.d.ts from the application's own OpenAPI document, with the document's hash in its first line.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const python = process.env.PYTHON ?? "../.venv/bin/python";
const document = execFileSync(python, ["scripts/openapi.py"], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
});
const hash = createHash("sha256").update(document).digest("hex");
const types = astToString(
    await openapiTS(JSON.parse(document), { alphabetize: true, defaultNonNullable: false }),
);
writeFileSync(
    "src/api/schema.d.ts",
    `// Made by \`make page-types\` from the OpenAPI document ${hash}\n\n${types}`,
);
