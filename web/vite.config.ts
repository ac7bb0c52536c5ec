import tailwind from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npm run dev` passes on what is not the page to a Ballast that runs on this machine.
const API = process.env["BALLAST_API"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/ui/",
  plugins: [tanstackRouter({ target: "react", autoCodeSplitting: true }), react(), tailwind()],
  build: {
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: { proxy: { "^/(?!ui/).+": { target: API } } },
});
