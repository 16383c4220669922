/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { watchedCodegen } from "./scripts/watchedCodegen";

const backend = process.env.STUDIO_BACKEND ?? "http://127.0.0.1:8000";
const proxied = [
  "/graphql",
  "/ws",
  "/api/v1",
  "/files",
  "/health",
  "/graphiql",
  "/docs",
  "/openapi.json",
];

export default defineConfig({
  plugins: [react(), watchedCodegen()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    port: 5173,
    strictPort: true,
    // The origin stays the browser's own, so the backend's same-origin check for sockets holds.
    proxy: Object.fromEntries(
      proxied.map((path) => [path, { target: backend, changeOrigin: false, ws: true }]),
    ),
  },
  // GraphiQL is built by a configuration of its own; its workers cannot be prepared here.
  optimizeDeps: { entries: ["index.html"] },
  build: {
    target: "es2023",
    manifest: true,
    chunkSizeWarningLimit: 600,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    isolate: false,
  },
});
