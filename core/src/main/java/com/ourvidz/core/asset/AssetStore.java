package com.ourvidz.core.asset;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Outline;
import com.ourvidz.core.Page;
import com.ourvidz.core.Usage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of assets. An asset is staged by the attempt that uploads it, published by the transaction that completes the job, and doomed
 * when it is deleted or its attempt is superseded; doomed rows stay until their bytes are gone, so that a crash in between loses neither.
 */
public interface AssetStore {

    /**
     * Stages an upload under the attempt, or notes the lengths of one that is staged. Another upload of the same index dooms the earlier one.
     *
     * @return whether the fence still held and the asset was not replaced meanwhile
     */
    boolean stage(Fence fence, Asset asset);

    /** What the attempt has staged under the index, while the fence holds. */
    Optional<Asset> staged(Fence fence, int index);

    Page<ListedAsset> list(String userId, AssetFilter filter, Optional<Page.Cursor> after, int limit);

    /** The whole of what {@link #list} turns the pages of, each with so many items. */
    Outline outline(String userId, AssetFilter filter, int pageSize);

    /** A published asset of anyone: for links that carry their own proof. */
    Optional<ListedAsset> findPublished(UUID id);

    /** Those published assets of the user that are among the ids, in no order. */
    List<ListedAsset> find(Collection<UUID> ids, String userId);

    /** Notes whether the user prefers the asset; false when there is none or it is somebody else's. */
    boolean prefer(UUID id, String userId, boolean favourite);

    /** What the user's published assets take, thumbnails included; kinds of which there are none are left out. */
    Map<AssetFilter.Kind, Usage> usage(String userId);

    /** Dooms those published assets of the user that are among the ids, all at once; returns them. */
    List<Asset> doom(Collection<UUID> ids, String userId);

    /** Some doomed assets whose bytes are to be removed, oldest first. */
    List<Asset> doomed(int limit);

    /**
     * Forgets a doomed asset whose bytes are gone. While an upload of it may still be under way, for an hour, this is put off: then
     * {@link #doomed} names it once more, for what came too late.
     */
    void forget(UUID id);
}
