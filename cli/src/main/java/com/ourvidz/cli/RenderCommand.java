package com.ourvidz.cli;

import com.ourvidz.diffusion.image.GenerationParameters;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.Png;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.scheduler.SamplerName;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.sdxl.Guidance;
import com.ourvidz.diffusion.sdxl.Options;
import com.ourvidz.diffusion.sdxl.Options.Prompts;
import com.ourvidz.diffusion.sdxl.Pictures;
import com.ourvidz.diffusion.sdxl.SdxlPipeline;
import com.ourvidz.diffusion.sdxl.StartImage;
import com.ourvidz.diffusion.sdxl.TextToImage;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.vae.Tiling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ourvidz render}: the diffusion library alone, on any checkpoint. */
@Command(
        name = "render",
        description = {
            "Makes pictures with the diffusion library alone, without the platform.",
            "What is not given comes from the checkpoint, where it says so."
        },
        mixinStandardHelpOptions = true)
final class RenderCommand implements Runnable {

    /** What diffusers' SDXL pipeline takes when nobody says otherwise. */
    private static final int STEPS = 50;

    private static final double GUIDANCE = 5.0;

    /** What its image-to-image pipeline takes. */
    private static final double STRENGTH = 0.3;

    private static final String PNG = ".png";
    private static final long SEEDS = 1L << 32;

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            required = true,
            description = "An SDXL checkpoint: a folder in the diffusers layout, or one .safetensors file.")
    private Path model = Path.of("");

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "For one file: a folder in the diffusers layout with its tokenizers, and its config.json"
                    + " files where the sizes are not the published ones.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--prompt", paramLabel = "TEXT", required = true, description = "What to draw.")
    private String prompt = "";

    @Option(names = "--negative", paramLabel = "TEXT", description = "What not to draw.")
    private String negative = "";

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "A picture to start from: JPEG, PNG or WebP. It is fitted into W x H and centred on black.")
    private Optional<Path> image = Optional.empty();

    @Option(
            names = "--strength",
            paramLabel = "S",
            description = "How much of it is painted over, 0 to 1. Default: 0.3")
    private Optional<Double> strength = Optional.empty();

    @Option(names = "--width", paramLabel = "W", description = "In pixels.")
    private Optional<Integer> width = Optional.empty();

    @Option(names = "--height", paramLabel = "H", description = "In pixels.")
    private Optional<Integer> height = Optional.empty();

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
    private long seed = ThreadLocalRandom.current().nextLong(SEEDS);

    @Option(names = "--count", paramLabel = "K", description = "How many pictures: FILE-0.png, FILE-1.png and so on.")
    private Optional<Integer> count = Optional.empty();

    @Option(names = "--dtype", paramLabel = "DTYPE", description = "float32, bfloat16 or float16.")
    private Optional<Precision> dtype = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "auto, cpu, cuda or cuda:N. Default: auto, the first GPU where there is one.")
    private String device = "auto";

    @Option(names = "--threads", paramLabel = "N", description = "Compute threads. Default: all processors.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--lora",
            paramLabel = "PATH:W",
            description = "A LoRA and its weight, such as fox-style.safetensors:0.8. May be given several times.")
    private List<String> loras = List.of();

    @Option(
            names = "--plain-prompts",
            description =
                    "Prompts as they stand, cut off at 77 tokens, as diffusers does. Otherwise they are read to their"
                            + " end, and (word:1.3), [word] and BREAK mean what they do in the common web UIs.")
    private boolean plainPrompts;

    @Option(
            names = "--vae-tiling",
            paramLabel = "on|off|auto",
            description = "Whether the autoencoder works tile by tile, which needs less memory. Default: auto, which is"
                    + " when the picture would not fit into the memory that is free.")
    private Optional<Tiling> tiling = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE.png", required = true, description = "The picture.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Times times = new Times();

    @Override
    public void run() {
        require(device.matches("auto|cpu|cuda(:\\d{1,2})?"), "--device must be auto, cpu, cuda or cuda:N");
        require(out.toString().endsWith(PNG), "--out must end in " + PNG);
        require(strength.isEmpty() || image.isPresent(), "--strength is for --image FILE, which is missing");
        require(
                scheduler.isEmpty() || SamplerName.all().contains(scheduler.get()),
                "--scheduler must be one of " + String.join(", ", SamplerName.all()));
        System.setProperty("logback.configurationFile", "logback-cli.xml");
        try {
            render();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CommandException("The picture cannot be written: " + e + ".");
        }
    }

    private void require(boolean met, String otherwise) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void render() throws IOException {
        var start = image.map(RenderCommand::read);
        try (var pipeline = load()) {
            times.lap("model load");
            var pictures = generate(pipeline, start);
            for (var index = 0; index < pictures.pictures().size(); index++) {
                save(pictures, index);
            }
            times.add("text", pictures.timings().text());
            start.ifPresent(_ -> times.add("encode", pictures.timings().encode()));
            times.add("denoise", pictures.timings().denoise());
            times.add("decode", pictures.timings().decode());
            System.out.println(times.line());
        }
    }

    private static RgbImage read(Path file) {
        try {
            return ImageFile.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new CommandException("There is no file " + file + ".");
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read as a picture: " + e.getMessage() + ".");
        }
    }

    private SdxlPipeline load() {
        return config.map(folder -> SdxlPipeline.load(model, folder, options()))
                .orElseGet(() -> SdxlPipeline.load(model, options()));
    }

    private Pictures generate(SdxlPipeline pipeline, Optional<RgbImage> start) {
        try (var display = ProgressDisplay.onStandardError()) {
            return pipeline.generate(request(pipeline.defaultSize(), start), (stage, step, total) -> {
                switch (stage) {
                    case TEXT -> display.show(0, "reading the prompt");
                    case DENOISE -> display.show(99 * step / total, "denoising " + step + "/" + total);
                    case DECODE -> display.show(100 * step / total, "decoding " + step + "/" + total);
                }
                return true;
            });
        }
    }

    private Options options() {
        var options = Options.defaults().withDevice(Device.parse(device));
        var precise = dtype.map(options::withPrecision)
                .orElse(options)
                .withLoras(loraFiles())
                .withPrompts(plainPrompts ? Prompts.PLAIN : Prompts.WEIGHTED);
        var tiled = tiling.map(precise::withTiling).orElse(precise);
        return threads.map(tiled::withThreads).orElse(tiled);
    }

    private TextToImage request(int size, Optional<RgbImage> start) {
        var request = request(size);
        return start.map(picture -> picture.fitted(request.width(), request.height()))
                .map(picture -> request.from(new StartImage(picture, strength.orElse(STRENGTH))))
                .orElse(request);
    }

    private List<LoraFile> loraFiles() {
        return loras.stream().map(LoraFile::parse).toList();
    }

    private TextToImage request(int size) {
        var defaults = GenerationDefaults.read(config.orElse(model), "render");
        return new TextToImage(
                prompt,
                negative,
                width.orElse(size),
                height.orElse(size),
                steps.orElse(defaults.steps().orElse(STEPS)),
                new Guidance(
                        guidance.orElse(defaults.guidanceScale().orElse(GUIDANCE)),
                        defaults.guidanceRescale().orElse(0)),
                scheduler.or(defaults::scheduler),
                LongStream.range(seed, seed + count.orElse(1)).boxed().toList());
    }

    private void save(Pictures pictures, int index) throws IOException {
        var picture = pictures.pictures().get(index);
        var parameters = new GenerationParameters(
                prompt,
                negative,
                picture.seed(),
                pictures.steps(),
                pictures.guidance().scale(),
                pictures.scheduler(),
                String.valueOf(model.toAbsolutePath().normalize().getFileName()),
                picture.width(),
                picture.height(),
                denoisingStrength(),
                loraFiles().stream().map(LoraFile::label).toList());
        var file = file(index);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Png.write(file, picture.rgb(), picture.width(), picture.height(), parameters.text());
        System.out.println(file + "  seed " + picture.seed());
    }

    private OptionalDouble denoisingStrength() {
        return image.isPresent() ? OptionalDouble.of(strength.orElse(STRENGTH)) : OptionalDouble.empty();
    }

    private Path file(int index) {
        if (count.isEmpty()) {
            return out;
        }
        var name = String.valueOf(out.getFileName());
        return out.resolveSibling(name.substring(0, name.length() - PNG.length()) + "-" + index + PNG);
    }
}
