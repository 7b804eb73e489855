package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.ChildProcess;
import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.tensor.Precision;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What loading takes and unloading gives back, with a text encoder of 200 million numbers in tensors of a million, each a small part of the
 * whole as in a full SDXL. The resident size counts: native memory, and of the file what is mapped, although the system could take that back.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the resident size is read from /proc")
class LoadingMemoryTest {

    private static final int LAYERS = 96;
    private static final int HIDDEN = 32;
    private static final int INTERMEDIATE = 1 << 15;
    private static final int RANK = 4;
    private static final long NUMBERS = 2L * LAYERS * HIDDEN * INTERMEDIATE;
    private static final double PEAK = 1.2;
    private static final double LEFT = 0.05;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"F16, FLOAT32, false", "F32, BFLOAT16, false", "F32, FLOAT32, false", "F16, BFLOAT16, true"})
    void loadingTakesNoSecondCopyAndUnloadingGivesAllBack(String stored, Precision precision, boolean lora)
            throws IOException, InterruptedException {
        writeCheckpoint(stored);
        writeLora();
        ChildProcess.Result result =
                ChildProcess.run(Loading.class, folder.toString(), precision.name(), lora ? "lora" : "none");
        long size = NUMBERS * (precision == Precision.FLOAT32 ? 4 : 2);
        assertThat(result.number("loaded")).isBetween(size, (long) (1.1 * size));
        assertThat(result.number("peak")).isLessThan((long) (PEAK * size));
        assertThat(result.number("left")).isLessThan((long) (LEFT * size));
    }

    private void writeCheckpoint(String type) throws IOException {
        Tampered.copy("tiny-sdxl", folder)
                .setting("text_encoder/config.json", "num_hidden_layers", "" + LAYERS)
                .setting("text_encoder/config.json", "intermediate_size", "" + INTERMEDIATE);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("embeddings.token_embedding.weight", new long[] {809, HIDDEN});
        shapes.put("embeddings.position_embedding.weight", new long[] {77, HIDDEN});
        for (int i = 0; i < LAYERS; i++) {
            String layer = "encoder.layers." + i + ".";
            for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
                linear(shapes, layer + "self_attn." + projection, HIDDEN, HIDDEN);
            }
            norm(shapes, layer + "layer_norm1");
            norm(shapes, layer + "layer_norm2");
            linear(shapes, layer + "mlp.fc1", INTERMEDIATE, HIDDEN);
            linear(shapes, layer + "mlp.fc2", HIDDEN, INTERMEDIATE);
        }
        norm(shapes, "final_layer_norm");
        writeZeros(folder.resolve("text_encoder/model.safetensors"), type, shapes);
    }

    private void writeLora() throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (int i = 0; i < LAYERS; i++) {
            String layer = "lora_te1_text_model_encoder_layers_" + i + "_mlp_fc1.";
            shapes.put(layer + "lora_down.weight", new long[] {RANK, HIDDEN});
            shapes.put(layer + "lora_up.weight", new long[] {INTERMEDIATE, RANK});
        }
        writeZeros(folder.resolve("lora.safetensors"), "F16", shapes);
    }

    private static void linear(Map<String, long[]> shapes, String name, long out, long in) {
        shapes.put(name + ".weight", new long[] {out, in});
        shapes.put(name + ".bias", new long[] {out});
    }

    private static void norm(Map<String, long[]> shapes, String name) {
        shapes.put(name + ".weight", new long[] {HIDDEN});
        shapes.put(name + ".bias", new long[] {HIDDEN});
    }

    /** Tensors of nothing but zeros, which take no time to write. */
    private static void writeZeros(Path file, String type, Map<String, long[]> shapes) throws IOException {
        int bytes = type.equals("F32") ? 4 : 2;
        StringJoiner header = new StringJoiner(",", "{", "}");
        long end = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            long begin = end;
            end += bytes * LongStream.of(tensor.getValue()).reduce(1, Math::multiplyExact);
            String shape = LongStream.of(tensor.getValue()).boxed().toList().toString();
            header.add("\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), type, shape, begin, end));
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile output = new RandomAccessFile(file.toFile(), "rw")) {
            output.setLength(0);
            output.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            output.write(json);
            output.setLength(Long.BYTES + json.length + end);
        }
    }

    /** What the process does: it loads and unloads a checkpoint, and says what it took, in bytes more than before. */
    static final class Loading {

        private Loading() {}

        public static void main(String[] args) {
            Path checkpoint = Path.of(args[0]);
            Options options = Options.defaults().withThreads(1).withPrecision(Precision.valueOf(args[1]));
            load(Golden.path("tiny-sdxl"), options); // LibTorch itself, and what the JVM compiles
            List<LoraFile> loras = args[2].equals("lora")
                    ? List.of(new LoraFile(checkpoint.resolve("lora.safetensors"), 1))
                    : List.of();
            long before = ChildProcess.status("VmRSS");
            long loaded = load(checkpoint, options.withLoras(loras));
            System.out.println("loaded " + (loaded - before));
            System.out.println("peak " + (ChildProcess.status("VmHWM") - before));
            System.out.println("left " + (ChildProcess.status("VmRSS") - before));
        }

        /** The resident size with the checkpoint loaded. */
        private static long load(Path checkpoint, Options options) {
            try (SdxlPipeline pipeline = SdxlPipeline.load(checkpoint, options)) {
                return pipeline.defaultSize() > 0 ? ChildProcess.status("VmRSS") : 0;
            }
        }
    }
}
