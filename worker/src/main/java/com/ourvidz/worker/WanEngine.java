package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.diffusion.image.GenerationParameters;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.wan.Options;
import com.ourvidz.diffusion.wan.TextToVideo;
import com.ourvidz.diffusion.wan.Video;
import com.ourvidz.diffusion.wan.WanPipeline;
import com.ourvidz.enhancer.Enhanced;
import com.ourvidz.worker.LoadedModels.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Makes videos, and pictures as videos of one frame, with a WAN 2.1 checkpoint. */
final class WanEngine implements Engine {

    private final Path checkpoint;
    private final OperatorGeneration operator;
    private final LoadedModels models;
    private final PromptWriter prompts;
    private final Model<WanPipeline> model;

    /**
     * Loads nothing yet.
     *
     * @param checkpoint a folder
     */
    WanEngine(
            Path checkpoint, Options options, OperatorGeneration operator, LoadedModels models, PromptWriter prompts) {
        this.checkpoint = checkpoint;
        this.operator = operator;
        this.models = models;
        this.prompts = prompts;
        this.model = new Model<>(model(), checkpoint, () -> WanPipeline.load(checkpoint, options), WanPipeline::close);
    }

    /** The name of the checkpoint's folder. */
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
        var prompt = prompts.write(type, job, desk);
        var waiting = Stopwatch.start();
        desk.progress(new JobProgress(0, "loading the model"));
        return models.use(model, pipeline -> make(pipeline, waiting.seconds(), type, job, prompt, desk));
    }

    private Report make(WanPipeline pipeline, double modelLoad, JobType type, LeasedJob job, Enhanced prompt, Desk desk)
            throws IOException, InterruptedException {
        desk.progress(new JobProgress(0, "preparing"));
        var references = VideoReferences.of(job, desk, pipeline.takesReferences(), type.output());
        var request = request(type, job, prompt).heldTo(references.held());
        var progress = new WanProgress(desk);
        try (var file = WanFile.of(type)) {
            var video = pipeline.generate(request, progress, file);
            var encoding = Stopwatch.start();
            var path = file.write(parameters(request, video), progress);
            var seconds = seconds(modelLoad, video, encoding.seconds());
            if (type.enhanced()) {
                seconds.put("enhance", prompt.seconds());
            }
            progress.uploading();
            desk.asset(0, path);
            desk.thumbnail(0, file.middle());
            var details = details(request, video, references);
            if (type.enhanced()) {
                details.putAll(details(prompt));
            }
            return new Report(details, seconds);
        }
    }

    private TextToVideo request(JobType type, LeasedJob job, Enhanced prompt) {
        var chosen = GenerationSettings.choose(type, operator, GenerationDefaults.read(checkpoint, type.id()));
        return new TextToVideo(
                prompt.prompt(),
                job.negative().orElse(""),
                type.output().width(),
                type.output().height(),
                type.output().frames(),
                chosen.steps(),
                chosen.guidance().scale(),
                chosen.scheduler(),
                job.seed());
    }

    private GenerationParameters parameters(TextToVideo request, Video video) {
        return new GenerationParameters(
                request.prompt(),
                request.negativePrompt(),
                video.seed(),
                video.steps(),
                request.guidanceScale(),
                video.scheduler(),
                model(),
                video.width(),
                video.height(),
                OptionalDouble.empty(),
                List.of());
    }

    private Map<String, Object> details(TextToVideo request, Video video, VideoReferences references) {
        var details = new LinkedHashMap<String, Object>();
        details.put("seed", video.seed());
        details.put("seeds", List.of(video.seed()));
        details.put("num_images", 1);
        details.put("steps", video.steps());
        details.put("guidance_scale", request.guidanceScale());
        details.put("scheduler", video.scheduler());
        details.put("model", model());
        details.putAll(references.details());
        return details;
    }

    private static Map<String, Object> details(Enhanced prompt) {
        var details = new LinkedHashMap<String, Object>();
        details.put("enhanced_by", prompt.by());
        if (prompt.isEnhanced()) {
            details.put("enhanced_prompt", prompt.prompt());
        }
        details.put("enhancement_seconds", prompt.seconds());
        return details;
    }

    private static Map<String, Double> seconds(double modelLoad, Video video, double encoding) {
        var timings = video.timings();
        var seconds = new LinkedHashMap<String, Double>();
        seconds.put("model_load", modelLoad);
        seconds.put("text", seconds(timings.text()));
        if (!timings.encode().isZero()) {
            seconds.put("encode", seconds(timings.encode()));
        }
        seconds.put("denoise", seconds(timings.denoise()));
        seconds.put("decode", seconds(timings.decode()));
        seconds.put(video.frames() == 1 ? "png" : "mp4", encoding);
        return seconds;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
