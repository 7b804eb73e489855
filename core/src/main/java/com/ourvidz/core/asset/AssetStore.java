package com.ourvidz.core.asset;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Page;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of assets. An asset is staged by the attempt that uploads it, published by the transaction that completes the job, and doomed
 * when it is deleted or its attempt is superseded; doomed rows stay until their bytes are gone, so that a crash in between loses neither.
 */
public interface AssetStore {

    /**
     * Stages an upload under the attempt, or notes the length of one that is staged. Another upload of the same index dooms the earlier one.
     *
     * @return whether the fence still held and the asset was not replaced meanwhile
     */
    boolean stage(Fence fence, Asset asset);

    Page<Asset> list(String userId, Optional<Page.Cursor> after, int limit);

    /** A published asset of anyone: for links that carry their own proof. */
    Optional<Asset> findPublished(UUID id);

    /** Dooms a published asset of the user. Empty when there is none or it is somebody else's. */
    Optional<Asset> doom(UUID id, String userId);

    /** Some doomed assets, oldest first. */
    List<Asset> doomed(int limit);

    /** Forgets a doomed asset whose bytes are gone. */
    void forget(UUID id);
}
