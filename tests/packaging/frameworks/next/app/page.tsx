import { Inseam } from 'inseam/node';
import { SizeAdvice } from './size-advice';

const details = { history: [{ article: 'LA-D01', size: '38' }] };

export default async function Page() {
  const model = await Inseam.open('public/fit/shop.inseam');
  const { size } = await model.shopper(details).advise('SB-D03');
  return (
    <main>
      <p id="server">{size}</p>
      <SizeAdvice article="SB-D03" details={details} />
    </main>
  );
}
