import 'inseam/element';
import { Inseam } from 'inseam/worker';

document.addEventListener('inseam-accept', ({ detail }) => {
  document.querySelector('#chosen').textContent = detail.size;
});
const model = await Inseam.open('/fit/shop.json');
const shopper = model.shopper({ history: [{ article: 'LA-D01', size: '38' }] });
document.querySelector('#server').textContent = (await shopper.advise('SB-D03')).size;
