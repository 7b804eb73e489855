package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType.Output;
import com.ourvidz.core.lease.WorkerProtocol.Enhancement;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.core.lease.WorkerProtocol.LeasedReference;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.video.Mp4File;
import com.ourvidz.diffusion.wan.Options;
import com.ourvidz.enhancer.EnhancerSettings;
import com.ourvidz.enhancer.PromptEnhancement;
import com.ourvidz.worker.ScriptedServer.Answer;
import com.ourvidz.worker.ScriptedServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WAN jobs from the server's answers to the files that are handed in, on a checkpoint that is quick at their full size. */
class WanEngineTest {

    private static final Path REFERENCE = Path.of("../diffusion/src/test/resources/reference");
    private static final Path STARTER = Path.of("../models/starter-wan");

    /** Says what {@link #DESCRIPTION} says. */
    private static final Path MODEL = Path.of("../enhancer/src/test/resources/lighthouse-qwen2.gguf");

    private static final String DESCRIPTION = "A red lighthouse on a cliff at dusk. Waves below!";
    private static final Retries RETRIES = new Retries(duration -> {}, new Random(7));
    private static final OperatorGeneration FEW_STEPS = OperatorGeneration.of(new Environment(Map.of(
            "OURVIDZ_STEPS_IMAGE_FAST", "3",
            "OURVIDZ_STEPS_IMAGE7B_FAST_ENHANCED", "1",
            "OURVIDZ_STEPS_VIDEO_FAST", "1",
            "OURVIDZ_GUIDANCE_VIDEO_FAST", "1",
            "OURVIDZ_SCHEDULER_IMAGE_FAST", "flow_euler")));
    private static final LoadedModels MODELS = new LoadedModels(ModelMemory.of(Optional.empty(), Device.CPU), RETRIES);
    private static final Engine ENGINE = engine(Map.of());

    private static final Pattern PROGRESS = Pattern.compile("\"progress\":(\\d+)");

    @TempDir
    private Path folder;

    private volatile boolean leaseIsOurs = true;
    private volatile Answer verdict = Answer.ok("{\"allowed\":true}");
    private volatile long childrenWhileLoading = -1;
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPictureSaysHowItWasMadeAndTheReportToo() throws Exception {
        make("image_fast");
        var upload = uploads().getFirst();
        var picture = ImageFile.read(upload);
        assertThat(picture.width()).isEqualTo(480);
        assertThat(picture.height()).isEqualTo(832);
        assertThat(new String(upload, StandardCharsets.ISO_8859_1))
                .contains("Seed: 7", "Steps: 3", "CFG scale: 6.5", "Size: 480x832", "Model: quick-wan-vace")
                .contains("FlowMatchEulerDiscreteScheduler", "AI-generated");
        assertThat(callback())
                .contains("\"status\":\"completed\"", "\"seed\":7", "\"seeds\":[7]", "\"num_images\":1")
                .contains("\"steps\":3", "\"guidance_scale\":6.5", "\"model\":\"quick-wan-vace\"")
                .contains("\"scheduler\":\"FlowMatchEulerDiscreteScheduler\"", "\"png\":")
                .doesNotContain("reference", "enhanced_by");
        assertThat(distance(thumbnail(), picture.within(256))).isLessThan(4);
    }

    @Test
    void theSameSeedGivesTheSamePicture() throws Exception {
        make("image_fast");
        make("image_fast");
        assertThat(uploads().get(1)).isEqualTo(uploads().getFirst());
    }

    @Test
    void withoutAModelTheGrammarWritesWhatIsRendered() throws Exception {
        make("image7b_fast_enhanced");
        assertThat(callback())
                .contains("\"status\":\"completed\"", "\"enhanced_by\":\"grammar\"", "\"enhancement_seconds\":")
                .contains("\"enhanced_prompt\":\"a fox in snow. ");
        assertThat(renderedPrompt()).startsWith("a fox in snow. ").hasSizeGreaterThan(100);
    }

    @Test
    void aModelsTextGrowsInTheStageAndTheModelIsGoneBeforeWanIsLoaded() throws Exception {
        make(engine(Map.of("MODEL", MODEL.toString())), job("image7b_fast_enhanced"));
        assertThat(callback())
                .contains("\"enhanced_by\":\"lighthouse-qwen2\"", "\"enhanced_prompt\":\"" + DESCRIPTION + "\"");
        assertThat(renderedPrompt()).isEqualTo(DESCRIPTION);
        assertThat(stages()).anyMatch(stage -> stage.startsWith("enhancing the prompt"));
        assertThat(childrenWhileLoading).isZero();
    }

