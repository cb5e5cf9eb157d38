import { Inseam } from 'inseam/node';
import { Suspense } from 'react';

const opened = Inseam.open('data/shop.inseam');

async function Advice({ article }: { article: string }) {
  // From your customer's account.
  const details = { history: [{ article: 'LA-D01', size: '38' }] };
  const model = await opened;
  const { size } = await model.shopper(details).advise(article);
  return <p id="server">{size}</p>;
}

export default function Page() {
  return (
    <Suspense>
      <Advice article="SB-D03" />
    </Suspense>
  );
}
