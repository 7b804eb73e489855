package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.tensor.Lasting;
import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.vae.Autoencoder;
import com.ourvidz.diffusion.vae.LatentScale;
import com.ourvidz.diffusion.vae.Posterior;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewTest {

    private static final int STEPS = 4;
    private static final SdxlPipeline PIPELINE =
            SdxlPipeline.load(Golden.path("tiny-sdxl"), Options.defaults().withThreads(2));

    @AfterAll
    static void close() {
        PIPELINE.close();
    }

    /** Asks for every preview. */
    private static final class Watching implements Progress {

        private final List<RgbImage> previews = new ArrayList<>();

        @Override
        public boolean report(Stage stage, int step, int total) {
            return true;
        }

        @Override
        public boolean denoised(int step, int total, Preview preview) {
            previews.add(preview.image());
            return true;
        }
    }

    @Test
    void thePictureIsTheSameWhetherItIsWatchedOrNot() {
        Pictures watched = PIPELINE.generate(request(Optional.empty()), new Watching());
        Pictures unwatched = PIPELINE.generate(request(Optional.empty()), (stage, step, total) -> true);
        assertThat(watched.pictures().getFirst().rgb())
                .isEqualTo(unwatched.pictures().getFirst().rgb());
    }

    /** The last step ends where the model says that the clean sample is, so its preview is that of the finished latents. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "euler",
                "euler_a",
                "dpmpp_2m",
                "dpmpp_2m_sde",
                "unipc",
                "ddim",
                "lcm",
                "flow_euler",
                "flow_unipc"
            })
    void theLastPreviewShowsTheFinishedLatents(String sampler) {
        Watching watching = new Watching();
        List<RgbImage> finished = new ArrayList<>();
        TextToImage request = request(Optional.of(sampler));
        try (Weights weights = Weights.open(Golden.path("tiny-sdxl/vae"), ScalarType.Float);
                Lasting<LatentProjection> projection = Lasting.of(() -> new LatentProjection(
                        Autoencoder.of(Config.read(Golden.path("tiny-sdxl/vae/config.json")), weights)))) {
            PIPELINE.generate(request, new Tracker(request, watching) {
                @Override
                void denoised(Tensor latents) {
                    finished.add(projection.value().image(latents));
                }
            });
        }
        assertThat(watching.previews).hasSize(STEPS);
        assertThat(difference(watching.previews.getLast(), finished.getLast())).isLessThan(2);
    }

    @Test
    void previewsFollowThePictureFromStepToStep() {
        Watching watching = new Watching();
        PIPELINE.generate(request(Optional.empty()), watching);
        assertThat(watching.previews.getFirst().rgb())
                .isNotEqualTo(watching.previews.getLast().rgb());
    }

    /** Two channels become blocks of 2 x 2 pixels by a linear rule: what there is to find, the fit finds. */
    @Test
    void aLinearAutoencoderIsShownAsItDecodes() {
        Autoencoder linear = new Autoencoder() {
            @Override
            public int stride() {
                return 16;
            }

            @Override
            public int latentChannels() {
                return 2;
            }

            @Override
            public Posterior encode(Tensor image) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Tensor decode(Tensor latents) {
                float[] rule = new float[2 * 12];
                for (int i = 0; i < rule.length; i++) {
                    rule[i] = (float) Math.sin(i) / 4;
                }
                Tensor blocks = latents.permute(0, 2, 3, 1)
                        .matmul(Tensor.create(rule, 2, 12))
                        .add(new Scalar(0.1))
                        .permute(0, 3, 1, 2);
                return torch.upsample_nearest2d(
                        torch.pixel_shuffle(blocks, 2), new long[] {latents.size(2) * 16, latents.size(3) * 16});
            }

            @Override
            public LatentScale scale() {
                return new LatentScale(0.5, Optional.empty(), Optional.empty());
            }
        };
        RgbImage shown;
        RgbImage decoded;
        PointerScope scope = new PointerScope();
        try {
            Tensor latents = new Noise(3).draw(1, 2, 4, 5);
            shown = new LatentProjection(linear).image(latents);
            Tensor picture = linear.decode(linear.scale().fromModel(latents));
            decoded = new RgbImage(10, 8, Rgb.bytes(Rgb.unit(torch.avg_pool2d(picture, 8))));
        } finally {
            scope.close();
        }
        assertThat(shown.width()).isEqualTo(10);
        assertThat(shown.height()).isEqualTo(8);
        assertThat(difference(shown, decoded)).isLessThan(1);
    }

    /** The mean difference, in levels of 0 to 255. */
    private static double difference(RgbImage a, RgbImage b) {
        return IntStream.range(0, a.rgb().length)
                .mapToDouble(i -> Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)))
                .average()
                .orElseThrow();
    }

    private static TextToImage request(Optional<String> scheduler) {
        return new TextToImage("a fox in snow", "", 64, 64, STEPS, new Guidance(6, 0), scheduler, List.of(7L));
    }
}
