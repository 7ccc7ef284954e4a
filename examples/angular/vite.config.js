import { defineConfig } from 'vite';

// Templates are compiled in the browser, so the example needs no Angular CLI. An app of yours has one, and compiles them ahead.
export default defineConfig({});
