// Merges the orders that the block states into the shopper's file. shopper.bundle.js is beside it.
import { ShopperFile } from './shopper.bundle.js';

const lines = JSON.parse(document.querySelector('#inseam-orders').textContent);
new ShopperFile().merge(lines);
