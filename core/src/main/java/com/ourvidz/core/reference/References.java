package com.ourvidz.core.reference;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.asset.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** What users do with their reference images. */
public final class References {

    /** The most bytes of an upload, or of a file from elsewhere. */
    public static final int MAX_BYTES = 10 * 1_048_576;

    /** The most bytes that a user's references take. */
    public static final long MAX_USER_BYTES = 1_073_741_824;

    private static final int SWEEP_BATCH = 100;

    private final Pictures pictures;
    private final ReferenceStore store;
    private final ObjectStore objects;
    private final InstantSource clock;

    public References(Pictures pictures, ReferenceStore store, ObjectStore objects, InstantSource clock) {
        this.pictures = pictures;
        this.store = store;
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Keeps a picture, or answers the reference that the user already has of it.
     *
     * @param file JPEG, PNG or WebP
     * @param consent whether the uploader states that the person depicted agreed
     * @throws Rejection as {@link Pictures#read}, or {@code TOO_LARGE} when the user's space is used up; with {@code referenceImageError}
     */
    public Reference upload(String userId, byte[] file, boolean consent) throws IOException {
        try {
            return keep(userId, pictures.read(file), consent);
        } catch (Rejection e) {
            throw e.with("referenceImageError", true);
        }
    }

    public Page<Reference> list(String userId, Optional<Page.Cursor> after, int limit) {
        return store.list(userId, after, limit);
    }

    /** Bytes that the user's references take. */
    public long bytes(String userId) {
        return store.bytes(userId);
    }

    /** Gone for the user at once; the bytes follow, also when the server dies in between. Jobs that refer to it go on without. */
    public void delete(UUID id, String userId) throws IOException {
        remove(store.doom(id, userId).orElseThrow(Rejection::notFound));
    }

    /** The user's own reference. */
    public Optional<Reference> find(UUID id, String userId) {
        return store.find(id).filter(reference -> reference.userId().equals(userId));
    }

    /** A reference of anyone: for links that carry their own proof. */
    public Reference kept(UUID id) {
        return store.find(id).orElseThrow(Rejection::notFound);
    }

    /** The picture as it is kept, PNG. */
    public ObjectStore.StoredObject open(UUID id) throws IOException {
        return objects.find(kept(id).objectKey()).orElseThrow(Rejection::notFound);
    }

    /** The picture with its longest edge at most 256 pixels, PNG. */
    public ObjectStore.StoredObject openThumbnail(UUID id) throws IOException {
        return objects.find(kept(id).thumbnailKey()).orElseThrow(Rejection::notFound);
    }

    /**
     * Removes the bytes of what was deleted, or left behind half written. Called from time to time.
     *
     * @throws IOException after the others are done, when some could not be removed: they stay doomed for the next time
     */
    public void sweep() throws IOException {
        var failures = new ArrayList<IOException>();
        for (var doomed : store.doomed(SWEEP_BATCH)) {
            try {
                remove(doomed);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IOException(failures.size() + " deleted references still have their bytes", failures.getFirst());
        }
    }

    private Reference keep(String userId, Picture picture, boolean consent) throws IOException {
        var uploaded = new Reference(
                UUID.randomUUID(),
                userId,
                digest(picture.png()),
                picture.width(),
                picture.height(),
                (long) picture.png().length + picture.thumbnail().length,
                consent,
                clock.instant());
        var reference = store.stage(uploaded, MAX_USER_BYTES);
        if (!reference.id().equals(uploaded.id())) {
            return reference;
        }
        put(reference.objectKey(), picture.png());
        put(reference.thumbnailKey(), picture.thumbnail());
        return store.keep(reference);
    }

    private void put(String key, byte[] bytes) throws IOException {
        objects.put(key, new ByteArrayInputStream(bytes), bytes.length);
    }

    private void remove(Reference doomed) throws IOException {
        objects.delete(doomed.objectKey());
        objects.delete(doomed.thumbnailKey());
        store.forget(doomed.id());
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
