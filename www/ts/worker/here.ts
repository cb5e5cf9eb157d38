// Answers calls on the page's own thread. Loaded where there is no worker.
import { Inseam } from '../index.js';
import { Answerer } from './calls.js';

export const answerer = (): Answerer => new Answerer((url, options) => Inseam.open(url, options));
