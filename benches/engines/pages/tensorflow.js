// The network in TensorFlow.js: its core and the backend that every browser has, bundled with what
// is not used left out.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';

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
