// Writes LightGBM's trees as JavaScript, as m2cgen does: each tree becomes nested conditions.

/**
 * A node of a tree, as LightGBM dumps it.
 * @typedef {object} Node
 * @property {number} split_feature
 * @property {number} threshold
 * @property {Node} left_child
 * @property {Node} right_child
 * @property {number} [leaf_value]
 */

/**
 * The subtree as a JavaScript expression of the row `x`.
 * @param {Node} node
 * @returns {string}
 */
function condition(node) {
  if (node.leaf_value !== undefined) return String(node.leaf_value);
  return `x[${node.split_feature}]<=${node.threshold}?${condition(node.left_child)}:${condition(node.right_child)}`;
}

/**
 * A module whose default export computes the probabilities of the three outcomes from a row. Trees
 * take turns: every third one belongs to the same outcome.
 * @param {{ tree_structure: Node }[]} trees
 */
export function generate(trees) {
  const sums = [0, 1, 2].map((k) =>
    trees
      .filter((_, i) => i % 3 === k)
      .map(({ tree_structure }) => `(${condition(tree_structure)})`)
      .join('+'),
  );
  return `export default x=>{const e=[${sums}].map(Math.exp),s=e[0]+e[1]+e[2];return e.map(v=>v/s)}\n`;
}
