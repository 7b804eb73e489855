package com.ourvidz.core.reference;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.Usage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of references. A reference is staged before its bytes are written, kept when they are there, and doomed when it is deleted;
 * doomed rows stay until their bytes are gone, so that a crash in between loses neither. A user has a picture once.
 */
public interface ReferenceStore {

    /**
     * Stages an upload, or answers the reference that the user already has of the same picture. A consent that is given now counts for it.
     *
     * @param limit the most bytes of all references of the user
     * @throws Rejection {@code TOO_LARGE} beyond the limit; then nothing is staged
     */
    Reference stage(Reference reference, long limit);

    /** Keeps what was staged; when the user has kept the same picture meanwhile, dooms it. Answers the reference that is kept. */
    Reference keep(Reference staged);

    /** A kept reference of anyone: for links that carry their own proof, and for workers. */
    Optional<Reference> find(UUID id);

    Page<Reference> list(String userId, Optional<Page.Cursor> after, int limit);

    /** What all references of the user take, those being written included. */
    Usage usage(String userId);

    /** Bytes of all references of everyone. */
    long bytes();

    /** Bytes of all references of the user who has most; 0 when nobody has any. */
    long largestShare();

    /** Dooms a kept reference of the user. Empty when there is none or it is somebody else's. */
    Optional<Reference> doom(UUID id, String userId);

    /** Some doomed references, oldest first, and such as were staged so long ago that nobody can still be writing them. */
    List<Reference> doomed(int limit);

    /** Forgets a reference whose bytes are gone, unless it is kept. */
    void forget(UUID id);
}
