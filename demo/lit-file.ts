import { fileURLToPath } from 'node:url';
import { build } from 'vite';

let made: Promise<string> | undefined;

/** Lit's templates as one module that a page can import; bundled once, at the first request. */
export function litFile(): Promise<string> {
  made ??= build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(import.meta.resolve('lit')), formats: ['es'], fileName: 'lit' },
    },
  }).then((result) => {
    const [bundle] = [result].flat();
    const [file] = bundle && 'output' in bundle ? bundle.output : [];
    if (!file) throw new Error('Lit was not bundled');
    return file.code;
  });
  // A failure is not cached.
  made.catch(() => {
    made = undefined;
  });
  return made;
}
