package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.core.lease.WorkerProtocol.LeasedReference;
import com.ourvidz.diffusion.image.GenerationParameters;
import com.ourvidz.diffusion.image.Png;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.sdxl.Options;
import com.ourvidz.diffusion.sdxl.Pictures;
import com.ourvidz.diffusion.sdxl.SdxlPipeline;
import com.ourvidz.diffusion.sdxl.TextToImage;
import com.ourvidz.worker.LoadedModels.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Makes pictures with an SDXL checkpoint. */
final class SdxlEngine implements Engine {

    private final Path checkpoint;
    private final Optional<Path> config;
    private final Options options;
    private final OperatorGeneration operator;
    private final LoadedModels models;
    private final boolean previews;
    private final Model<SdxlPipeline> model;

    /**
     * Loads nothing yet.
     *
     * @param checkpoint a folder, or a single file
     * @param config what the single file leaves open
     */
    SdxlEngine(
            Path checkpoint,
            Optional<Path> config,
            Options options,
            OperatorGeneration operator,
            LoadedModels models,
            boolean previews) {
        this.checkpoint = checkpoint;
        this.config = config;
        this.options = options;
        this.operator = operator;
        this.models = models;
        this.previews = previews;
        this.model = new Model<>(model(), checkpoint, this::pipeline, SdxlPipeline::close);
    }

    private SdxlPipeline pipeline() {
        return config.map(folder -> SdxlPipeline.load(checkpoint, folder, options))
                .orElseGet(() -> SdxlPipeline.load(checkpoint, options));
    }

    /** The name of the checkpoint's folder or file. */
    @Override
    public String model() {
        return String.valueOf(checkpoint.toAbsolutePath().normalize().getFileName());
    }

    @Override
    public void load() throws InterruptedException {
        models.load(model);
    }

    @Override
    public Report make(JobType type, LeasedJob job, Desk desk) throws IOException, InterruptedException {
        var waiting = Stopwatch.start();
        desk.progress(new JobProgress(0, "loading the model"));
        return models.use(model, pipeline -> make(pipeline, waiting.seconds(), type, job, desk));
    }

    private Report make(SdxlPipeline pipeline, double modelLoad, JobType type, LeasedJob job, Desk desk)
            throws IOException, InterruptedException {
        desk.progress(new JobProgress(0, "preparing"));
        var reference = Reference.of(
                job,
                LeasedReference.REFERENCE,
                desk,
                type.output().width(),
                type.output().height());
        var plain = request(type, job);
        var request = reference.flatMap(Reference::start).map(plain::from).orElse(plain);
        var progress = new SdxlProgress(desk, previews);
        var pictures = pipeline.generate(request, progress);
        var encoding = handIn(pictures, request, desk, progress);
        var details = details(pictures, request);
        reference.map(Reference::details).ifPresent(details::putAll);
        return new Report(details, seconds(modelLoad, pictures, encoding));
    }

    private TextToImage request(JobType type, LeasedJob job) {
        var chosen = GenerationSettings.choose(
                type, operator, GenerationDefaults.read(config.orElse(checkpoint), type.id()));
        return new TextToImage(
                job.prompt(),
                job.negative().orElse(""),
                type.output().width(),
                type.output().height(),
                chosen.steps(),
                chosen.guidance(),
                chosen.scheduler(),
                LongStream.range(job.seed(), job.seed() + job.numImages())
                        .boxed()
                        .toList());
    }

    /** Returns the seconds that encoding took. */
    private double handIn(Pictures pictures, TextToImage request, Desk desk, SdxlProgress progress)
            throws IOException, InterruptedException {
        var encoding = 0.0;
        var count = pictures.pictures().size();
        for (var index = 0; index < count; index++) {
            progress.uploading(index, count);
            var stopwatch = Stopwatch.start();
            var picture = pictures.pictures().get(index);
            var png = png(pictures, picture, request);
            encoding += stopwatch.seconds();
            desk.asset(index, png);
            desk.thumbnail(index, new RgbImage(picture.width(), picture.height(), picture.rgb()));
        }
        return encoding;
    }

    private byte[] png(Pictures pictures, Pictures.Picture picture, TextToImage request) throws IOException {
        var parameters = new GenerationParameters(
                request.prompt(),
                request.negativePrompt(),
                picture.seed(),
                pictures.steps(),
                pictures.guidance().scale(),
                pictures.scheduler(),
                model(),
                picture.width(),
                picture.height(),
                request.denoisingStrength(),
                loras());
        var bytes = new ByteArrayOutputStream();
        Png.write(bytes, picture.rgb(), picture.width(), picture.height(), parameters.text());
        return bytes.toByteArray();
    }

    private Map<String, Object> details(Pictures pictures, TextToImage request) {
        var details = new LinkedHashMap<String, Object>();
        details.put("seed", request.seeds().getFirst());
        details.put("seeds", request.seeds());
        details.put("num_images", pictures.pictures().size());
        details.put("steps", pictures.steps());
        details.put("guidance_scale", pictures.guidance().scale());
        details.put("scheduler", pictures.scheduler());
        details.put("model", model());
        if (!loras().isEmpty()) {
            details.put("loras", loras());
        }
        return details;
    }

    private List<String> loras() {
        return options.loras().stream().map(LoraFile::label).toList();
    }

    private static Map<String, Double> seconds(double modelLoad, Pictures pictures, double encoding) {
        var timings = pictures.timings();
        var seconds = new LinkedHashMap<String, Double>();
        seconds.put("model_load", modelLoad);
        seconds.put("text", seconds(timings.text()));
        if (!timings.encode().isZero()) {
            seconds.put("encode", seconds(timings.encode()));
        }
        seconds.put("denoise", seconds(timings.denoise()));
        seconds.put("decode", seconds(timings.decode()));
        seconds.put("png", encoding);
        return seconds;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
