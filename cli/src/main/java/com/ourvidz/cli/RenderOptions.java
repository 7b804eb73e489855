package com.ourvidz.cli;

import com.ourvidz.diffusion.image.GenerationParameters;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.scheduler.SamplerName;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code ourvidz render} takes with every checkpoint. */
final class RenderOptions {

    /** What diffusers' pipelines take when nobody says otherwise. */
    private static final int STEPS = 50;

    private static final double GUIDANCE = 5.0;

    private static final long SEEDS = 1L << 32;

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            required = true,
            description = "A checkpoint of SDXL or WAN 2.1: a folder in the diffusers layout, or one .safetensors file"
                    + " of SDXL.")
    Path model = Path.of("");

    @Option(names = "--prompt", paramLabel = "TEXT", required = true, description = "What to draw.")
    String prompt = "";

    @Option(names = "--negative", paramLabel = "TEXT", description = "What not to draw.")
    String negative = "";

    @Option(names = "--width", paramLabel = "W", description = "In pixels.")
    Optional<Integer> width = Optional.empty();

    @Option(names = "--height", paramLabel = "H", description = "In pixels.")
    Optional<Integer> height = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Denoising steps. Where the checkpoint says nothing: 50")
    private Optional<Integer> steps = Optional.empty();

    @Option(
            names = "--guidance",
            paramLabel = "G",
            description = "Guidance scale. Where the checkpoint says nothing: 5")
    private Optional<Double> guidance = Optional.empty();

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            description = "The sampler, such as euler_a or dpmpp_2m_karras. Default: the checkpoint's.")
    private Optional<String> scheduler = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Picture k of several has seed S + k. Drawn when not given.")
    long seed = ThreadLocalRandom.current().nextLong(SEEDS);

    @Option(names = "--dtype", paramLabel = "DTYPE", description = "float32, bfloat16 or float16.")
    Optional<Precision> dtype = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "auto, cpu, cuda or cuda:N. Default: auto, the first GPU where there is one.")
    private String device = "auto";

    @Option(names = "--threads", paramLabel = "N", description = "Compute threads. Default: all processors.")
    Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE.png|FILE.mp4|DIR/",
            required = true,
            description = "The picture, the video, or a folder for its frames.")
    Path out = Path.of("");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    void check() {
        require(device.matches("auto|cpu|cuda(:\\d{1,2})?"), "--device must be auto, cpu, cuda or cuda:N");
        require(
                scheduler.isEmpty() || SamplerName.all().contains(scheduler.get()),
                "--scheduler must be one of " + String.join(", ", SamplerName.all()));
    }

    void require(boolean met, String otherwise) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    /** The first of the options that were given, by its name on the command line, among these. */
    Optional<String> firstGiven(List<String> names) {
        return names.stream()
                .filter(name -> spec.commandLine().getParseResult().hasMatchedOption(name))
                .findFirst();
    }

    Device device() {
        return Device.parse(device);
    }

    int steps(GenerationDefaults defaults) {
        return steps.orElse(defaults.steps().orElse(STEPS));
    }

    double guidance(GenerationDefaults defaults) {
        return guidance.orElse(defaults.guidanceScale().orElse(GUIDANCE));
    }

    Optional<String> scheduler(GenerationDefaults defaults) {
        return scheduler.or(defaults::scheduler);
    }

    /** The text for a picture's file. */
    GenerationParameters parameters(
            long seed,
            int steps,
            double guidance,
            String sampler,
            int width,
            int height,
            OptionalDouble denoisingStrength,
            List<String> loras) {
        return new GenerationParameters(
                prompt,
                negative,
                seed,
                steps,
                guidance,
                sampler,
                String.valueOf(model.toAbsolutePath().normalize().getFileName()),
                width,
                height,
                denoisingStrength,
                loras);
    }

    static RgbImage read(Path file) {
        try {
            return ImageFile.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new CommandException("There is no file " + file + ".");
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read as a picture: " + e.getMessage() + ".");
        }
    }
}
