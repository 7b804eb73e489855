package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.asset.ObjectStore;
import com.ourvidz.core.asset.ObjectStore.ObjectTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store of objects promises. */
public interface ObjectStoreContract {

    String KEY = "sdxl_image_fast/job-1/1/0.png";
    long LIMIT = 1 << 20;

    ObjectStore testee();

    @Test
    default void whatIsPutIsFound() throws IOException {
        var bytes = bytes(200_000, 1);

        assertThat(put(KEY, bytes)).isEqualTo(200_000);

        assertThat(testee().find(KEY).orElseThrow().length()).isEqualTo(200_000);
        assertThat(content(KEY)).isEqualTo(bytes);
        assertThat(content(KEY)).as("opened again").isEqualTo(bytes);
    }

    @Test
    default void anObjectCanBeReadFromTheMiddle() throws IOException {
        put(KEY, bytes(200_000, 1));

        try (var stream = testee().find(KEY).orElseThrow().open()) {
            stream.skipNBytes(150_000);
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes(200_000, 1), 150_000, 200_000));
        }
    }

    @Test
    default void anEmptyObjectIsAnObject() throws IOException {
        put(KEY, new byte[0]);

        assertThat(testee().find(KEY).orElseThrow().length()).isZero();
    }

    @Test
    default void whatIsPutAgainIsReplaced() throws IOException {
        put(KEY, bytes(1000, 1));
        put(KEY, bytes(500, 2));

        assertThat(content(KEY)).isEqualTo(bytes(500, 2));
    }

    @Test
    default void whatIsDeletedIsGoneAndDeletingItAgainIsFine() throws IOException {
        put(KEY, bytes(10, 1));

        testee().delete(KEY);
        testee().delete(KEY);

        assertThat(testee().find(KEY)).isEmpty();
    }

    @Test
    default void aKeyThatHoldsNothingIsNotFound() throws IOException {
        put(KEY, bytes(10, 1));

        assertThat(testee().find("sdxl_image_fast/job-1/1/1.png")).isEmpty();
        assertThat(testee().find("sdxl_image_fast/job-1")).as("half a key").isEmpty();
    }

    @Test
    default void theLimitIsTheMostThatIsTaken() throws IOException {
        assertThat(testee().put(KEY, new ByteArrayInputStream(bytes(70_000, 1)), 70_000))
                .isEqualTo(70_000);
        var more = new ByteArrayInputStream(bytes(70_001, 2));
        assertThatThrownBy(() -> testee().put(KEY, more, 70_000)).isInstanceOf(ObjectTooLargeException.class);
        assertThat(content(KEY)).as("what was there").isEqualTo(bytes(70_000, 1));
    }

    @Test
    default void anEndlessStreamIsCutAtTheLimit() throws IOException {
        assertThatThrownBy(() -> testee().put(KEY, new Endless(), LIMIT)).isInstanceOf(ObjectTooLargeException.class);
        assertThat(testee().find(KEY)).isEmpty();
    }

    @Test
    default void aStreamThatBreaksLeavesWhatWasThere() throws IOException {
        put(KEY, bytes(1000, 1));
        var broken = new SequenceInputStream(new ByteArrayInputStream(bytes(500, 2)), new Broken());

        assertThatThrownBy(() -> testee().put(KEY, broken, LIMIT)).hasMessage("connection reset");
        assertThat(content(KEY)).isEqualTo(bytes(1000, 1));
    }

    @Test
    default void puttingAtOnceLeavesOneOfThemWhole() throws InterruptedException, IOException {
        var all = Together.run(8, number -> {
            try {
                put(KEY, bytes(100_000, number));
                return content(KEY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(IntStream.range(0, 8).mapToObj(number -> bytes(100_000, number)))
                .contains(content(KEY))
                .contains(all.toArray(byte[][]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                ".",
                "..",
                "../escaped",
                "a/../../escaped",
                "a/..",
                "a/./b",
                "a//b",
                "a/",
                "/etc/escaped",
                "%2e%2e/escaped",
                "a/%2e%2e/escaped",
                "..\\escaped",
                "a\\..\\escaped",
                "C:\\escaped",
                "C:escaped",
                ".hidden",
                "a/.hidden",
                ".unfinished/a",
                "a b",
                "a\u0000b",
                "a\nb",
                "a\n",
                "ä",
                "a/\uFF0E\uFF0E/b",
                "~/a"
            })
    default void line24AKeyThatIsNotOneIsRefusedBeforeStorageIsTouched(String key) {
        assertThatThrownBy(() -> put(key, bytes(1, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> testee().find(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> testee().delete(key)).isInstanceOf(IllegalArgumentException.class);
    }

    private long put(String key, byte[] bytes) throws IOException {
        return testee().put(key, new ByteArrayInputStream(bytes), LIMIT);
    }

    private byte[] content(String key) throws IOException {
        try (var stream = testee().find(key).orElseThrow().open()) {
            return stream.readAllBytes();
        }
    }

    private static byte[] bytes(int length, int seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Bytes without end. */
    final class Endless extends InputStream {
        @Override
        public int read() {
            return 7;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 7);
            return length;
        }
    }

    /** A client that went away. */
    final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    }
}
