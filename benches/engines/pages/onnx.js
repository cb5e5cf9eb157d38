// The network in ONNX Runtime Web on the page: the build with only WebAssembly, on one thread.
import * as ort from '/npm/onnxruntime-web/dist/ort.wasm.min.mjs';

/** Loads everything and returns a function that gives the i-th advice, for seven sizes. */
export async function start() {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/npm/onnxruntime-web/dist/';
  const { rows } = await (await fetch('/engines/questions.json')).json();
  const session = await ort.InferenceSession.create('/engines/network.onnx');
  const width = rows[0].length;
  return async (/** @type {number} */ i) => {
    const seven = rows.slice((i % 64) * 7, (i % 64) * 7 + 7).flat();
    const { chances } = await session.run({ rows: new ort.Tensor('float32', seven, [7, width]) });
    return Array.from({ length: 7 }, (_, k) => [...chances.data.slice(3 * k, 3 * k + 3)]);
  };
}
