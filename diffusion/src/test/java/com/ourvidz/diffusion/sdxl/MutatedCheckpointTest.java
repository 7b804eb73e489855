package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.ChildProcess;
import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Mutation;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.scheduler.SamplerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is damaged in a checkpoint, it is refused by a message that names the file, or gives a picture. It is tried in a process of its own,
 * whose end would be seen.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the resident size is read from /proc")
class MutatedCheckpointTest {

    private static final int MUTATIONS = 560;

    @TempDir
    private Path folder;

    @Test
    void everyDamagedCheckpointIsRefusedByNameOrGivesAPicture() throws IOException, InterruptedException {
        ChildProcess.Result result = ChildProcess.run(Damaging.class, folder.toString(), "" + MUTATIONS);
        assertThat(result.lines("fault")).isEmpty();
        assertThat(result.number("refused")).isGreaterThan(MUTATIONS / 2);
        assertThat(result.number("pictures")).isGreaterThan(MUTATIONS / 20);
        assertThat(result.number("refused") + result.number("pictures") + result.number("not finite"))
                .isEqualTo(MUTATIONS);
        assertThat(result.number("largest resident bytes")).isLessThan(1L << 30);
    }

    /** What the process does: it damages one file after another, and says what came of it. */
    static final class Damaging {

        private static final Options OPTIONS = Options.defaults().withThreads(1);
        private static final int SIDE = 64;
        private static final String SINGLE = "single.safetensors";

        private static final List<String> WEIGHTS = List.of(
                "unet/diffusion_pytorch_model.safetensors",
                "vae/diffusion_pytorch_model.safetensors",
                "text_encoder/model.safetensors",
                "text_encoder_2/model.safetensors",
                SINGLE);

        private static final List<String> SETTINGS = List.of(
                "unet/config.json",
                "vae/config.json",
                "text_encoder/config.json",
                "scheduler/scheduler_config.json",
                "text_encoder_2/config.json",
                "tokenizer/vocab.json",
                "unet/config.json",
                "scheduler/scheduler_config.json",
                "tokenizer_2/tokenizer_config.json",
                "generation_config.json",
                "tokenizer/special_tokens_map.json",
                "model_index.json",
                "tokenizer_2/merges.txt");

        /** Settings of all samplers, so that each can be wrong. */
        private static final String SCHEDULER = """
                {"_class_name": "EulerDiscreteScheduler", "beta_end": 0.012, "beta_schedule": "scaled_linear", "beta_start": 0.00085,
                 "num_train_timesteps": 1000, "prediction_type": "epsilon", "steps_offset": 1, "timestep_spacing": "leading",
                 "sigma_max": 14.6, "sigma_min": 0.03, "final_sigmas_type": "zero", "rescale_betas_zero_snr": false,
                 "use_karras_sigmas": false, "use_exponential_sigmas": false, "trained_betas": null,
                 "solver_order": 2, "solver_type": "bh2", "lower_order_final": true, "predict_x0": true, "disable_corrector": [],
                 "clip_sample": false, "clip_sample_range": 1.0, "set_alpha_to_one": false, "original_inference_steps": 50,
                 "timestep_scaling": 10.0, "shift": 3.0, "flow_shift": 3.0}""";

        private static final String RECOMMENDED = """
                {"steps": 3, "guidance_scale": 2.0, "guidance_rescale": 0.5, "scheduler": "euler_a",
                 "render": {"steps": 2, "guidance_scale": 3.0}}""";

        private final Path folder;
        private final Map<String, Integer> outcomes = new TreeMap<>();

        private Damaging(Path folder) {
            this.folder = folder;
        }

        public static void main(String[] args) throws IOException {
            Damaging damaging = new Damaging(checkpoint(Path.of(args[0])));
            for (int seed = 0; seed < Integer.parseInt(args[1]); seed++) {
                damaging.damage(seed);
            }
            damaging.outcomes.forEach((outcome, count) -> System.out.println(outcome + " " + count));
            System.out.println("largest resident bytes " + ChildProcess.status("VmHWM"));
        }

