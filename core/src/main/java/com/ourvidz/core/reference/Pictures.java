package com.ourvidz.core.reference;

import com.ourvidz.core.Rejection;

/** Reads pictures that nobody vouches for. */
public interface Pictures {

    /**
     * Decodes a JPEG, PNG or WebP, told by its content, in bounded memory.
     *
     * @param file the whole file
     * @throws Rejection {@code WRONG_MEDIA_TYPE} for a picture of another kind, {@code INVALID} for what is no picture, damaged, or of too
     *     many pixels
     */
    Picture read(byte[] file);
}
