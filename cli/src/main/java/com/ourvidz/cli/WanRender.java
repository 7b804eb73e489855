package com.ourvidz.cli;

import com.ourvidz.diffusion.image.Png;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.video.FrameRate;
import com.ourvidz.diffusion.video.FrameSpool;
import com.ourvidz.diffusion.video.Mp4;
import com.ourvidz.diffusion.wan.FrameConsumer;
import com.ourvidz.diffusion.wan.Options;
import com.ourvidz.diffusion.wan.References;
import com.ourvidz.diffusion.wan.TextToVideo;
import com.ourvidz.diffusion.wan.Video;
import com.ourvidz.diffusion.wan.WanPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** {@code ourvidz render} with a checkpoint of WAN 2.1: the frames of a video, or a picture. */
final class WanRender {

    /** The options that are about WAN alone. */
    static final List<String> OPTIONS = List.of("--frames", "--first", "--last", "--scale", "--max-tokens");

    /** What the platform's videos have. */
    private static final int WIDTH = 480;

    private static final int HEIGHT = 832;

    /** What diffusers' pipeline takes when nobody says otherwise. */
    private static final int FRAMES = 81;

    private static final double SCALE = 1.0;
    private static final String PNG = ".png";
    private static final String MP4 = ".mp4";

    /** What the platform's videos have. */
    private static final FrameRate RATE = new FrameRate(50, 3);

    @Option(names = "--frames", paramLabel = "N", description = "WAN: how many. Default: 81, and 1 for --out FILE.png")
    private Optional<Integer> frames = Optional.empty();

    @Option(
            names = "--first",
            paramLabel = "FILE",
            description = "WAN VACE: a picture that the first frame is held to, JPEG or PNG. It is fitted into W x H"
                    + " and centred on black.")
    private Optional<Path> first = Optional.empty();

    @Option(names = "--last", paramLabel = "FILE", description = "WAN VACE: the same for frame N.")
    private Optional<Path> last = Optional.empty();

    @Option(names = "--scale", paramLabel = "S", description = "How much these count, 0 for not at all. Default: 1.0")
    private Optional<Double> scale = Optional.empty();

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "WAN: how many tokens of the prompt are read. Default: 512")
    private Optional<Integer> maxTokens = Optional.empty();

    private final Times times = new Times();

    void render(RenderOptions common) throws IOException {
        var picture = common.out.toString().endsWith(PNG);
        common.require(
                !picture || frames.orElse(1) == 1, "--out FILE.png is for --frames 1: give a folder, as --out DIR/");
        common.require(
                scale.isEmpty() || first.isPresent() || last.isPresent(),
                "--scale is for --first FILE or --last FILE, which are missing");
        var request = request(common, picture);
        try (var pipeline = WanPipeline.load(common.model, options(common))) {
            times.lap("model load");
            var video = isVideo(common) ? mp4(common, pipeline, request) : pngs(common, pipeline, request, picture);
            System.out.println(common.out + "  frames " + video.frames() + "  seed " + video.seed());
            printTimes(pipeline, video);
        }
    }

    private void printTimes(WanPipeline pipeline, Video video) {
        times.add("text", video.timings().text());
        if (pipeline.takesReferences()) {
            times.add("encode", video.timings().encode());
        }
        times.add("denoise", video.timings().denoise());
        times.add("decode", video.timings().decode());
        System.out.println(times.line());
    }

    private static Options options(RenderOptions common) {
        var options = Options.defaults().withDevice(common.device());
        var precise = common.dtype.map(options::withPrecision).orElse(options);
        return common.threads.map(precise::withThreads).orElse(precise);
    }

    private TextToVideo request(RenderOptions common, boolean picture) {
        var defaults = GenerationDefaults.read(common.model, "render");
        var request = new TextToVideo(
                common.prompt,
                common.negative,
                common.width.orElse(WIDTH),
                common.height.orElse(HEIGHT),
                frames.orElse(picture ? 1 : FRAMES),
                common.steps(defaults),
                common.guidance(defaults),
                common.scheduler(defaults),
                common.seed);
        return request.withMaxTokens(maxTokens.orElse(TextToVideo.MAX_TOKENS))
                .heldTo(new References(reference(first, request), reference(last, request), scale.orElse(SCALE)));
    }

    private static Optional<RgbImage> reference(Optional<Path> file, TextToVideo request) {
        return file.map(RenderOptions::read).map(image -> image.fitted(request.width(), request.height()));
    }

    private static boolean isVideo(RenderOptions common) {
        return common.out.toString().endsWith(MP4);
    }

    private static Video mp4(RenderOptions common, WanPipeline pipeline, TextToVideo request) throws IOException {
        Files.createDirectories(common.out.toAbsolutePath().getParent());
        try (var frames = FrameSpool.open(request.width(), request.height())) {
            var video = generate(pipeline, request, (index, frame) -> frames.add(frame));
            Mp4.write(common.out, frames, RATE, Long.MAX_VALUE, text(common, pipeline, request));
            return video;
        }
    }

    private static Video pngs(RenderOptions common, WanPipeline pipeline, TextToVideo request, boolean picture)
            throws IOException {
        Files.createDirectories(picture ? common.out.toAbsolutePath().getParent() : common.out);
        var text = text(common, pipeline, request);
        return generate(pipeline, request, (index, frame) -> {
            var file = picture ? common.out : common.out.resolve("%04d%s".formatted(index, PNG));
            try {
                Png.write(file, frame.rgb(), frame.width(), frame.height(), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Video generate(WanPipeline pipeline, TextToVideo request, FrameConsumer consumer) {
        try (var display = ProgressDisplay.onStandardError()) {
            return pipeline.generate(
                    request,
                    (stage, step, total) -> {
                        switch (stage) {
                            case TEXT -> display.show(0, "reading the prompt");
                            case ENCODE -> display.show(5 * step / total, "encoding " + step + "/" + total);
                            case DENOISE -> display.show(5 + 75 * step / total, "denoising " + step + "/" + total);
                            case DECODE -> display.show(80 + 20 * step / total, "decoding " + step + "/" + total);
                        }
                        return true;
                    },
                    consumer);
        }
    }

    private static Map<String, String> text(RenderOptions common, WanPipeline pipeline, TextToVideo request) {
        return common.parameters(
                        request.seed(),
                        request.steps(),
                        request.guidanceScale(),
                        pipeline.schedulerName(request),
                        request.width(),
                        request.height(),
                        OptionalDouble.empty(),
                        List.of())
                .text();
    }
}
