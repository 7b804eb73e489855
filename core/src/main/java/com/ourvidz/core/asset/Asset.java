package com.ourvidz.core.asset;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One file that a job made.
 *
 * @param index its place in the job, from 0
 * @param objectKey where the bytes are in the object store
 * @param bytes length of the file
 * @param thumbnailBytes length of its thumbnail, 0 when there is none
 */
public record Asset(
        UUID id,
        UUID jobId,
        String userId,
        String bucket,
        int index,
        String objectKey,
        String mediaType,
        long bytes,
        long thumbnailBytes,
        Instant createdAt) {

    /** What all thumbnails are. */
    public static final String THUMBNAIL_TYPE = "image/webp";

    /** The most bytes of a thumbnail. */
    public static final int MAX_THUMBNAIL_BYTES = 262_144;

    public boolean hasThumbnail() {
        return thumbnailBytes > 0;
    }

    /** Where the thumbnail's bytes are, if there is one. */
    public String thumbnailKey() {
        return objectKey + ".webp";
    }

    /** Everything of it that the object store may hold. */
    List<String> objectKeys() {
        return List.of(objectKey, thumbnailKey());
    }

    public Asset ofLength(long length) {
        return new Asset(id, jobId, userId, bucket, index, objectKey, mediaType, length, thumbnailBytes, createdAt);
    }

    public Asset withThumbnail(long length) {
        return new Asset(id, jobId, userId, bucket, index, objectKey, mediaType, bytes, length, createdAt);
    }
}
