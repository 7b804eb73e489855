package com.ourvidz.core.asset;

import com.ourvidz.core.Outline;
import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.Usage;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What users do with their assets. */
public final class Assets {

    /** The most that are deleted at a time. */
    public static final int MOST_DELETED = 500;

    /** The most that are handed out at a time. */
    public static final int MOST_TOGETHER = 100;

    private final AssetStore assets;
    private final ObjectStore objects;
    private final Removal<Asset> removal;

    public Assets(AssetStore assets, ObjectStore objects) {
        this.assets = assets;
        this.objects = objects;
        this.removal = new Removal<>(objects, Asset::objectKeys, asset -> assets.forget(asset.id()));
    }

    public Page<ListedAsset> list(String userId, AssetFilter filter, Optional<Page.Cursor> after, int limit) {
        return assets.list(userId, filter, after, limit);
    }

    /** The whole of what {@link #list} turns the pages of. */
    public Outline outline(String userId, AssetFilter filter, int pageSize) {
        return assets.outline(userId, filter, pageSize);
    }

    /** One of the user's assets. */
    public ListedAsset find(UUID id, String userId) {
        return assets.find(List.of(id), userId).stream().findFirst().orElseThrow(Rejection::notFound);
    }

    /** What the user's assets take; kinds of which there are none are left out. */
    public Map<AssetFilter.Kind, Usage> usage(String userId) {
        return assets.usage(userId);
    }

    public void prefer(UUID id, String userId, boolean favourite) {
        if (!assets.prefer(id, userId, favourite)) {
            throw Rejection.notFound();
        }
    }

    /** Gone for the user at once; the bytes follow, also when the server dies in between. */
    public void delete(UUID id, String userId) {
        if (delete(List.of(id), userId).isEmpty()) {
            throw Rejection.notFound();
        }
    }

    /**
     * Deletes those that there are and that are the user's, all at once.
     *
     * @return their ids
     * @throws Rejection {@code INVALID} for more than {@link #MOST_DELETED}
     */
    public List<UUID> delete(Collection<UUID> ids, String userId) {
        requireAtMost(MOST_DELETED, ids);
        var doomed = assets.doom(ids, userId);
        try {
            removal.sweep(doomed);
        } catch (IOException e) {
            // They are gone for the user. The sweep tries again, and says what is wrong.
        }
        return doomed.stream().map(Asset::id).toList();
    }

    /**
     * The named assets, in that order and each once.
     *
     * @throws Rejection {@code NOT_FOUND} when one of them is not there or not the user's, {@code INVALID} for more than {@link #MOST_TOGETHER}
     */
    public List<ListedAsset> together(Collection<UUID> ids, String userId) {
        requireAtMost(MOST_TOGETHER, ids);
        var order = List.copyOf(new LinkedHashSet<>(ids));
        var found = assets.find(order, userId);
        if (found.isEmpty() || found.size() < order.size()) {
            throw Rejection.notFound();
        }
        return found.stream()
                .sorted(Comparator.comparingInt(
                        each -> order.indexOf(each.asset().id())))
                .toList();
    }

    /**
     * The assets of a job in their order.
     *
     * @throws Rejection {@code NOT_FOUND} when there are none of this user
     */
    public List<ListedAsset> ofJob(UUID jobId, String userId) {
        var found = assets.list(userId, AssetFilter.ofJob(jobId), Optional.empty(), MOST_TOGETHER);
        if (found.items().isEmpty()) {
            throw Rejection.notFound();
        }
        return found.items().stream()
                .sorted(Comparator.comparingInt(each -> each.asset().index()))
                .toList();
    }

    public ListedAsset published(UUID id) {
        return assets.findPublished(id).orElseThrow(Rejection::notFound);
    }

    public ObjectStore.StoredObject open(Asset asset) throws IOException {
        return objects.find(asset.objectKey()).orElseThrow(Rejection::notFound);
    }

    public ObjectStore.StoredObject openThumbnail(Asset asset) throws IOException {
        return objects.find(asset.thumbnailKey()).orElseThrow(Rejection::notFound);
    }

    /**
     * Removes the bytes of what was deleted or superseded. Called from time to time.
     *
     * @throws IOException as {@link Removal#sweep}
     */
    public void sweep() throws IOException {
        removal.sweep(assets.doomed(Removal.BATCH));
    }

    private static void requireAtMost(int most, Collection<UUID> ids) {
        if (ids.size() > most) {
            throw Rejection.invalid("At most " + most + " assets at a time.");
        }
    }
}
