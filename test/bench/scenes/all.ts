import { aboveFold } from './above-fold.js';
import { beforeView } from './before-view.js';
import { booking } from './booking.js';
import { failing } from './failing.js';
import { inView } from './in-view.js';
import { many } from './many.js';
import { phone } from './phone.js';
import { popup } from './popup.js';
import type { Scene } from './scene.js';

export const SCENES: readonly Scene[] = [inView, aboveFold, popup, many, phone, booking, beforeView, failing];