        private static Path checkpoint(Path folder) throws IOException {
            Tampered.copy("tiny-sdxl", folder);
            Files.copy(Golden.path("tiny-sdxl-single-file.safetensors"), folder.resolve(SINGLE));
            Files.writeString(folder.resolve("generation_config.json"), RECOMMENDED);
            Files.writeString(folder.resolve("scheduler/scheduler_config.json"), SCHEDULER);
            return folder;
        }

        private void damage(int seed) throws IOException {
            List<String> files = seed % 2 == 0 ? WEIGHTS : SETTINGS;
            Path file = folder.resolve(files.get(seed / 2 % files.size()));
            byte[] whole = Files.readAllBytes(file);
            System.out.println("trying " + seed + " " + file); // the last one if it ends the process
            Files.write(file, damaged(file, whole, seed));
            outcomes.merge(outcome(file, seed), 1, Integer::sum);
            Files.write(file, whole);
        }

        private static byte[] damaged(Path file, byte[] whole, int seed) {
            Mutation mutation = new Mutation(seed);
            boolean raw = seed / 2 % 3 == 0;
            return switch (file.toString()) {
                case String name when name.endsWith(".json") && !raw -> mutation.ofSettings(whole);
                case String name when name.endsWith(".safetensors") && !raw -> mutation.ofTensors(whole);
                default -> mutation.ofBytes(whole);
            };
        }

        @SuppressWarnings("TooBroadCatch") // any other is what is looked for
        private String outcome(Path file, int seed) {
            try (SdxlPipeline pipeline = load(file)) {
                pipeline.generate(request(file, seed), (stage, step, total) -> true);
                return "pictures";
            } catch (NotFiniteException e) {
                return "not finite";
            } catch (CheckpointException e) {
                return names(file, String.valueOf(e.getMessage())) ? "refused" : fault(seed, file, e);
            } catch (IllegalArgumentException e) { // as the request is, not the file
                return String.valueOf(e.getMessage()).startsWith("steps must be 1 to ")
                        ? "refused"
                        : fault(seed, file, e);
            } catch (Throwable e) {
                return fault(seed, file, e);
            }
        }

        private SdxlPipeline load(Path file) {
            return file.endsWith(SINGLE)
                    ? SdxlPipeline.load(file, folder, OPTIONS)
                    : SdxlPipeline.load(folder, OPTIONS);
        }

        /** By its name, or by its folder where another file of the part does not go with it. */
        private boolean names(Path file, String message) {
            return message.contains(folder.toString())
                    && message.contains(folder.relativize(file).getName(0).toString());
        }

        private static String fault(int seed, Path file, Throwable e) {
            System.out.println("fault " + seed + " " + file + " "
                    + e.toString().lines().findFirst().orElse(""));
            e.printStackTrace(System.out);
            return "faults";
        }

        /** Of noise, or of a picture, which goes through the encoder too. */
        private TextToImage request(Path file, int seed) {
            GenerationDefaults recommended = GenerationDefaults.read(folder, "render");
            Optional<String> scheduler = file.endsWith("scheduler_config.json")
                    ? Optional.of(
                            SamplerName.all().get(seed / 2 % SamplerName.all().size()))
                    : recommended.scheduler();
            TextToImage request = new TextToImage(
                    "a fox in snow",
                    "lighthouse",
                    SIDE,
                    SIDE,
                    Math.min(3, recommended.steps().orElse(2)),
                    new Guidance(
                            recommended.guidanceScale().orElse(5),
                            recommended.guidanceRescale().orElse(0)),
                    scheduler,
                    List.of((long) seed));
            RgbImage grey = new RgbImage(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
            return seed / 2 % 2 == 0 ? request : request.from(new StartImage(grey, 0.5));
        }
    }
}
