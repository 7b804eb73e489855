package com.ourvidz.core.asset;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

/** What users do with their assets. */
public final class Assets {

    private static final int SWEEP_BATCH = 100;

    private final AssetStore assets;
    private final ObjectStore objects;

    public Assets(AssetStore assets, ObjectStore objects) {
        this.assets = assets;
        this.objects = objects;
    }

    public Page<Asset> list(String userId, Optional<Page.Cursor> after, int limit) {
        return assets.list(userId, after, limit);
    }

    /** Gone for the user at once; the bytes follow, also when the server dies in between. */
    public void delete(UUID id, String userId) throws IOException {
        remove(assets.doom(id, userId).orElseThrow(Rejection::notFound));
    }

    public Asset published(UUID id) {
        return assets.findPublished(id).orElseThrow(Rejection::notFound);
    }

    public ObjectStore.StoredObject open(Asset asset) throws IOException {
        return objects.find(asset.objectKey()).orElseThrow(Rejection::notFound);
    }

    /**
     * Removes the bytes of what was deleted or superseded. Called from time to time.
     *
     * @throws IOException after the others are done, when some could not be removed: they stay doomed for the next time
     */
    public void sweep() throws IOException {
        var failures = new ArrayList<IOException>();
        for (var doomed : assets.doomed(SWEEP_BATCH)) {
            try {
                remove(doomed);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IOException(failures.size() + " deleted assets still have their bytes", failures.getFirst());
        }
    }

    private void remove(Asset doomed) throws IOException {
        objects.delete(doomed.objectKey());
        assets.forget(doomed.id());
    }
}
