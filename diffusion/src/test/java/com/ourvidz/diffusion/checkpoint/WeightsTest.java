package com.ourvidz.diffusion.checkpoint;

import static com.ourvidz.diffusion.checkpoint.Written.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.Rename.Cut;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {

    private static final String ONE_PAIR = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

    @TempDir
    Path folder;

    @AutoClose
    PointerScope scope = new PointerScope();

    @Test
    void everyFloatingPointTypeBecomesTheOneAskedFor() {
        String header = "{'__metadata__':{'format':'pt'},"
                + "'f64':{'dtype':'F64','shape':[1],'data_offsets':[0,8]},"
                + "'f32':{'dtype':'F32','shape':[1],'data_offsets':[8,12]},"
                + "'f16':{'dtype':'F16','shape':[1],'data_offsets':[12,14]},"
                + "'bf16':{'dtype':'BF16','shape':[1],'data_offsets':[14,16]}}";
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(-1.5).putFloat(-1.5f).putShort((short) 0xbe00).putShort((short) 0xbfc0);
        Path file = Written.safetensors(folder.resolve("types.safetensors"), header, data.array());
        for (ScalarType dtype : new ScalarType[] {ScalarType.Float, ScalarType.BFloat16, ScalarType.Half}) {
            try (Weights weights = Weights.open(file, dtype)) {
                assertThat(weights.names()).containsExactly("bf16", "f16", "f32", "f64");
                for (String name : weights.names()) {
                    Tensor tensor = weights.get(name, 1);
                    assertThat(tensor.scalar_type().intern()).as(name).isEqualTo(dtype);
                    assertThat(tensor.item_double()).as(name).isEqualTo(-1.5);
                }
            }
        }
    }

    @Test
    void integersStayAsTheyAreStored() {
        String header = "{'ids':{'dtype':'I64','shape':[2,1],'data_offsets':[0,16]},"
                + "'count':{'dtype':'I32','shape':[],'data_offsets':[16,20]}}";
        byte[] data = Written.little(20).putLong(7).putLong(-8).putInt(9).array();
        try (Weights weights =
                Weights.open(Written.safetensors(folder.resolve("i.safetensors"), header, data), ScalarType.BFloat16)) {
            Tensor ids = weights.get("ids", 2, 1);
            assertThat(ids.scalar_type().intern()).isEqualTo(ScalarType.Long);
            assertThat(new long[] {
                        ids.data_ptr_long().get(0), ids.data_ptr_long().get(1)
                    })
                    .containsExactly(7, -8);
            assertThat(weights.get("count").item_int()).isEqualTo(9);
        }
    }

    @Test
    void tensorsOutliveTheFile() throws IOException {
        Path file = Written.safetensors(folder.resolve("model.safetensors"), ONE_PAIR, floats(1, 2));
        Tensor tensor;
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            tensor = weights.get("a", 2);
        }
        Files.write(file, new byte[(int) Files.size(file)]);
        assertThat(values(tensor)).containsExactly(1, 2);
    }

    @Test
    void aPrefixLeadsToTheTensorsBelowIt() {
        String header = "{'down.0.conv.weight':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
                + "'down.0.conv.bias':{'dtype':'F32','shape':[1],'data_offsets':[4,8]},"
                + "'down.01.conv.bias':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}}";
        Written.safetensors(folder.resolve("model.safetensors"), header, floats(1, 2, 3));
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            Weights conv = weights.under("down").under("0").under("conv");
            assertThat(conv.names()).containsExactly("bias", "weight");
            assertThat(conv.has("bias")).isTrue();
            assertThat(conv.has("conv.bias")).isFalse();
            assertThat(values(conv.get("bias", 1))).containsExactly(2);
            assertThat(weights.under("down").hasUnder("0.conv")).isTrue();
            assertThat(weights.under("down").hasUnder("1")).isFalse();
        }
    }

    @Test
    void otherNamesLeadToTensorsAndPartsOfThem() {
        String header = "{'a.qkv':{'dtype':'F32','shape':[3,1],'data_offsets':[0,12]},"
                + "'a.turn':{'dtype':'F32','shape':[2,3],'data_offsets':[12,36]},"
                + "'a.conv.weight':{'dtype':'F32','shape':[2,1,1,1],'data_offsets':[36,44]},"
                + "'a.conv.else':{'dtype':'F32','shape':[1],'data_offsets':[44,48]},"
                + "'b.left':{'dtype':'F32','shape':[1],'data_offsets':[48,52]}}";
        Written.safetensors(
                folder.resolve("model.safetensors"), header, floats(1, 2, 3, 11, 12, 13, 21, 22, 23, 4, 5, 6, 7));
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            Weights renamed = weights.under("a")
                    .renamed(List.of(
                            new Rename("qkv", "k.weight", Cut.SECOND_THIRD),
                            new Rename("qkv", "v.weight", Cut.LAST_THIRD),
                            new Rename("turn", "turned", Cut.TRANSPOSED),
                            new Rename("conv", "linear", Cut.MATRIX),
                            new Rename("conv.else", "rest")));
            assertThat(renamed.names()).containsExactly("k.weight", "linear.weight", "rest", "turned", "v.weight");
            assertThat(values(renamed.under("k").get("weight", 1, 1))).containsExactly(2);
            assertThat(values(renamed.get("v.weight", 1, 1))).containsExactly(3);
            assertThat(values(renamed.get("turned", 3, 2))).containsExactly(11, 21, 12, 22, 13, 23);
            assertThat(values(renamed.get("linear.weight", 2, 1))).containsExactly(4, 5);
        }
    }

    @Test
    void aPartThatATensorDoesNotHaveIsRefusedByItsNameInTheFile() {
        String header = "{'qkv':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}";
        Written.safetensors(folder.resolve("model.safetensors"), header, floats(1, 2, 3, 4));
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            Weights renamed = weights.renamed(List.of(new Rename("qkv", "k", Cut.SECOND_THIRD)));
            assertThatThrownBy(() -> renamed.get("k", 1))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContainingAll("qkv", "[4]");
        }
    }

    @Test
    void shardsReadAsOneFile() {
        shard("model-00001-of-00002.safetensors", "a", 1);
        shard("model-00002-of-00002.safetensors", "b", 2);
        Written.text(
                folder.resolve("model.safetensors.index.json"),
                "{'metadata':{'total_size':8},'weight_map':{'a':'model-00001-of-00002.safetensors',"
                        + "'b':'model-00002-of-00002.safetensors'}}");
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            assertThat(weights.names()).containsExactly("a", "b");
            assertThat(values(weights.get("b", 1))).containsExactly(2);
        }
    }

    @Test
    void aVariantServesWhereThereIsNothingElse() {
        shard("diffusion_pytorch_model.fp16.safetensors", "a", 1);
        shard("diffusion_pytorch_model.non_ema.safetensors", "a", 2);
        assertThat(onlyValue()).isEqualTo(1);
        shard("diffusion_pytorch_model.safetensors", "a", 3);
        assertThat(onlyValue()).isEqualTo(3);
    }

    @Test
    void tensorsBeyondTwoGigabytesAreReached() throws IOException {
        long filler = 5L << 29;
        String header = ("{'filler':{'dtype':'U8','shape':[%d],'data_offsets':[0,%d]},"
                        + "'last':{'dtype':'F32','shape':[1],'data_offsets':[%d,%d]}}")
                .formatted(filler, filler, filler, filler + 4);
        Path file = Written.safetensors(folder.resolve("model.safetensors"), header);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // The filler is a hole: no disk is taken.
            channel.write(ByteBuffer.wrap(floats(42)), channel.size() + filler);
        }
        try (Weights weights = Weights.open(file, ScalarType.Float)) {
            assertThat(values(weights.get("last", 1))).containsExactly(42);
        }
    }

    @Test
    void aTensorWithoutElementsIsRead() {
        String header = "{'none':{'dtype':'F32','shape':[0,4],'data_offsets':[0,0]}}";
        Written.safetensors(folder.resolve("model.safetensors"), header);
        try (Weights weights = Weights.open(folder, ScalarType.BFloat16)) {
            assertThat(weights.get("none", 0, 4).numel()).isZero();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readingAgainAndAgainKeepsNoMemory() throws IOException {
        int elements = 4 << 20; // 8 MB stored, 16 MB read: a leak of either, or of the mapping, would be seen
        String header = "{'a':{'dtype':'F16','shape':[%d],'data_offsets':[0,%d]}}".formatted(elements, 2 * elements);
        Path file = Written.safetensors(folder.resolve("model.safetensors"), header, new byte[2 * elements]);
        readOften(file, elements, 5);
        long before = residentMegabytes();
        readOften(file, elements, 60);
        assertThat(residentMegabytes() - before).isLessThan(100);
    }

    private static void readOften(Path file, int elements, int times) {
        for (int i = 0; i < times; i++) {
            try (Weights weights = Weights.open(file, ScalarType.Float);
                    PointerScope _ = new PointerScope()) {
                assertThat(weights.get("a", elements).numel()).isEqualTo(elements);
            }
        }
    }

    private static long residentMegabytes() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
        return (Long.parseLong(pages) * 4096) >> 20;
    }

    private double onlyValue() {
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return values(weights.get("a", 1))[0];
        }
    }

    private void shard(String name, String tensor, float value) {
        String header = "{'" + tensor + "':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}";
        Written.safetensors(folder.resolve(name), header, floats(value));
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        tensor.data_ptr_float().get(values);
        return values;
    }
}
