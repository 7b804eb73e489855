package com.ourvidz.core.reference;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A picture that a user has uploaded.
 *
 * @param digest SHA-256 of the picture as it is kept, in hexadecimal: the same for the same pixels
 * @param width pixels
 * @param height pixels
 * @param bytes what the picture and its thumbnail take
 * @param consent whether the uploader has stated that the person depicted agreed
 */
public record Reference(
        UUID id, String userId, String digest, int width, int height, long bytes, boolean consent, Instant createdAt) {

    /** What all references are kept as. */
    public static final String MEDIA_TYPE = "image/png";

    public String objectKey() {
        return "references/" + id + ".png";
    }

    public String thumbnailKey() {
        return "references/" + id + "-thumbnail.png";
    }

    /** Everything of it that the object store may hold. */
    List<String> objectKeys() {
        return List.of(objectKey(), thumbnailKey());
    }
}
