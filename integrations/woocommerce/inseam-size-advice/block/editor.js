// The block in the editor: a placeholder, as advice needs a shopper.
const { registerBlockType } = globalThis.wp.blocks;
const { useBlockProps } = globalThis.wp.blockEditor;
const { createElement } = globalThis.wp.element;

registerBlockType('inseam/size-advice', {
  edit: () => createElement('p', useBlockProps(), 'Size advice'),
  save: () => null,
});
