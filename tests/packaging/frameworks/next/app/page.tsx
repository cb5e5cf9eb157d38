import { SizeAdvice } from './size-advice';

// From your shop's data.
const sizes = ['38', '40', '42', '44', '46', '48', '50'].map((label) => ({
  label,
  available: label !== '50',
}));

export default function Page() {
  return <SizeAdvice article="SB-D03" sizes={sizes} />;
}
