const SMALL = 100;
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** A figure as the other pages write it: thousands spaced, a real minus, a decimal only where it matters. */
export function figure(value: number | null): string {
  if (value === null) return "–";
  const text = (Math.abs(value) < SMALL ? fine : whole).format(value).replaceAll(",", "\u202f").replace("-", "−");
  return text === "−0" ? "0" : text;
}

export function change(value: number): string {
  return value > 0 ? `+${figure(value)}` : figure(value);
}

/** A sentence with its values in the places of its %s. */
export function fill(sentence: string, ...values: readonly string[]): string {
  let at = 0;
  return sentence.replace(/%s/g, () => values[at++] ?? "");
}