    @Test
    void whatThePlatformDoesNotAllowIsNotRenderedAndNeitherIsWhatItDoesNotJudge() throws Exception {
        verdict = Answer.ok("{\"allowed\":false}");
        make("image7b_fast_enhanced");
        assertThat(callback())
                .contains("\"status\":\"completed\"", "\"enhanced_by\":\"none\"")
                .doesNotContain("enhanced_prompt");
        assertThat(renderedPrompt()).isEqualTo("a fox in snow");
        verdict = Answer.status(503);
        make("image7b_fast_enhanced");
        assertThat(callback()).contains("\"status\":\"completed\"", "\"enhanced_by\":\"none\"");
    }

    @Test
    void aModelThatFailsLeavesThePromptAsItIs() throws Exception {
        var broken = Files.write(folder.resolve("broken.gguf"), Arrays.copyOf(Files.readAllBytes(MODEL), 5_000));
        make(engine(Map.of("MODEL", broken.toString(), "PAUSE", "0")), job("image7b_fast_enhanced"));
        assertThat(callback())
                .contains("\"status\":\"completed\"", "\"enhanced_by\":\"none\"", "\"enhancement_seconds\":")
                .doesNotContain("enhanced_prompt");
        assertThat(renderedPrompt()).isEqualTo("a fox in snow");
    }

    @Test
    void aJobThatIsMadeAgainRendersWhatWasWrittenThen() throws Exception {
        var then = new Enhancement("A fox in deep snow at dawn.", "qwen2.5-7b");
        var job = job("image7b_fast_enhanced");
        make(
                ENGINE,
                new LeasedJob(job.jobId(), 1, "token", 60, job.jobType(), job.prompt(), null, 1, 7, List.of(), then));
        assertThat(renderedPrompt()).isEqualTo(then.prompt());
        assertThat(callback()).contains("\"enhanced_by\":\"qwen2.5-7b\"");
        assertThat(server.requestsTo("/prompt")).hasSize(1);
    }

