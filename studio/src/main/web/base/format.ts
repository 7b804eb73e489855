/** Numbers and times as people read them. */

export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes < 60) {
    return rest ? `${minutes} min ${rest} s` : `${minutes} min`;
  }
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function bytes(count: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function count(number: number, one: string, many: string = one + 's'): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function day(iso: string): string {
  return DAY.format(new Date(iso));
}

export function moment(iso: string): string {
  return MOMENT.format(new Date(iso));
}

export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 60) {
    return 'just now';
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : day(iso);
}

/** The whole name of a job type, for instance "SDXL image, fast". */
export function typeName(id: string): string {
  const made = id.includes('video') ? 'Video' : 'Image';
  const model = id.startsWith('sdxl') ? 'SDXL' : 'WAN';
  const speed = id.includes('high') ? 'high quality' : 'fast';
  return `${model} ${made.toLowerCase()}, ${speed}${id.endsWith('_enhanced') ? ', enhanced' : ''}`;
}

/** The id in a signed link to a file. */
export function assetId(url: string): string {
  return new URL(url, location.href).pathname.split('/')[2] ?? '';
}

export function downloadUrl(url: string): string {
  return url + (url.includes('?') ? '&' : '?') + 'download=1';
}
