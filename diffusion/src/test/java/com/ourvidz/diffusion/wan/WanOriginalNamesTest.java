package com.ourvidz.diffusion.wan;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights as WAN's authors named them, in a folder with diffusers' settings: the frames are the same. */
class WanOriginalNamesTest {

    private static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

    @TempDir
    private Path folder;

    @Test
    void partsMayHaveTheAuthorsNames() throws IOException {
        Tampered checkpoint = Tampered.copy("tiny-wan-vace", folder)
                .header("transformer/" + WEIGHTS, WanOriginalNamesTest::originalTransformer)
                .header("vae/" + WEIGHTS, WanOriginalNamesTest::originalVae);
        Files.move(folder.resolve("vae/" + WEIGHTS), folder.resolve("vae/Wan2.1_VAE.safetensors"));
        assertThat(Files.readString(folder.resolve("transformer/" + WEIGHTS), StandardCharsets.ISO_8859_1))
                .contains(
                        "\"blocks.2.cross_attn.o.weight\"", "\"vace_blocks.1.after_proj.bias\"", "\"head.modulation\"")
                .doesNotContain("attn1", "norm2", "scale_shift");
        assertThat(frames(checkpoint.folder())).isEqualTo(frames(Golden.path("tiny-wan-vace")));
    }

    /** As in {@code wan/modules/model.py} and {@code vace_model.py}. */
    private static String originalTransformer(String header) {
        return header.replace("condition_embedder.time_embedder.linear_1", "time_embedding.0")
                .replace("condition_embedder.time_embedder.linear_2", "time_embedding.2")
                .replace("condition_embedder.text_embedder.linear_1", "text_embedding.0")
                .replace("condition_embedder.text_embedder.linear_2", "text_embedding.2")
                .replace("condition_embedder.time_proj", "time_projection.1")
                .replace("\"scale_shift_table\"", "\"head.modulation\"")
                .replace("\"proj_out.", "\"head.head.")
                .replace("scale_shift_table", "modulation")
                .replace("proj_in", "before_proj")
                .replaceAll("(vace_blocks\\.\\d+)\\.proj_out", "$1.after_proj")
                .replace("attn1", "self_attn")
                .replace("attn2", "cross_attn")
                .replace("to_out.0", "o")
                .replaceAll("\\.to_([qkv])\\.", ".$1.")
                .replace("norm2", "norm3")
                .replace("ffn.net.0.proj", "ffn.0")
                .replace("ffn.net.2", "ffn.2");
    }

    /** As in {@code wan/modules/vae.py}, for four resolutions of one block each. */
    private static String originalVae(String header) {
        String coders = header.replaceAll("\"quant_conv", "\"conv1")
                .replaceAll("\"post_quant_conv", "\"conv2")
                .replace("coder.conv_in", "coder.conv1")
                .replace("norm_out", "head.0")
                .replace("conv_out", "head.2")
                .replace("mid_block.attentions.0", "middle.1")
                .replace("mid_block.resnets.0", "middle.0")
                .replace("mid_block.resnets.1", "middle.2")
                .replace("down_blocks", "downsamples");
        String upsamplers = renumber(coders, "up_blocks\\.(\\d)\\.upsamplers\\.(\\d)", 2);
        return renumber(upsamplers, "up_blocks\\.(\\d)\\.resnets\\.(\\d)", 0)
                .replaceAll("((?:middle|downsamples|upsamples)\\.\\d+)\\.norm1", "$1.residual.0")
                .replaceAll("((?:middle|downsamples|upsamples)\\.\\d+)\\.conv1", "$1.residual.2")
                .replaceAll("((?:middle|downsamples|upsamples)\\.\\d+)\\.norm2", "$1.residual.3")
                .replaceAll("((?:middle|downsamples|upsamples)\\.\\d+)\\.conv2", "$1.residual.6")
                .replace("conv_shortcut", "shortcut");
    }

    /** Three places a resolution in the list: two blocks and what makes the picture larger. */
    private static String renumber(String header, String blocks, int offset) {
        return Pattern.compile(blocks)
                .matcher(header)
                .replaceAll(match -> "upsamples."
                        + (3 * Integer.parseInt(match.group(1)) + offset + Integer.parseInt(match.group(2))));
    }

    private static List<ByteBuffer> frames(Path checkpoint) {
        TextToVideo request = new TextToVideo("a fox in snow", "", 48, 32, 5, 1, 1, Optional.empty(), 7);
        List<RgbImage> frames = new ArrayList<>();
        try (WanPipeline pipeline =
                WanPipeline.load(checkpoint, Options.defaults().withThreads(1))) {
            pipeline.generate(request, (stage, step, total) -> true, frames::add);
        }
        return frames.stream().map(frame -> ByteBuffer.wrap(frame.rgb())).toList();
    }
}
