import { ApiError, request } from '../base/api.ts';
import type { Reference } from '../base/types.ts';

const LARGEST = 10 * 1024 * 1024;
const TYPES = ['image/jpeg', 'image/png', 'image/webp'];

export const ACCEPTED = TYPES.join(',');

/** What is wrong with a file before it is sent; the platform looks at its content itself. */
export function problemOf(file: Blob): ApiError | undefined {
  if (file.size > LARGEST) {
    return new ApiError('The picture is larger than 10 MB.', 413, 'Choose a smaller one.', false);
  }
  return file.type && !TYPES.includes(file.type)
    ? new ApiError('This is no JPEG, PNG or WebP.', 415, 'Choose another picture.', false)
    : undefined;
}

/**
 * Sends a picture.
 *
 * @param consent that the person depicted agreed
 */
export async function upload(file: Blob, name: string, consent: boolean): Promise<Reference> {
  const form = new FormData();
  form.append('file', file, name);
  if (consent) {
    form.append('consent', 'true');
  }
  const answer = await request<{ reference_image: Reference }>('POST', '/api/upload-reference', { form });
  return answer.reference_image;
}

/** The first picture of what was dropped or pasted. */
export function pictureOf(data: DataTransfer | null): File | undefined {
  return [...(data?.files ?? [])].find((file) => file.type.startsWith('image/')) ?? data?.files[0];
}
