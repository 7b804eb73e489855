package com.ourvidz.server;

import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.DiskSpace;
import com.ourvidz.core.asset.ObjectStore;
import com.ourvidz.core.lease.Leases;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** What breaks on a platform's machine: its disk becomes full, its clock is set. */
final class Faults implements BeanPostProcessor {

    private final CompletableFuture<Database> database = new CompletableFuture<>();
    private final CompletableFuture<Leases> leases = new CompletableFuture<>();
    private volatile boolean full;
    private volatile Duration clockMoved = Duration.ZERO;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return switch (bean) {
            case ObjectStore store -> new FillingStore(store);
            case InstantSource clock -> (InstantSource) () -> clock.instant().plus(clockMoved);
            case Database opened -> noted(database, opened);
            case Leases used -> noted(leases, used);
            default -> bean;
        };
    }

    void diskIsFull() {
        full = true;
        DiskSpace.none(database.join());
    }

    void diskHasRoom() {
        full = false;
        DiskSpace.plenty(database.join());
    }

    /** The clock is then so much ahead of the right time. */
    void moveClock(Duration ahead) {
        clockMoved = ahead;
    }

    /** What the platform does by itself from time to time. */
    void sweep() {
        leases.join().sweep();
    }

    private static <T> T noted(CompletableFuture<T> place, T bean) {
        place.complete(bean);
        return bean;
    }

    /** Fails as the kernel does, when part of the file is written. */
    private final class FillingStore implements ObjectStore {

        private final ObjectStore store;

        FillingStore(ObjectStore store) {
            this.store = store;
        }

        @Override
        public long put(String key, InputStream bytes, long limit) throws IOException {
            return store.put(key, full ? new FullAfter(bytes) : bytes, limit);
        }

        @Override
        public Optional<StoredObject> find(String key) throws IOException {
            return store.find(key);
        }

        @Override
        public void delete(String key) throws IOException {
            store.delete(key);
        }
    }

    private static final class FullAfter extends FilterInputStream {

        private boolean begun;

        FullAfter(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (begun) {
                throw new FileSystemException("an object", null, "No space left on device");
            }
            begun = true;
            return super.read(buffer, offset, Math.min(length, 1));
        }
    }
}
