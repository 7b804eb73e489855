package com.ourvidz.diffusion.vae;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Noise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With convolutions that change nothing, what is left is what the class itself does: where it scales, bounds, doubles (a block adds its input
 * to the same), halves and repeats pixels.
 */
class AutoencoderTinyTest {

    private static final int CHANNELS = 3;
    private static final String CONFIG = """
            {"_class_name": "AutoencoderTiny", "in_channels": 3, "out_channels": 3, "latent_channels": 3, "act_fn": "relu",
             "encoder_block_out_channels": [3, 3], "decoder_block_out_channels": [3, 3],
             "num_encoder_blocks": [1, 1], "num_decoder_blocks": [1, 1], "scaling_factor": 2.0}""";
    private static final List<String> CONVOLUTIONS = List.of(
            "encoder.layers.0",
            "encoder.layers.1.conv.0",
            "encoder.layers.1.conv.2",
            "encoder.layers.1.conv.4",
            "encoder.layers.2",
            "encoder.layers.3.conv.0",
            "encoder.layers.3.conv.2",
            "encoder.layers.3.conv.4",
            "encoder.layers.4",
            "decoder.layers.0",
            "decoder.layers.2.conv.0",
            "decoder.layers.2.conv.2",
            "decoder.layers.2.conv.4",
            "decoder.layers.4",
            "decoder.layers.5.conv.0",
            "decoder.layers.5.conv.2",
            "decoder.layers.5.conv.4",
            "decoder.layers.6");

    private final PointerScope scope = new PointerScope();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.write(folder.resolve("diffusion_pytorch_model.safetensors"), weights());
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void encodesWhatItIsShownFrom0To1AndHalvesIt() {
        Tensor image = new Noise(1).draw(1, CHANNELS, 8, 12).tanh();
        Tensor unit = image.add(new Scalar(1.0)).div(new Scalar(2.0));
        Tensor expected = torch.upsample_nearest2d(unit, 4, 6).mul(new Scalar(4.0)); // two blocks, doubling each
        Golden.assertClose(model().encode(image).latents(), expected, "latents");
    }

    @Test
    void boundsLatentsAndDecodesThemFromMinus1To1AtTwiceTheSize() {
        Tensor latents = new Noise(2).draw(1, CHANNELS, 4, 6).mul(new Scalar(4.0));
        Tensor bounded = torch.relu(latents.div(new Scalar(3.0)).tanh().mul(new Scalar(3.0)));
        Tensor unit = torch.upsample_nearest2d(bounded.mul(new Scalar(4.0)), 8, 12);
        Tensor expected = unit.mul(new Scalar(2.0)).sub(new Scalar(1.0));
        Golden.assertClose(model().decode(latents), expected, "picture");
    }

    @Test
    void aLatentStandsForTheSquareThatTheConfigurationSays() {
        assertThat(model().stride()).isEqualTo(2);
        assertThat(model().latentChannels()).isEqualTo(CHANNELS);
        assertThat(model().scale().factor()).isEqualTo(2);
    }

    private AutoencoderTiny model() {
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new AutoencoderTiny(Config.read(folder.resolve("config.json")), weights);
        }
    }

    /** All kernels the same: 1 in the middle for a channel to itself, 0 else. */
    private static byte[] weights() {
        int kernel = CHANNELS * CHANNELS * 9 * Float.BYTES;
        int bias = CHANNELS * Float.BYTES;
        String tensors = IntStream.range(0, CONVOLUTIONS.size())
                .boxed()
                .flatMap(i -> Stream.of(
                        entry(CONVOLUTIONS.get(i) + ".weight", "3,3,3,3", i * (kernel + bias), kernel),
                        entry(CONVOLUTIONS.get(i) + ".bias", "3", i * (kernel + bias) + kernel, bias)))
                .collect(Collectors.joining(","));
        byte[] header = ("{" + tensors + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length + CONVOLUTIONS.size() * (kernel + bias))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header);
        for (int i = 0; i < CONVOLUTIONS.size(); i++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                bytes.putFloat(bytes.position() + Float.BYTES * (9 * (CHANNELS + 1) * channel + 4), 1);
            }
            bytes.position(bytes.position() + kernel + bias);
        }
        return bytes.array();
    }

    private static String entry(String name, String shape, int begin, int size) {
        return "\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                .formatted(name, shape, begin, begin + size);
    }
}
