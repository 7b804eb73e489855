package com.ourvidz.diffusion.checkpoint;

import static com.ourvidz.diffusion.checkpoint.Written.floats;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a checkpoint can be unusable gives a message that names the file and the tensor or setting. */
class DamagedCheckpointTest {

    private static final String ENTRY = "{'conv.weight':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"model.bin", "diffusion_pytorch_model.bin", "model.ckpt", "weights.pt", "weights.PTH"})
    void line74PickleWeightsAreRefused(String name) {
        Path file = Written.bytes(folder.resolve(name), new byte[64]);
        assertRefused(file).hasMessageContainingAll(name, "pickle", ".safetensors");
        assertRefused(folder).hasMessageContainingAll(name, "pickle", ".safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\3\4\0\0\10\10\0\0\0\0", "\u0080\2\u008a\12l\374\234F", "\u0080\4N.", "PK\3\4"})
    void line74PickleInsideASafetensorsNameIsRefused(String start) {
        byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
        Path file = Written.bytes(folder.resolve("model.safetensors"), bytes);
        assertRefused(file).hasMessageContainingAll("model.safetensors", "pickle", "convert");
    }

    @Test
    void line74AShardThatIsAPickleFileIsRefused() {
        Written.text(folder.resolve("model.safetensors.index.json"), "{'weight_map':{'a':'pytorch_model.bin'}}");
        assertRefused(folder).hasMessageContainingAll("model.safetensors.index.json", "pytorch_model.bin");
    }

    @Test
    void line75TruncatedDataNamesTheTensor() {
        Path file = Written.safetensors(folder.resolve("model.safetensors"), ENTRY, floats(1));
        assertRefused(file).hasMessageContainingAll("model.safetensors", "conv.weight", "truncated");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 40})
    void line75TruncatedHeaderIsRefused(int size) {
        Path whole = Written.safetensors(folder.resolve("whole"), ENTRY, floats(1, 2));
        Path file = Written.bytes(folder.resolve("model.safetensors"), start(whole, size));
        assertRefused(file).hasMessageContaining("model.safetensors");
    }

    @Test
    void line75OversizedHeaderIsRefused() {
        for (long length : new long[] {100_000_001, 1L << 40, Long.MAX_VALUE, -1, 1000}) {
            Path file = Written.bytes(
                    folder.resolve("model.safetensors"),
                    Written.little(64).putLong(length).array());
            assertRefused(file).hasMessageContainingAll("model.safetensors", "header", Long.toUnsignedString(length));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}} | b | overlaps",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | b | overlaps",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}} | b | unused",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}} | a | unused",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[12,0]}} | a | data_offsets",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,4,12]}} | a | data_offsets",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[-12,0]}} | a | data_offsets",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,9223372036854775807]}} | a | beyond",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12.0]}} | a | data_offsets",
                "{'a':{'dtype':'F32','shape':[3]}} | a | data_offsets",
                "{'a':{'dtype':'F16','shape':[3],'data_offsets':[0,12]}} | a | 12 bytes",
                "{'a':{'dtype':'F64','shape':[3],'data_offsets':[0,12]}} | a | needs 24",
                "{'a':{'dtype':'F33','shape':[3],'data_offsets':[0,12]}} | a | F33",
                "{'a':{'dtype':3,'shape':[3],'data_offsets':[0,12]}} | a | type",
                "{'a':{'shape':[3],'data_offsets':[0,12]}} | a | type",
                "{'a':{'dtype':'F32','shape':[-3],'data_offsets':[0,12]}} | a | shape",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,12]}} | a | impossible",
                "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,12]}} | a | shape",
                "{'a':{'dtype':'F32','shape':['3'],'data_offsets':[0,12]}} | a | shape",
                "{'a':{'dtype':'F32','shape':3,'data_offsets':[0,12]}} | a | shape",
                "{'a':[1]} | a | type",
            })
    void line75WrongEntriesNameTheTensor(String header, String tensor, String problem) {
        Path file = Written.safetensors(folder.resolve("model.safetensors"), header, floats(1, 2, 3));
        assertRefused(file).hasMessageContainingAll("model.safetensors", "'" + tensor + "'", problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{", "{'a':1,'a':1}", "{} {}", "\u0000\u0001"})
    void line75AHeaderThatIsNoDescriptionOfTheDataIsRefused(String header) {
        Path file = Written.safetensors(folder.resolve("model.safetensors"), header, floats(1));
        assertRefused(file).hasMessageContaining("model.safetensors");
    }

    @Test
    void line75AHeaderOfEndlessNestingIsRefused() {
        String header = "{'a':" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        Path file = Written.safetensors(folder.resolve("model.safetensors"), header);
        assertRefused(file).hasMessageContaining("model.safetensors");
    }

    @Test
    void line75AGitLfsPointerSaysWhatToDo() {
        Path file = Written.text(
                folder.resolve("model.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
        assertRefused(file).hasMessageContaining("git lfs pull");
    }

    @Test
    void line76AMissingTensorIsNamed() {
        Written.safetensors(folder.resolve("model.safetensors"), ENTRY, floats(1, 2));
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            assertThatThrownBy(() -> weights.under("conv").get("bias", 2))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContainingAll("model.safetensors", "'conv.bias'", "config.json");
        }
    }

    @Test
    void line76AWrongShapeIsNamedBesideTheRightOne() {
        Written.safetensors(folder.resolve("model.safetensors"), ENTRY, floats(1, 2));
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            assertThatThrownBy(() -> weights.under("conv").get("weight", 2, 3))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContainingAll("model.safetensors", "'conv.weight'", "[2]", "[2, 3]");
        }
    }

    @Test
    void line76MissingConfigIsNamed() {
        assertThatThrownBy(() -> Config.read(folder.resolve("unet/config.json")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(Path.of("unet", "config.json").toString(), "missing");
    }

    @Test
    void line76MissingWeightsAreNamed() {
        assertRefused(folder).hasMessageContainingAll(folder.toString(), ".safetensors");
        assertRefused(folder.resolve("unet")).hasMessageContainingAll("unet", "missing");
    }

    @Test
    void line76AMissingShardIsNamed() {
        Written.text(
                folder.resolve("model.safetensors.index.json"),
                "{'weight_map':{'a':'model-00001-of-00001.safetensors'}}");
        assertRefused(folder).hasMessageContainingAll("model-00001-of-00001.safetensors", "missing");
    }

    @Test
    void line76AShardWithoutItsTensorIsNamed() {
        Written.safetensors(folder.resolve("model-00001-of-00001.safetensors"), ENTRY, floats(1, 2));
        Written.text(
                folder.resolve("model.safetensors.index.json"),
                "{'weight_map':{'conv.bias':'model-00001-of-00001.safetensors'}}");
        assertRefused(folder).hasMessageContainingAll("model-00001-of-00001.safetensors", "'conv.bias'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../model.safetensors", "/etc/model.safetensors", "a/b.safetensors", "..", ""})
    void line76AShardElsewhereIsRefused(String shard) {
        Written.text(folder.resolve("model.safetensors.index.json"), "{'weight_map':{'a':'" + shard + "'}}");
        assertRefused(folder).hasMessageContaining("model.safetensors.index.json");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path folderOrFile) {
        return assertThatThrownBy(
                        () -> Weights.open(folderOrFile, ScalarType.Float).close())
                .isInstanceOf(CheckpointException.class);
    }

    private static byte[] start(Path file, int size) {
        try {
            return Arrays.copyOf(Files.readAllBytes(file), size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
