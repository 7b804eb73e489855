package com.ourvidz.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.money.PriceList;
import com.ourvidz.core.reference.ReferenceSource;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegenerationTest {

    private static final String OWN = "/references/mine";
    private static final ReferenceSource PICTURE = new ReferenceSource.Uploaded(UUID.randomUUID());

    private final OrderReader reader = new OrderReader(new PriceList(Map.of()), RandomGenerator.of("Random"));

    @Test
    void withoutChangesTheOrderIsTheSame() {
        var recorded = recorded(
                "sdxl_image_high",
                Map.of(
                        "prompt",
                        "a fox in snow",
                        "negative_prompt",
                        "rain",
                        "num_images",
                        3,
                        "seed",
                        40,
                        "reference_image_url",
                        OWN,
                        "reference_type",
                        "composition",
                        "similarity_strength",
                        0.7));

        var again = again(recorded, Map.of());

        assertThat(again.type()).isEqualTo(JobType.SDXL_IMAGE_HIGH);
        assertThat(again.prompt()).isEqualTo("a fox in snow");
        assertThat(again.negativePrompt()).contains("rain");
        assertThat(again.numImages()).isEqualTo(3);
        assertThat(again.seed()).isEqualTo(40);
        assertThat(again.references()).isEqualTo(recorded.order().references());
        assertThat(again.clientIds()).isEqualTo(recorded.order().clientIds());
        assertThat(again.warnings()).isEmpty();
        assertThat(again.metadata())
                .containsEntry("regenerated_from", recorded.id().toString());
    }

    @Test
    void oneImageAloneHasItsOwnSeed() {
        var recorded = recorded("sdxl_image_fast", Map.of("prompt", "a fox in snow", "num_images", 6, "seed", 40));

        var fifth = again(recorded, Map.of("index", 4));

        assertThat(fifth.numImages()).isEqualTo(1);
        assertThat(fifth.seed()).isEqualTo(44);
    }

    @Test
    void theLastImageOfTheLargestSeedCanBeMadeAlone() {
        var recorded = recorded(
                "sdxl_image_fast", Map.of("prompt", "a fox in snow", "num_images", 6, "seed", OrderReader.MAX_SEED));
        var last = again(recorded, Map.of("index", 5));
        assertThat(last.seed()).isEqualTo(OrderReader.MAX_SEED + 5);

        var lastAsJob = job(last);
        assertThat(again(lastAsJob, Map.of()).seed()).isEqualTo(OrderReader.MAX_SEED + 5);
        assertRefused(lastAsJob, Map.of("metadata", Map.of("num_images", 3)), "invalidSeed");
    }

    @Test
    void aDrawnSeedIsRecordedToo() {
        for (var type : List.of("sdxl_image_fast", "image_fast", "video_fast")) {
            var recorded = recorded(type, Map.of("prompt", "a fox in snow"));
            assertThat(again(recorded, Map.of()).seed())
                    .isEqualTo(recorded.order().seed());
        }
    }

    @Test
    void aNewSeedIsDrawnWhereOneIsAskedFor() {
        var recorded = recorded("sdxl_image_fast", Map.of("prompt", "a fox in snow", "seed", 40));
        for (var request : List.of(
                Map.of("random", true),
                Map.of("metadata", nothing("seed")),
                Map.of("config", nothing("seed"), "metadata", Map.of("seed", 3)))) {
            assertThat(again(recorded, request).seed()).isNotIn(3L, 40L);
        }
        assertThat(again(recorded, Map.of("random", false)).seed()).isEqualTo(40);
        assertRefused(recorded, Map.of("random", "yes"), "invalidSeed");
        assertRefused(recorded, Map.of("random", true, "config", Map.of("seed", 1)), "invalidSeed");
    }

    @Test
    void whatTheRequestNamesReplacesWhatIsRecordedAndConfigWins() {
        var recorded = recorded(
                "sdxl_image_fast",
                Map.of("prompt", "a fox in snow", "negative_prompt", "rain", "num_images", 3, "seed", 40));

        var again = again(
                recorded,
                Map.of(
                        "jobType",
                        "sdxl_image_high",
                        "projectId",
                        "other",
                        "metadata",
                        Map.of("prompt", "a street market", "seed", 1, "num_images", 6),
                        "config",
                        Map.of("seed", 2)));

        assertThat(again.type()).isEqualTo(JobType.SDXL_IMAGE_HIGH);
        assertThat(again.prompt()).isEqualTo("a street market");
        assertThat(again.negativePrompt()).contains("rain");
        assertThat(again.seed()).isEqualTo(2);
        assertThat(again.numImages()).isEqualTo(6);
        assertThat(again.clientIds().projectId()).contains("other");
        assertThat(again.clientIds().imageId()).contains("image-1");
    }

    @Test
    void nullTakesAwayWhatIsRecorded() {
        var recorded = recorded(
                "sdxl_image_fast",
                Map.of("prompt", "a fox", "negative_prompt", "rain", "num_images", 3, "reference_image_url", OWN));

        var again =
                again(recorded, Map.of("metadata", nothing("negative_prompt", "num_images", "reference_image_url")));

        assertThat(again.negativePrompt()).isEmpty();
        assertThat(again.numImages()).isEqualTo(1);
        assertThat(again.references()).isEmpty();
        assertThatThrownBy(() -> again(recorded, Map.of("metadata", nothing("prompt", "reference_image_url"))))
                .hasMessageContaining("prompt");
    }

    @Test
    void theAliasOfTheStrengthReplacesTheRecordedOne() {
        var recorded = recorded(
                "sdxl_image_fast", Map.of("prompt", "a fox", "reference_image_url", OWN, "reference_strength", 0.9));
        assertThat(again(recorded, Map.of("metadata", Map.of("similarity_strength", 0.2)))
                        .references())
                .singleElement()
                .satisfies(reference -> assertThat(reference.strength()).isEqualTo(0.2));
    }

    @Test
    void whatTheRecordedTypeIgnoredIsNotRecorded() {
        var recorded = recorded("image_fast", Map.of("prompt", "a fox", "negative_prompt", "rain", "seed", 3));

        assertThat(again(recorded, Map.of()).warnings()).isEmpty();
        assertThat(again(recorded, Map.of("jobType", "sdxl_image_fast")).negativePrompt())
                .isEmpty();
    }

    @Test
    void whatANewTypeDoesNotSupportIsIgnoredAndNamed() {
        var recorded = recorded(
                "sdxl_image_fast", Map.of("prompt", "a fox", "negative_prompt", "rain", "reference_image_url", OWN));

        var video = again(recorded, Map.of("jobType", "video_fast"));

        assertThat(video.references()).isEmpty();
        assertThat(video.warnings())
                .anySatisfy(warning -> assertThat(warning).startsWith("negative_prompt "))
                .anySatisfy(warning -> assertThat(warning).startsWith("reference_image_url "));
    }

    @Test
    void creditsOfferedForTheOneAreNotOfferedForTheOther() {
        var recorded = recorded("sdxl_image_fast", Map.of("prompt", "a fox", "credits", 5));
        assertThat(again(recorded, Map.of()).price()).isEqualTo(1);
        assertThat(again(recorded, Map.of("metadata", Map.of("credits", 3))).price())
                .isEqualTo(3);
    }

    @Test
    void aPictureThatIsGoneIsRefused() {
        var recorded = recorded("sdxl_image_fast", Map.of("prompt", "a fox", "reference_image_url", OWN));
        assertThatThrownBy(() -> new Regeneration(recorded, Map.of()).order(reader, url -> Optional.empty()))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        refused -> assertThat(refused.fields()).containsEntry("referenceImageError", true));
    }

    @Test
    void whatAnEnhancerWroteIsRenderedAgainWhilePromptSeedAndOutputStay() {
        var recorded = enhanced("image7b_fast_enhanced", "A fox at dawn.");
        var written = Optional.of(new JobOrder.Enhancement("A fox at dawn.", "qwen2.5-7b"));
        assertThat(again(recorded, Map.of()).enhancement()).isEqualTo(written);
        assertThat(again(recorded, Map.of("jobType", "image7b_high_enhanced")).enhancement())
                .isEqualTo(written);
        assertThat(again(job(again(recorded, Map.of())), Map.of()).enhancement())
                .as("from a job that has not been rendered yet")
                .isEqualTo(written);
        for (var change : List.<Map<String, Object>>of(
                Map.of("random", true),
                Map.of("metadata", Map.of("prompt", "a cat")),
                Map.of("jobType", "image_fast"),
                Map.of("jobType", "video7b_fast_enhanced"))) {
            assertThat(again(recorded, change).enhancement())
                    .as(change.toString())
                    .isEmpty();
        }
    }

    @Test
    void noClientCanSayWhatIsRenderedInPlaceOfThePrompt() {
        var enhancement = Map.of("prompt", "A cat.", "by", "me");
        var order = recorded("image7b_fast_enhanced", Map.of("prompt", "a fox", "enhancement", enhancement));
        assertThat(order.order().enhancement()).isEmpty();
        assertThat(again(order, Map.of("metadata", Map.of("enhancement", enhancement)))
                        .enhancement())
                .isEmpty();
    }

    @Test
    void imagesThatTheJobDoesNotHaveAreRefused() {
        var recorded = recorded("sdxl_image_fast", Map.of("prompt", "a fox", "num_images", 3));
        for (var index : List.<Object>of(-1, 3, 1.5, "1", true, 1L << 40, List.of())) {
            assertThatThrownBy(() -> again(recorded, Map.of("index", index)))
                    .isInstanceOf(Rejection.class)
                    .hasMessageContaining("0 to 2");
        }
        assertRefused(recorded, Map.of("index", 1, "config", Map.of("num_images", 3)), "invalidQuantity");
        assertThat(again(recorded, Map.of("index", 1, "config", Map.of("num_images", 1)))
                        .numImages())
                .isEqualTo(1);
        assertThatThrownBy(() -> again(recorded, Map.of("metadata", "a fox"))).isInstanceOf(Rejection.class);
    }

    private Job recorded(String type, Map<String, Object> metadata) {
        return job(reader.read(
                Map.of("jobType", type, "metadata", metadata, "projectId", "project-1", "imageId", "image-1"),
                RegenerationTest::source));
    }

    private static Job job(JobOrder order) {
        return job(order, Map.of());
    }

    private static Job job(JobOrder order, Map<String, Object> report) {
        return new Job(
                UUID.randomUUID(), "ann", order, Instant.EPOCH, new JobState.Queued(), 0, 1, report, List.of(), true);
    }

    private Job enhanced(String type, String text) {
        var order = recorded(type, Map.of("prompt", "a fox in snow")).order();
        return job(order, Map.of("enhanced_prompt", text, "enhanced_by", "qwen2.5-7b"));
    }

    private JobOrder again(Job recorded, Map<String, ?> request) {
        return new Regeneration(recorded, request).order(reader, RegenerationTest::source);
    }

    private static Optional<ReferenceSource> source(String url) {
        return Optional.of(PICTURE).filter(picture -> url.equals(OWN));
    }

    private static Map<String, @Nullable Object> nothing(String... fields) {
        var nothing = new HashMap<String, @Nullable Object>();
        Arrays.asList(fields).forEach(field -> nothing.put(field, null));
        return nothing;
    }

    private void assertRefused(Job recorded, Map<String, ?> request, String flag) {
        assertThatThrownBy(() -> again(recorded, request))
                .isInstanceOfSatisfying(
                        Rejection.class, refused -> assertThat(refused.fields()).containsEntry(flag, true));
    }
}
