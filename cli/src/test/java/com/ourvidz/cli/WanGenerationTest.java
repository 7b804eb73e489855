package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.video.FrameRate;
import com.ourvidz.diffusion.video.Mp4;
import com.ourvidz.diffusion.video.Mp4File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a prompt over HTTP to pictures and videos of WAN, through real worker processes of both lanes. */
class WanGenerationTest {

    private static final int STEPS_OF_HIGH = 400;

    @TempDir
    private static Path folder;

    private static RunningPlatform platform;

    @BeforeAll
    static void start() {
        platform = new RunningPlatform(
                folder.resolve("data"),
                Checkpoints.starter(folder.resolve("model"), 60),
                Map.of(
                        "OURVIDZ_WORKERS",
                        "sdxl_queue,wan_queue",
                        "OURVIDZ_WAN_MODEL",
                        Checkpoints.wan(folder.resolve("wan"), STEPS_OF_HIGH).toString()));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aPictureSaysHowItWasMade() {
        var job = platform.awaitEnd(platform.submit(request("image_fast")));
        assertThat(job.isCompleted()).as(job.toString()).isTrue();
        assertThat(job.assets()).hasSize(1);
        assertThat(PngText.of(platform.picture(job, 0)))
                .containsEntry("Prompt", "a white sailboat at sea at sunset")
                .containsEntry("Steps", "2")
                .containsEntry("Size", "480x832")
                .containsEntry("Sampler", "UniPCMultistepScheduler")
                .containsEntry("Seed", job.metadata().path("seed").asString())
                .containsEntry("Source", "AI-generated");
        assertThat(job.metadata().path("seeds").path(0))
                .isEqualTo(job.metadata().path("seed"));
        assertThat(job.metadata().has("enhanced_by")).isFalse();
        assertThat(job.metadata().path("steps").asInt()).isEqualTo(2);
        assertThat(job.timings()).containsKeys("model load", "text", "denoise", "decode", "png", "upload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image7b_fast_enhanced",
                "image7b_high_enhanced",
                "video7b_fast_enhanced",
                "video7b_high_enhanced"
            })
    void anEnhancedJobRendersWhatTheGrammarWroteAndSaysSo(String type) throws IOException {
        var job = platform.awaitEnd(platform.submit(request(type)));
        assertThat(job.isCompleted()).as(job.toString()).isTrue();
        assertThat(job.metadata().path("enhanced_by").asString()).isEqualTo("grammar");
        var written = job.metadata().path("enhanced_prompt").asString();
        assertThat(written).startsWith("a white sailboat at sea at sunset. ").hasSizeGreaterThan(100);
        assertThat(job.metadata().path("enhancement_seconds").isNumber()).isTrue();
        assertThat(job.timings()).containsKey("enhance");
        var bytes = platform.picture(job, 0);
        assertThat(type.startsWith("video") ? videoText(bytes) : PngText.of(bytes))
                .containsEntry("Prompt", written);
    }

    @Test
    void anEnhancedJobThatIsMadeAgainIsTheSamePicture() {
        var first = platform.awaitEnd(platform.submit(request("image7b_fast_enhanced")));
        var again = platform.awaitEnd(platform.regenerate(first.id(), "{}"));
        assertThat(again.metadata().path("enhanced_prompt"))
                .isEqualTo(first.metadata().path("enhanced_prompt"));
        assertThat(platform.picture(again, 0)).isEqualTo(platform.picture(first, 0));
    }

    @Test
    void aVideoHeldToItsStartAndEndHas83FramesOfHalfAFilmsSecondEach() throws IOException, InterruptedException {
        var start = platform.upload(Checkpoints.TINY.resolveSibling("first.png"));
        var end = platform.upload(Checkpoints.TINY.resolveSibling("last.png"));
        var job = platform.awaitEnd(platform.submit(
                "video_fast",
                Map.of(
                        "prompt",
                        "a white sailboat at sea at sunset",
                        "start_reference_image_url",
                        start,
                        "end_reference_image_url",
                        end,
                        "reference_strength",
                        0.9)));
        assertThat(job.isCompleted()).as(job.toString()).isTrue();
        var file = Files.write(folder.resolve("sailboat.mp4"), platform.picture(job, 0));
        var video = Mp4File.probe(file);
        assertThat(video.frames()).isEqualTo(83);
        assertThat(video.width()).isEqualTo(480);
        assertThat(video.height()).isEqualTo(832);
        assertThat(video.rate()).isEqualTo(new FrameRate(50, 3));
        assertThat(video.moovFirst()).isTrue();
        assertThat(video.metadata())
                .containsEntry("Prompt", "a white sailboat at sea at sunset")
                .containsEntry("Source", "AI-generated")
                .containsKey(Mp4.XMP);
        var listed = platform.listedAsset(job.id());
        assertThat(listed.path("kind").asString()).isEqualTo("video");
        assertThat(listed.path("duration").asDouble()).isEqualTo(4.98);
        var thumbnail =
                ImageFile.read(platform.download(listed.path("thumbnail_url").asString()));
        assertThat(thumbnail.width()).isEqualTo(148);
        assertThat(thumbnail.height()).isEqualTo(256);
        assertThat(job.metadata().path("reference_applied").asBoolean()).isTrue();
        assertThat(job.metadata().path("references_applied").toString()).isEqualTo("[\"start\",\"end\"]");
        assertThat(job.metadata().path("reference_strength").asDouble()).isEqualTo(0.9);
    }

    @Test
    void aWanWorkerThatIsKilledTakesNothingFromAnSdxlJob() {
        var picture = platform.submit("sdxl_image_high", 7);
        var video = platform.submit(request("image_high"));
        platform.awaitStep(picture, 1, 1);
        platform.awaitStep(video, 1, 1);
        var sdxl = platform.worker(Queue.SDXL_QUEUE);
        platform.worker(Queue.WAN_QUEUE).destroyForcibly();
        platform.awaitStep(video, 2, 1);
        var ended = platform.awaitEnd(picture);
        assertThat(ended.isCompleted()).as(ended.toString()).isTrue();
        assertThat(ended.attempt()).isEqualTo(1);
        assertThat(platform.worker(Queue.SDXL_QUEUE)).isEqualTo(sdxl);
        assertThat(platform.awaitEnd(video).isCompleted()).isTrue();
    }

    private static Map<String, String> videoText(byte[] bytes) throws IOException {
        return Mp4File.probe(Files.write(folder.resolve("enhanced.mp4"), bytes)).metadata();
    }

    private static JobRequest request(String type) {
        return new JobRequest(type, "a white sailboat at sea at sunset", Optional.empty(), 1, Optional.empty());
    }
}
