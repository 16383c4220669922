import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** GraphiQL is an application of its own: its editor is larger than the whole studio. */
export default defineConfig({
  root: fileURLToPath(new URL("./graphiql", import.meta.url)),
  base: "/graphiql/",
  plugins: [react()],
  worker: { format: "es" },
  build: {
    target: "es2023",
    outDir: fileURLToPath(new URL("./dist/graphiql", import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 8000,
  },
});
