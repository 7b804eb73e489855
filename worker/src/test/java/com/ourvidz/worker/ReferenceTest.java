package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.lease.WorkerProtocol.LeaseRequest;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.core.lease.WorkerProtocol.LeasedReference;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.sdxl.Options;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.worker.ScriptedServer.Answer;
import com.ourvidz.worker.ScriptedServer.Request;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs with a reference, from the server's answers to the pictures that are handed in, on the shipped checkpoint. */
class ReferenceTest {

    private static final int SIZE = 1024;
    private static final Retries RETRIES = new Retries(duration -> {}, new Random(7));
    private static final OperatorGeneration FEW_STEPS = OperatorGeneration.of(new Environment(Map.of(
            "OURVIDZ_STEPS_SDXL_IMAGE_FAST", "2",
            "OURVIDZ_STEPS_SDXL_IMAGE_HIGH", "10",
            "OURVIDZ_GUIDANCE_SDXL_IMAGE_FAST", "1",
            "OURVIDZ_GUIDANCE_SDXL_IMAGE_HIGH", "1")));
    private static final LoadedModels MODELS = new LoadedModels(ModelMemory.of(Optional.empty(), Device.CPU), RETRIES);
    private static final Engine ENGINE = new SdxlEngine(
            Path.of("../models/starter-sdxl"), Optional.empty(), Options.defaults(), FEW_STEPS, MODELS, true);