    @Test
    void aJobThatIsCancelledWhileItsPromptIsEnhancedIsDropped() throws Exception {
        leaseIsOurs = false;
        make(engine(Map.of("MODEL", MODEL.toString())), job("image7b_fast_enhanced"));
        assertThat(uploads()).isEmpty();
        assertThat(server.requestsTo("/job-callback")).isEmpty();
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void aVideoIsHeldToItsFramesAndProgressOnlyGrows() throws Exception {
        make("video_fast", reference(LeasedReference.START, 0.9), reference(LeasedReference.END, 0.9));
        var video =
                Mp4File.probe(Files.write(folder.resolve("fox.mp4"), uploads().getFirst()));
        assertThat(video.frames()).isEqualTo(83);
        assertThat(video.metadata()).containsEntry("Prompt", "a fox in snow");
        assertThat(thumbnail().width()).isEqualTo(148);
        assertThat(thumbnail().height()).isEqualTo(256);
        assertThat(server.requestsTo("/references/start")).hasSize(1);
        assertThat(server.requestsTo("/references/end")).hasSize(1);
        assertThat(callback())
                .contains("\"reference_applied\":true", "\"references_applied\":[\"start\",\"end\"]")
                .contains("\"reference_strength\":0.9", "\"mp4\":", "\"encode\":")
                .doesNotContain("reference_error");
        assertThat(progress()).isSorted().doesNotContain(100);
        assertThat(stages())
                .anyMatch(stage -> stage.startsWith("preparing frames"))
                .anyMatch(stage -> stage.startsWith("decoding"))
                .anyMatch(stage -> stage.startsWith("encoding"));
    }

    @Test
    void aJobThatIsCancelledStopsWithinAGroupOfFrames() throws Exception {
        leaseIsOurs = false; // from the first heartbeat on
        make("video_fast");
        assertThat(uploads()).isEmpty();
        assertThat(server.requestsTo("/job-callback")).isEmpty();
        assertThat(stages()).noneMatch(stage -> stage.startsWith("denoising"));
    }

    @Test
    void aModelForTextAloneDoesNotFetchReferencesAndSaysSo() throws Exception {
        var job = job("video_fast", reference(LeasedReference.END, 0.9));
        var references = VideoReferences.of(job, new Refusing(), false, Output.VIDEO_PORTRAIT);
        assertThat(references.held().isEmpty()).isTrue();
        assertThat(references.details())
                .containsEntry("reference_applied", false)
                .containsEntry("references_applied", List.of())
                .hasEntrySatisfying(
                        "reference_error",
                        error -> assertThat(error.toString()).startsWith("The end reference was not used"));
    }

    @Test
    void whatCannotBeFetchedIsDoneWithoutAndSaidSo() throws Exception {
        var job = job("video_fast", reference(LeasedReference.START, 0.3), reference(LeasedReference.END, 0.3));
        var references = VideoReferences.of(job, new Refusing(), true, Output.VIDEO_PORTRAIT);
        assertThat(references.held().isEmpty()).isTrue();
        assertThat(references.details())
                .containsEntry("reference_applied", false)
                .hasEntrySatisfying(
                        "reference_error",
                        error -> assertThat(error.toString())
                                .contains("The start reference could not be fetched", "The end reference could not"));
    }

    /** Has no references. */
    private static final class Refusing implements Engine.Desk {

        @Override
        public void progress(JobProgress progress) {}

        @Override
        public boolean allows(String prompt) {
            return true;
        }

        @Override
        public byte[] reference(String slot) {
            throw new RefusedException(404, "the server answered 404");
        }

        @Override
        public void asset(int index, byte[] bytes) {}

        @Override
        public void asset(int index, Path file) {}

        @Override
        public void thumbnail(int index, RgbImage picture) {}
    }

    private static LeasedReference reference(String slot, double strength) {
        return new LeasedReference(slot, null, strength);
    }

    private void make(String type, LeasedReference... references) throws InterruptedException {
        make(ENGINE, job(type, references));
    }

    private void make(Engine engine, LeasedJob job) throws InterruptedException {
        new Attempt(new ServerClient(server.url(), "key"), RETRIES, engine, job).run();
    }

    /** @param enhancer settings, without {@code OURVIDZ_ENHANCER_} */
    private static Engine engine(Map<String, String> enhancer) {
        var settings = EnhancerSettings.read(
                name -> Optional.ofNullable(enhancer.get(name.substring("OURVIDZ_ENHANCER_".length()))));
        var enhancement = PromptEnhancement.of(settings, STARTER, OptionalInt.of(1));
        return new WanEngine(
                REFERENCE.resolve("quick-wan-vace"),
                Options.defaults(),
                FEW_STEPS,
                MODELS,
                new PromptWriter(enhancement, settings.language(), MODELS));
    }

    private static LeasedJob job(String type, LeasedReference... references) {
        return new LeasedJob(
                UUID.randomUUID(), 1, "token", 60, type, "a fox in snow", null, 1, 7, List.of(references), null);
    }

    private Answer answer(Request request) {
        if (request.path().contains("/references/")) {
            return picture(request.path().endsWith("start") ? "first.png" : "last.png");
        }
        if (request.path().endsWith("/heartbeat") && !leaseIsOurs) {
            return Answer.status(409);
        }
        if (request.path().endsWith("/prompt")) {
            return verdict;
        }
        if (request.text().contains("loading the model")) {
            childrenWhileLoading = ProcessHandle.current().children().count();
        }
        return request.method().equals("PUT") ? Answer.ok("{\"asset\":\"asset-0\"}") : new Answer(204, "");
    }

    private static Answer picture(String name) {
        try {
            return new Answer(200, Files.readAllBytes(REFERENCE.resolve(name)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<byte[]> uploads() {
        return server.requestsTo("/assets/0").stream().map(Request::body).toList();
    }

    /** The only thumbnail. */
    private RgbImage thumbnail() throws IOException {
        assertThat(server.requestsTo("/assets/0/thumbnail")).hasSize(1);
        return ImageFile.read(
                server.requestsTo("/assets/0/thumbnail").getFirst().body());
    }

    /** How far two pictures of one size are apart, in levels of 255, on average. */
    private static double distance(RgbImage one, RgbImage other) {
        assertThat(one.rgb()).hasSameSizeAs(other.rgb());
        return IntStream.range(0, one.rgb().length)
                .map(place -> Math.abs((one.rgb()[place] & 0xff) - (other.rgb()[place] & 0xff)))
                .average()
                .orElseThrow();
    }

    /** As the picture has it. */
    private String renderedPrompt() {
        var text = new String(uploads().getLast(), StandardCharsets.ISO_8859_1);
        var begin = text.indexOf("parameters\0") + "parameters\0".length();
        return text.substring(begin, text.indexOf("\nSteps: ", begin));
    }

    private List<Integer> progress() {
        return server.requestsTo("/heartbeat").stream()
                .flatMap(heartbeat -> PROGRESS.matcher(heartbeat.text()).results())
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }

    private List<String> stages() {
        return server.requestsTo("/heartbeat").stream()
                .map(heartbeat -> heartbeat.text().replaceAll(".*\"stage\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private String callback() {
        return server.requestsTo("/job-callback").getLast().text();
    }
}
