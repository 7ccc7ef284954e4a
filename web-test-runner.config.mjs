import { register } from 'tsx/esm/api';

register();
export default (await import('./tools/browser-tests.ts')).browserTests;