    private volatile Answer reference = Answer.status(404);
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
    void theStrongerTheReferenceTheCloserThePicture() throws Exception {
        reference = new Answer(200, landscape("png"));
        var fitted = ImageFile.read(landscape("png")).fitted(SIZE, SIZE);
        var differences = new ArrayList<Double>();
        for (var strength : List.of(0.9, 0.7, 0.5, 0.3, 0.1)) {
            differences.add(
                    difference(make("sdxl_image_high", 7, 1, style(strength)).getFirst(), fitted));
        }
        assertThat(differences).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void compositionAtAHalfIsStyleAtSevenTenths() throws Exception {
        reference = new Answer(200, landscape("png"));
        var composition = new LeasedReference(LeasedReference.REFERENCE, "composition", 0.5);
        assertThat(make("sdxl_image_high", 7, 1, composition).getFirst())
                .isEqualTo(make("sdxl_image_high", 7, 1, style(0.7)).getFirst());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.6, 0.7, 0.9, 1.0})
    void compositionIsTwoTenthsStrongerButNotOverNine(double strength) {
        var denoising = Reference.denoising(new LeasedReference(LeasedReference.REFERENCE, "composition", strength));
        assertThat(denoising).isEqualTo(Reference.denoising(style(strength < 0.7 ? strength + 0.2 : 0.9)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 7, 9})
    void noStepIsLostToRounding(int tenths) {
        assertThat((int) (10 * Reference.denoising(style(tenths / 10.0)))).isEqualTo(10 - tenths);
    }

    @Test
    void anAppliedReferenceIsFetchedUnderTheLeaseAndReported() throws Exception {
        reference = new Answer(200, landscape("jpg"));
        var picture = make("sdxl_image_fast", 7, 1, style(0.5)).getFirst();
        var fetch = server.requestsTo("/references/reference").getFirst();
        assertThat(fetch.method()).isEqualTo("GET");
        assertThat(fetch.authorization()).isEqualTo("Bearer key");
        assertThat(fetch.attempt()).isEqualTo("1");
        assertThat(fetch.lease()).isEqualTo("token");
        assertThat(callback())
                .contains("\"reference_applied\":true", "\"reference_strength\":0.5", "\"reference_type\":\"style\"")
                .contains("\"denoising_strength\":0.5")
                .doesNotContain("reference_error");
        assertThat(new String(picture, StandardCharsets.ISO_8859_1)).contains("Denoising strength: 0.5");
    }

    @Test
    void aSeedGivesTheSameBytesAloneAndInABatch() throws Exception {
        reference = new Answer(200, landscape("png"));
        var batch = make("sdxl_image_fast", 7, 3, style(0.5));
        assertThat(make("sdxl_image_fast", 9, 1, style(0.5)).getFirst())
                .isEqualTo(batch.get(2))
                .isNotEqualTo(batch.get(1));
    }

    @Test
    void aReferenceThatIsNotThereIsDoneWithoutAndSaidSo() throws Exception {
        var without = make("sdxl_image_fast", 7, 1).getFirst();
        assertThat(callback()).contains("\"status\":\"completed\"").doesNotContain("reference");
        assertThat(make("sdxl_image_fast", 7, 1, style(0.5)).getFirst()).isEqualTo(without);
        assertThat(server.requestsTo("/references/reference")).hasSize(1);
        assertThat(callback())
                .contains("\"status\":\"completed\"", "\"reference_applied\":false")
                .contains("\"reference_error\":\"The reference could not be fetched: ");
    }

    @Test
    void aServerInTroubleIsAskedForTheReferenceThreeTimes() throws Exception {
        reference = Answer.status(503);
        assertThat(make("sdxl_image_fast", 7, 1, style(0.5))).hasSize(1);
        assertThat(server.requestsTo("/references/reference")).hasSize(3);
        assertThat(callback()).contains("\"reference_applied\":false");
    }

    @Test
    void aReferenceThatIsNoPictureIsDoneWithoutAndSaidSo() throws Exception {
        reference = Answer.ok("a fox in snow");
        assertThat(make("sdxl_image_fast", 7, 1, style(0.5))).hasSize(1);
        assertThat(callback())
                .contains("\"reference_applied\":false")
                .contains("\"reference_error\":\"The reference cannot be read as a picture: ");
    }

    @Test
    void aReferenceOfNoStrengthIsIgnored() throws Exception {
        var without = make("sdxl_image_fast", 7, 1).getFirst();
        var composition = new LeasedReference(LeasedReference.REFERENCE, "composition", 0);
        assertThat(make("sdxl_image_fast", 7, 1, composition).getFirst()).isEqualTo(without);
        assertThat(server.requestsTo("/references/reference")).isEmpty();
        assertThat(callback()).contains("\"reference_applied\":false").doesNotContain("reference_error");
    }

    @Test
    void aLeaseThatIsLostWhileTheReferenceIsFetchedDropsTheJob() throws Exception {
        reference = Answer.status(409);
        assertThat(make("sdxl_image_fast", 7, 1, style(0.5))).isEmpty();
        assertThat(server.requestsTo("/job-callback")).isEmpty();
    }

    @Test
    void aServerThatSaysNothingOfReferencesHasNone() throws Exception {
        var job = client().lease(new LeaseRequest("attic-1", "sdxl_queue", "starter", 1))
                .orElseThrow();
        assertThat(job.references()).isEmpty();
        assertThat(job.prompt()).isEqualTo("a fox in snow");
    }

    private static LeasedReference style(double strength) {
        return new LeasedReference(LeasedReference.REFERENCE, "style", strength);
    }

    /** Does a job, and returns the files that it handed in. */
    private List<byte[]> make(String type, long seed, int pictures, LeasedReference... references)
            throws InterruptedException {
        var earlier = server.requests(ReferenceTest::isPicture).size();
        var job = new LeasedJob(
                UUID.randomUUID(),
                1,
                "token",
                60,
                type,
                "a hill by the sea",
                null,
                pictures,
                seed,
                List.of(references),
                null);
        new Attempt(client(), RETRIES, ENGINE, job).run();
        return server.requests(ReferenceTest::isPicture).stream()
                .skip(earlier)
                .map(Request::body)
                .toList();
    }

    private static boolean isPicture(Request request) {
        return request.method().equals("PUT") && !request.path().endsWith("/thumbnail");
    }

    private ServerClient client() {
        return new ServerClient(server.url(), "key");
    }

    private Answer answer(Request request) {
        if (request.path().contains("/references/")) {
            return reference;
        }
        if (request.path().endsWith("/worker/lease")) {
            return Answer.ok("""
                    {"job_id":"%s","attempt":1,"lease_token":"token","lease_seconds":60,"job_type":"sdxl_image_fast",
                     "prompt":"a fox in snow","num_images":1,"seed":7}""".formatted(UUID.randomUUID()));
        }
        return request.method().equals("PUT") ? Answer.ok("{\"asset\":\"asset-0\"}") : new Answer(204, "");
    }

    private String callback() {
        return server.requestsTo("/job-callback").getLast().text();
    }

    /** In levels, on average. */
    private static double difference(byte[] file, RgbImage reference) throws IOException {
        var rgb = ImageFile.read(file).rgb();
        return IntStream.range(0, rgb.length)
                .map(i -> Math.abs((rgb[i] & 0xff) - (reference.rgb()[i] & 0xff)))
                .average()
                .orElseThrow();
    }

    /** An evening sky, a sun and a hill: drawn, not generated. */
    private static byte[] landscape(String format) throws IOException {
        var image = new BufferedImage(600, 600, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, new Color(0x30407a), 0, 600, new Color(0xf0b070)));
        graphics.fillRect(0, 0, 600, 600);
        graphics.setPaint(new Color(0xffe0a0));
        graphics.fillOval(380, 120, 110, 110);
        graphics.setPaint(new Color(0x3c6a3c));
        graphics.fillOval(-150, 380, 700, 500);
        graphics.dispose();
        var file = new ByteArrayOutputStream();
        ImageIO.write(image, format, file);
        return file.toByteArray();
    }
}
