import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import { globalIgnores } from "eslint/config";
import ts from "typescript-eslint";

export default ts.config(
    globalIgnores(["dist", "src/api/schema.d.ts", "src/routeTree.gen.ts"]),
    js.configs.recommended,
    ts.configs.strict,
    hooks.configs.flat.recommended,
    {
        rules: {
            // Money is decimal text; binary floats are for pixels, and those go through parts/geometry.ts.
            "no-restricted-globals": [
                "error",
                { name: "parseFloat", message: "Use a decimal, or pixels() for geometry." },
            ],
            "no-restricted-properties": [
                "error",
                {
                    object: "Number",
                    property: "parseFloat",
                    message: "Use a decimal, or pixels() for geometry.",
                },
            ],
        },
    },
    {
        files: ["scripts/**", "*.config.{js,ts}"],
        languageOptions: { globals: { process: "readonly", console: "readonly" } },
    },
);
