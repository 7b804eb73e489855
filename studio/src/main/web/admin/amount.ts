import type { Figure } from '../base/types.ts';

/** A value of a figure as people read it. */
export function amount(value: number, unit: Figure['unit']): string {
  switch (unit) {
    case 'ratio':
      return `${(value * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
    case 'seconds':
      return value > 0 && value < 1
        ? `${(value * 1000).toLocaleString('en', { maximumFractionDigits: value < 0.1 ? 1 : 0 })} ms`
        : `${value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 })} s`;
    case 'bytes':
      return decimal(value);
    case 'jobs':
      return value.toLocaleString('en', { maximumFractionDigits: 0 });
  }
}

export function target(figure: Figure): string {
  return `${figure.bound === 'at_least' ? 'at least' : 'at most'} ${amount(figure.target, figure.unit)}`;
}

/** The targets count gigabytes of a thousand megabytes. */
function decimal(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const unit = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** unit).toLocaleString('en', { maximumFractionDigits: 1 })} ${units[unit]}`;
}
