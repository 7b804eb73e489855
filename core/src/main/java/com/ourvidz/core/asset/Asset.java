package com.ourvidz.core.asset;

import java.time.Instant;
import java.util.UUID;

/**
 * One file that a job made.
 *
 * @param index its place in the job, from 0
 * @param objectKey where the bytes are in the object store
 * @param bytes length of the file
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
        Instant createdAt) {

    public Asset ofLength(long length) {
        return new Asset(id, jobId, userId, bucket, index, objectKey, mediaType, length, createdAt);
    }
}
