// The network in TensorFlow.js on the page: its core and the backend that works in every browser,
// bundled without unused code.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';

/** Loads everything and returns a function that gives the i-th advice, for seven sizes. */
export async function start() {
  await tf.setBackend('cpu');
  const { rows } = await (await fetch('/engines/questions.json')).json();
  const { weights, biases } = await (await fetch('/engines/network.json')).json();
  const layers = weights.map((/** @type {number[][]} */ w, /** @type {number} */ i) => [
    tf.tensor2d(w),
    tf.tensor1d(biases[i]),
  ]);
  return async (/** @type {number} */ i) => {
    const asked = rows.slice((i % 64) * 7, (i % 64) * 7 + 7);
    const chances = tf.tidy(() =>
      tf.softmax(
        layers.reduce((x, [w, b], n) => {
          const z = tf.add(tf.matMul(x, w), b);
          return n + 1 < layers.length ? tf.relu(z) : z;
        }, tf.tensor2d(asked)),
      ),
    );
    const all = await chances.array();
    chances.dispose();
    return all;
  };
}
