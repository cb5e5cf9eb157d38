// Trees as JavaScript, in the manner of m2cgen: each a nest of conditions, their sums made chances.

/** @typedef {{ split_feature: number, threshold: number, left_child: Node, right_child: Node, leaf_value?: number }} Node */

/** @param {Node} node @returns {string} */
function condition(node) {
  if (node.leaf_value !== undefined) return String(node.leaf_value);
  return `x[${node.split_feature}]<=${node.threshold}?${condition(node.left_child)}:${condition(node.right_child)}`;
}

/** A module whose default export takes a row to its chances. @param {{ tree_structure: Node }[]} trees */
export function generate(trees) {
  const sums = [0, 1, 2].map((k) =>
    trees
      .filter((_, i) => i % 3 === k)
      .map(({ tree_structure }) => `(${condition(tree_structure)})`)
      .join('+'),
  );
  return `export default x=>{const e=[${sums}].map(Math.exp),s=e[0]+e[1]+e[2];return e.map(v=>v/s)}\n`;
}
