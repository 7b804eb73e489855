package com.ourvidz.core.asset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The last part of deleting something whose row is doomed: its bytes go, and then its row. It may die anywhere in between and be done again.
 *
 * @param keys all that the object store may hold of it
 * @param forget removes the row
 */
public record Removal<T>(ObjectStore objects, Function<T, List<String>> keys, Consumer<T> forget) {

    /** How many are removed at a time. */
    public static final int BATCH = 100;

    /**
     * Removes what is doomed.
     *
     * @throws IOException after the others are done, when some could not be removed: they stay doomed for the next time
     */
    public void sweep(List<T> doomed) throws IOException {
        var failures = new ArrayList<IOException>();
        for (var each : doomed) {
            try {
                remove(each);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IOException(failures.size() + " deleted files still have their bytes", failures.getFirst());
        }
    }

    private void remove(T doomed) throws IOException {
        for (var key : keys.apply(doomed)) {
            objects.delete(key);
        }
        forget.accept(doomed);
    }
}
