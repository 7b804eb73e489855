package com.ourvidz.core.reference;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.Usage;
import com.ourvidz.core.asset.ObjectStore;
import com.ourvidz.core.asset.Removal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What users do with their reference images. */
public final class References {

    /** The most bytes of an upload, or of a file from elsewhere. */
    public static final int MAX_BYTES = 10 * 1_048_576;

    /** The most bytes that a user's references take. */
    public static final long MAX_USER_BYTES = 1_073_741_824;

    private final Pictures pictures;
    private final ReferenceStore store;
    private final ObjectStore objects;
    private final InstantSource clock;
    private final Removal<Reference> removal;

    public References(Pictures pictures, ReferenceStore store, ObjectStore objects, InstantSource clock) {
        this.pictures = pictures;
        this.store = store;
        this.objects = objects;
        this.clock = clock;
        this.removal = new Removal<>(objects, Reference::objectKeys, reference -> store.forget(reference.id()));
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

    /** What the user's references take. */
    public Usage usage(String userId) {
        return store.usage(userId);
    }

    /** Gone for the user at once; the bytes follow, also when the server dies in between. Jobs that refer to it go on without. */
    public void delete(UUID id, String userId) {
        var doomed = store.doom(id, userId).orElseThrow(Rejection::notFound);
        try {
            removal.sweep(List.of(doomed));
        } catch (IOException e) {
            // It is gone for the user. The sweep tries again, and says what is wrong.
        }
    }

    /** The user's own reference. */
    public Optional<Reference> find(UUID id, String userId) {
        return store.find(id).filter(reference -> reference.userId().equals(userId));
    }

    /** Whether its uploader has stated that the person agreed. One that is gone shows nobody: a job goes on without it. */
    public boolean consented(UUID id) {
        return store.find(id).map(Reference::consent).orElse(true);
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
     * @throws IOException as {@link Removal#sweep}
     */
    public void sweep() throws IOException {
        removal.sweep(store.doomed(Removal.BATCH));
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
        write(reference, picture);
        return store.keep(reference);
    }

    /** What cannot be written takes nothing of the user's space. */
    private void write(Reference reference, Picture picture) throws IOException {
        try {
            put(reference.objectKey(), picture.png());
            put(reference.thumbnailKey(), picture.thumbnail());
        } catch (IOException e) {
            withdraw(reference, e);
            throw e;
        }
    }

    private void withdraw(Reference reference, IOException cause) {
        try {
            removal.sweep(List.of(reference));
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e); // it counts until the sweep takes it for abandoned
        }
    }

    private void put(String key, byte[] bytes) throws IOException {
        objects.put(key, new ByteArrayInputStream(bytes), bytes.length);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
