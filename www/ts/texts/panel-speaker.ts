// Fills in the texts of the details, which have percentages and names of measurements too.
import { panelTexts } from './en-panel.js';
import { Speaker } from './texts.js';

export class PanelSpeaker extends Speaker {
  #percent: Intl.NumberFormat | undefined;

  /** English stands in for texts that the language of the line does not have. */
  constructor({ language, texts }: Speaker) {
    super(language, { ...panelTexts, ...texts });
  }

  /** A share from 0 to 1 as a percentage. */
  percent(share: number): string {
    this.#percent ??= new Intl.NumberFormat(this.language, { style: 'percent' });
    return this.#percent.format(share);
  }

  /** The name of a measurement for shoppers: `Height` for `height_cm`. */
  measure(name: string): string {
    const [first = name] = name.split('_');
    return this.texts.measure?.[first] ?? name.replaceAll('_', ' ');
  }
}
