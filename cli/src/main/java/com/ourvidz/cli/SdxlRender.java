package com.ourvidz.cli;

import com.ourvidz.diffusion.image.Png;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.sdxl.Guidance;
import com.ourvidz.diffusion.sdxl.Options;
import com.ourvidz.diffusion.sdxl.Options.Prompts;
import com.ourvidz.diffusion.sdxl.Pictures;
import com.ourvidz.diffusion.sdxl.SdxlPipeline;
import com.ourvidz.diffusion.sdxl.StartImage;
import com.ourvidz.diffusion.sdxl.TextToImage;
import com.ourvidz.diffusion.vae.Tiling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** {@code ourvidz render} with a checkpoint of SDXL: pictures. */
final class SdxlRender {

    /** The options that are about SDXL alone. */
    static final List<String> OPTIONS =
            List.of("--config", "--image", "--strength", "--count", "--lora", "--plain-prompts", "--vae-tiling");

    /** What diffusers' image-to-image pipeline takes when nobody says otherwise. */
    private static final double STRENGTH = 0.3;

    private static final String PNG = ".png";

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "SDXL as one file: a folder in the diffusers layout with its tokenizers, and its config.json"
                    + " files where the sizes are not the published ones.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description =
                    "SDXL: a picture to start from, JPEG, PNG or WebP. It is fitted into W x H and centred on black.")
    private Optional<Path> image = Optional.empty();

    @Option(
            names = "--strength",
            paramLabel = "S",
            description = "How much of it is painted over, 0 to 1. Default: 0.3")
    private Optional<Double> strength = Optional.empty();

    @Option(
            names = "--count",
            paramLabel = "K",
            description = "SDXL: how many pictures: FILE-0.png, FILE-1.png and so on.")
    private Optional<Integer> count = Optional.empty();

    @Option(
            names = "--lora",
            paramLabel = "PATH:W",
            description = "SDXL: a LoRA and its weight, such as fox-style.safetensors:0.8. May be given several times.")
    private List<String> loras = List.of();

    @Option(
            names = "--plain-prompts",
            description = "SDXL: prompts as they stand, cut off at 77 tokens, as diffusers does. Otherwise they are"
                    + " read to their end, and (word:1.3), [word] and BREAK mean what they do in the common web UIs.")
    private boolean plainPrompts;

    @Option(
            names = "--vae-tiling",
            paramLabel = "on|off|auto",
            description = "SDXL: whether the autoencoder works tile by tile, which needs less memory. Default: auto,"
                    + " which is when the picture would not fit into the memory that is free.")
    private Optional<Tiling> tiling = Optional.empty();

    private final Times times = new Times();

    void render(RenderOptions common) throws IOException {
        common.require(common.out.toString().endsWith(PNG), "--out must end in " + PNG);
        common.require(strength.isEmpty() || image.isPresent(), "--strength is for --image FILE, which is missing");
        var start = image.map(RenderOptions::read);
        try (var pipeline = load(common)) {
            times.lap("model load");
            var pictures = generate(common, pipeline, start);
            for (var index = 0; index < pictures.pictures().size(); index++) {
                save(common, pictures, index);
            }
            times.add("text", pictures.timings().text());
            start.ifPresent(_ -> times.add("encode", pictures.timings().encode()));
            times.add("denoise", pictures.timings().denoise());
            times.add("decode", pictures.timings().decode());
            System.out.println(times.line());
        }
    }

    private SdxlPipeline load(RenderOptions common) {
        return config.map(folder -> SdxlPipeline.load(common.model, folder, options(common)))
                .orElseGet(() -> SdxlPipeline.load(common.model, options(common)));
    }

    private Options options(RenderOptions common) {
        var options = Options.defaults().withDevice(common.device());
        var precise = common.dtype
                .map(options::withPrecision)
                .orElse(options)
                .withLoras(loraFiles())
                .withPrompts(plainPrompts ? Prompts.PLAIN : Prompts.WEIGHTED);
        var tiled = tiling.map(precise::withTiling).orElse(precise);
        return common.threads.map(tiled::withThreads).orElse(tiled);
    }

    private List<LoraFile> loraFiles() {
        return loras.stream().map(LoraFile::parse).toList();
    }

    private Pictures generate(RenderOptions common, SdxlPipeline pipeline, Optional<RgbImage> start) {
        try (var display = ProgressDisplay.onStandardError()) {
            return pipeline.generate(request(common, pipeline.defaultSize(), start), (stage, step, total) -> {
                switch (stage) {
                    case TEXT -> display.show(0, "reading the prompt");
                    case DENOISE -> display.show(99 * step / total, "denoising " + step + "/" + total);
                    case DECODE -> display.show(100 * step / total, "decoding " + step + "/" + total);
                }
                return true;
            });
        }
    }

    private TextToImage request(RenderOptions common, int size, Optional<RgbImage> start) {
        var request = request(common, size);
        return start.map(picture -> picture.fitted(request.width(), request.height()))
                .map(picture -> request.from(new StartImage(picture, strength.orElse(STRENGTH))))
                .orElse(request);
    }

    private TextToImage request(RenderOptions common, int size) {
        var defaults = GenerationDefaults.read(config.orElse(common.model), "render");
        return new TextToImage(
                common.prompt,
                common.negative,
                common.width.orElse(size),
                common.height.orElse(size),
                common.steps(defaults),
                new Guidance(
                        common.guidance(defaults), defaults.guidanceRescale().orElse(0)),
                common.scheduler(defaults),
                LongStream.range(common.seed, common.seed + count.orElse(1))
                        .boxed()
                        .toList());
    }

    private void save(RenderOptions common, Pictures pictures, int index) throws IOException {
        var picture = pictures.pictures().get(index);
        var parameters = common.parameters(
                picture.seed(),
                pictures.steps(),
                pictures.guidance().scale(),
                pictures.scheduler(),
                picture.width(),
                picture.height(),
                denoisingStrength(),
                loraFiles().stream().map(LoraFile::label).toList());
        var file = file(common.out, index);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Png.write(file, picture.rgb(), picture.width(), picture.height(), parameters.text());
        System.out.println(file + "  seed " + picture.seed());
    }

    private OptionalDouble denoisingStrength() {
        return image.isPresent() ? OptionalDouble.of(strength.orElse(STRENGTH)) : OptionalDouble.empty();
    }

    private Path file(Path out, int index) {
        if (count.isEmpty()) {
            return out;
        }
        var name = String.valueOf(out.getFileName());
        return out.resolveSibling(name.substring(0, name.length() - PNG.length()) + "-" + index + PNG);
    }
}
