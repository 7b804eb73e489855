package com.ourvidz.adapters.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.files.FileObjectStore;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.AssetFilter;
import com.ourvidz.core.asset.Assets;
import com.ourvidz.core.asset.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assets are deleted by a process that dies in the middle of it, and what it leaves is swept by the next. */
class DeletionDeathTest extends SqliteFixture {

    /** The process's whole life: it deletes one asset, and dies at its so-manieth word to the object store. */
    static final class Deleting {

        public static void main(String[] arguments) throws IOException {
            var directory = Path.of(arguments[0]);
            var lastWord = Integer.parseInt(arguments[2]);
            try (var database = Database.sqlite(directory.resolve("data/ourvidz.db"))) {
                var objects = new Dying(new FileObjectStore(directory.resolve("objects")), lastWord);
                var clock = InstantSource.system();
                new Assets(new SqlAssetStore(database, clock, new SteadyClock(clock)), objects)
                        .delete(UUID.fromString(arguments[1]), ANN);
            }
        }
    }

    /** A store whose process is gone before the n-th object is removed. */
    private static final class Dying implements ObjectStore {

        private final ObjectStore objects;
        private int left;

        Dying(ObjectStore objects, int left) {
            this.objects = objects;
            this.left = left;
        }

        @Override
        public long put(String key, InputStream bytes, long limit) throws IOException {
            return objects.put(key, bytes, limit);
        }

        @Override
        public Optional<StoredObject> find(String key) throws IOException {
            return objects.find(key);
        }

        @Override
        public void delete(String key) throws IOException {
            left--;
            if (left == 0) {
                Runtime.getRuntime().halt(137);
            }
            objects.delete(key);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatAProcessLeavesThatDiesWhileItDeletesIsSweptByTheNext(int lastWord) throws Exception {
        var objects = new FileObjectStore(directory.resolve("objects"));
        var asset = stored(objects);
        close();

        assertThat(deleting(asset, lastWord)).isEqualTo(137);

        open();
        assertThat(assets().list(ANN, AssetFilter.all(), Optional.empty(), 10).items())
                .isEmpty();
        assertThat(objects.find(asset.objectKey()).isPresent()).isEqualTo(lastWord == 1);
        assertThat(objects.find(asset.thumbnailKey())).isPresent();
        assertThat(assets().doomed(10)).containsExactly(asset);

        new Assets(assets(), objects).sweep();

        assertThat(objects.find(asset.objectKey())).isEmpty();
        assertThat(objects.find(asset.thumbnailKey())).isEmpty();
        assertThat(assets().doomed(10)).isEmpty();
    }

    @Test
    void whatAnUploadLeavesThatCameTooLateToBeKeptIsSweptAnHourAfterItBegan() throws IOException {
        var objects = new FileObjectStore(directory.resolve("objects"));
        accepted(ANN);
        var fence = claimed();
        var asset = staged(fence, 0);
        jobs().release(fence);
        new Assets(assets(), objects).sweep();
        // The bytes arrive, and the server dies before it asks whether they are still wanted.
        objects.put(asset.objectKey(), new ByteArrayInputStream(new byte[3]), 3);

        new Assets(assets(), objects).sweep();
        assertThat(objects.find(asset.objectKey())).isPresent();
        clock().advance(Duration.ofMinutes(61));
        new Assets(assets(), objects).sweep();

        assertThat(objects.find(asset.objectKey())).isEmpty();
        assertThat(assets().doomed(10)).isEmpty();
        assertThat(rows()).isZero();
    }

    private int rows() {
        return database.read()
                .sql("SELECT COUNT(*) FROM assets")
                .query(Integer.class)
                .single();
    }

    private int deleting(Asset asset, int lastWord) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Deleting.class.getName(),
                        directory.toString(),
                        asset.id().toString(),
                        Integer.toString(lastWord))
                .inheritIO()
                .start()
                .waitFor();
    }

    private Asset stored(ObjectStore objects) throws IOException {
        var job = accepted(ANN);
        var fence = claimed();
        var asset = staged(fence, 0).withThumbnail(3);
        assertThat(assets().stage(fence, asset)).isTrue();
        for (var key : List.of(asset.objectKey(), asset.thumbnailKey())) {
            objects.put(key, new ByteArrayInputStream(new byte[3]), 3);
        }
        assertThat(completed(fence, List.of(asset.id()))).isTrue();
        assertThat(found(job).assets()).containsExactly(asset);
        return asset;
    }
}
