// Cycles in a directed graph, and an order without them.

/**
 * The cycles of a graph, each as the nodes that reach one another (Tarjan, "Depth-first search and
 * linear graph algorithms", 1972), and all groups of nodes from the lowest layer up.
 * @param {Map<string, Set<string>>} edges
 * @returns {{ cycles: string[][], order: string[][] }}
 */
export function components(edges) {
  /** @type {Map<string, { index: number, low: number, open: boolean }>} */
  const seen = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const order = [];
  const visit = (/** @type {string} */ node) => {
    const here = { index: seen.size, low: seen.size, open: true };
    seen.set(node, here);
    stack.push(node);
    for (const next of [...(edges.get(node) ?? [])].sort()) {
      const there = seen.get(next) ?? visit(next);
      if (there.open) here.low = Math.min(here.low, there.low);
    }
    if (here.low === here.index) {
      const group = stack.splice(stack.indexOf(node));
      for (const member of group) /** @type {any} */ (seen.get(member)).open = false;
      order.push(group.sort());
    }
    return here;
  };
  for (const node of [...edges.keys()].sort()) if (!seen.has(node)) visit(node);
  return { cycles: order.filter((group) => group.length > 1), order };
}

/**
 * The same graph between folders: the nodes below `folder`, each cut down to its first part.
 * @param {Map<string, Set<string>>} edges nodes are paths with `::` between their parts
 * @param {string} folder
 * @returns {Map<string, Set<string>>}
 */
export function siblings(edges, folder) {
  const prefix = folder === '' ? '' : `${folder}::`;
  const cut = (/** @type {string} */ node) =>
    node.startsWith(prefix) && node !== folder
      ? node.slice(prefix.length).split('::')[0]
      : undefined;
  const out = new Map();
  for (const [from, targets] of edges) {
    const source = cut(from);
    if (source === undefined || source === '') continue;
    const all = out.get(source) ?? new Set();
    out.set(source, all);
    for (const target of [...targets].map(cut)) if (target && target !== source) all.add(target);
  }
  return out;
}
