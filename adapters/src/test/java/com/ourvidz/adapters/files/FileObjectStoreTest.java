package com.ourvidz.adapters.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.adapters.ObjectStoreContract;
import com.ourvidz.core.asset.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreTest implements ObjectStoreContract {

    @TempDir
    Path directory;

    private Path root;
    private ObjectStore store;

    @BeforeEach
    void open() throws IOException {
        root = directory.resolve("objects");
        store = new FileObjectStore(root);
    }

    @Override
    public ObjectStore testee() {
        return store;
    }

    @Test
    void line24KeysThatClimbTouchNothingOutsideTheRoot() throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "secret");

        for (var key : List.of("../secret", "a/../../secret", secret.toString(), "%2e%2e/secret", "..\\secret")) {
            assertThatThrownBy(() -> store.find(key)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.delete(key)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> put(key)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(secret).hasContent("secret");
        assertThat(names(directory)).containsExactlyInAnyOrder("objects", "secret");
    }

    @Test
    void line24ALinkedDirectoryThatLeadsOutOfTheRootIsNotFollowed() throws IOException {
        var outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), outside);

        assertThatThrownBy(() -> put("link/new")).hasMessageContaining("leads out");
        assertThatThrownBy(() -> put("link/deep/new")).hasMessageContaining("leads out");
        assertThatThrownBy(() -> put("link/secret")).hasMessageContaining("leads out");
        assertThatThrownBy(() -> store.find("link/secret")).hasMessageContaining("leads out");
        assertThatThrownBy(() -> store.delete("link/secret")).hasMessageContaining("leads out");

        assertThat(names(outside)).containsExactly("secret");
        assertThat(outside.resolve("secret")).hasContent("secret");
    }

    @Test
    void line24ALinkedFileThatLeadsOutOfTheRootIsNotFollowed() throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), secret);
        Files.createSymbolicLink(root.resolve("nowhere"), directory.resolve("not-there"));

        assertThatThrownBy(() -> put("link")).hasMessageContaining("leads out");
        assertThatThrownBy(() -> store.find("link")).hasMessageContaining("leads out");
        assertThatThrownBy(() -> put("nowhere")).hasMessageContaining("leads out");

        assertThat(secret).hasContent("secret");
        assertThat(Files.exists(directory.resolve("not-there"), NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void aRootThatIsItselfALinkIsFine() throws IOException {
        var link = Files.createSymbolicLink(directory.resolve("link-to-root"), root);
        var linked = new FileObjectStore(link);

        linked.put("a/b", new ByteArrayInputStream(new byte[] {1}), 1);

        assertThat(store.find("a/b")).isPresent();
    }

    @Test
    void aRefusedUploadLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> store.put("a/b", new ByteArrayInputStream(new byte[2]), 1));

        assertThat(names(root)).containsExactly(".unfinished");
        assertThat(names(root.resolve(".unfinished"))).isEmpty();
    }

    @Test
    void whatAnEarlierLifeLeftHalfWrittenIsRemovedAtStart() throws IOException {
        put("a/b");
        Files.writeString(root.resolve(".unfinished/half"), "half");

        var restarted = new FileObjectStore(root);

        assertThat(names(root.resolve(".unfinished"))).isEmpty();
        assertThat(restarted.find("a/b")).isPresent();
    }

    private void put(String key) throws IOException {
        store.put(key, new ByteArrayInputStream(new byte[] {1}), 1);
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
