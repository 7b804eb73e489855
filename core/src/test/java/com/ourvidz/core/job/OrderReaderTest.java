package com.ourvidz.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.money.PriceList;
import com.ourvidz.core.reference.ReferenceSource;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderReaderTest {

    private static final String OWN = "/references/mine";
    private static final UUID ID = UUID.randomUUID();

    private final OrderReader reader =
            new OrderReader(new PriceList(Map.of(JobType.SDXL_IMAGE_HIGH, 2L)), RandomGenerator.of("Random"));

    @Test
    void aPromptAloneIsAnOrderForOnePictureWithADrawnSeed() {
        var order = read("sdxl_image_fast", Map.of("prompt", "  a fox in snow "));

        assertThat(order.prompt()).isEqualTo("a fox in snow");
        assertThat(order.numImages()).isEqualTo(1);
        assertThat(order.price()).isEqualTo(1);
        assertThat(order.seed()).isBetween(0L, OrderReader.MAX_SEED);
        assertThat(order.warnings()).isEmpty();
    }

    @Test
    void drawnSeedsDiffer() {
        assertThat(read("sdxl_image_fast", Map.of("prompt", "a fox")).seed())
                .isNotEqualTo(read("sdxl_image_fast", Map.of("prompt", "a fox")).seed());
    }

    @Test
    void configWinsOverMetadata() {
        var order = read(Map.of(
                "jobType", "sdxl_image_fast",
                "metadata", Map.of("prompt", "a fox", "seed", 1, "num_images", 3),
                "config", Map.of("seed", 2, "num_images", 6)));

        assertThat(order.seed()).isEqualTo(2);
        assertThat(order.numImages()).isEqualTo(6);
    }

    @Test
    void theWholeRangeOfSeedsIsAccepted() {
        assertThat(read("sdxl_image_fast", Map.of("prompt", "a fox", "seed", 0)).seed())
                .isZero();
        assertThat(read("sdxl_image_fast", Map.of("prompt", "a fox", "seed", OrderReader.MAX_SEED))
                        .seed())
                .isEqualTo(9_007_199_254_740_985L);
    }

    @Test
    void line20SeedsOutsideTheRangeAreRefusedWithTheirFlag() {
        for (var seed : List.<Object>of(
                1.5,
                "x",
                "7",
                -1,
                1L << 60,
                OrderReader.MAX_SEED + 1,
                true,
                List.of(1),
                Double.NaN,
                BigInteger.TWO.pow(200))) {
            assertRefused("sdxl_image_fast", Map.of("prompt", "a fox", "seed", seed), "invalidSeed");
        }
    }

    @Test
    void line20QuantitiesOtherThanOneThreeOrSixAreRefusedWithTheirFlag() {
        for (var quantity : List.<Object>of(0, 2, 4, 7, -1, 1.5, "3", 1L << 40)) {
            assertRefused("sdxl_image_fast", Map.of("prompt", "a fox", "num_images", quantity), "invalidQuantity");
        }
    }

    @Test
    void line20StrengthsOutsideZeroToOneAreRefusedWithTheirFlag() {
        for (var strength : List.<Object>of(2, -0.1, Double.NaN, Double.POSITIVE_INFINITY, "0.5")) {
            assertRefused(
                    "sdxl_image_fast",
                    Map.of("prompt", "a fox", "reference_strength", strength),
                    "referenceImageError");
            assertRefused(
                    "video_fast", Map.of("prompt", "a fox", "similarity_strength", strength), "referenceImageError");
        }
        assertRefused("sdxl_image_fast", Map.of("prompt", "a fox", "reference_type", "mood"), "referenceImageError");
    }

    @Test
    void line20AnUnknownJobTypeIsAnsweredWithTheValidOnes() {
        for (var type : List.<Object>of("sdxl_image_slow", 7, "SDXL_IMAGE_FAST", "")) {
            assertThatThrownBy(() -> read(Map.of("jobType", type)))
                    .isInstanceOfSatisfying(
                            Rejection.class,
                            refused -> assertThat((List<?>) refused.fields().get("validJobTypes"))
                                    .hasSize(10));
        }
    }

    @Test
    void line27PromptsThatAreTooLongBlankOrNoTextAreRefused() {
        for (var prompt : List.of("x".repeat(4001), " \t\n", "", "a fox \ud800", "a\u0000fox")) {
            assertThatThrownBy(() -> read("sdxl_image_fast", Map.of("prompt", prompt)))
                    .isInstanceOf(Rejection.class);
        }
        assertThat(read("sdxl_image_fast", Map.of("prompt", "😀".repeat(4000))).prompt())
                .hasSize(8000);
    }

    @Test
    void referencesFromHostsThatAreNotAuthorisedAreRefused() {
        assertRefused("sdxl_image_fast", reference("reference_image_url"), "referenceImageError");
        assertRefused("video_fast", reference("start_reference_image_url"), "referenceImageError");
    }

    @Test
    void whatIsNoTextIsNoReferenceEither() {
        for (var url : List.<Object>of(7, "", true, List.of(OWN))) {
            assertRefused(
                    "sdxl_image_fast", Map.of("prompt", "a fox", "reference_image_url", url), "referenceImageError");
        }
    }

    @Test
    void aReferenceIsForStyleAtHalfStrengthUnlessTheOrderSaysOtherwise() {
        assertThat(read("sdxl_image_fast", Map.of("prompt", "a fox", "reference_image_url", OWN))
                        .references())
                .containsExactly(new JobReference(
                        JobReference.Slot.REFERENCE,
                        Optional.of(JobReference.Type.STYLE),
                        0.5,
                        new ReferenceSource.Uploaded(ID)));
        assertThat(read(
                                "sdxl_image_fast",
                                Map.of(
                                        "prompt",
                                        "a fox",
                                        "reference_image_url",
                                        OWN,
                                        "reference_type",
                                        "composition",
                                        "reference_strength",
                                        0.7,
                                        "similarity_strength",
                                        0.1))
                        .references())
                .singleElement()
                .satisfies(reference -> {
                    assertThat(reference.type()).contains(JobReference.Type.COMPOSITION);
                    assertThat(reference.strength()).isEqualTo(0.7);
                });
    }

    @Test
    void aVideoHasFramesAndTheAliasOfTheStrengthCountsWhenItStandsAlone() {
        var order = read(
                "video_fast",
                Map.of(
                        "prompt", "a fox",
                        "start_reference_image_url", OWN,
                        "end_reference_image_url", OWN,
                        "reference_image_url", OWN,
                        "similarity_strength", 1));

        assertThat(order.references())
                .extracting(JobReference::slot)
                .containsExactly(JobReference.Slot.START, JobReference.Slot.END);
        assertThat(order.references()).allSatisfy(reference -> {
            assertThat(reference.type()).isEmpty();
            assertThat(reference.strength()).isEqualTo(1);
        });
        assertThat(order.warnings()).singleElement().asString().startsWith("reference_image_url ");
    }

    @Test
    void whatStartsFromAPictureNeedsNoPrompt() {
        assertThat(read("sdxl_image_fast", Map.of("reference_image_url", OWN)).prompt())
                .isEmpty();
        assertThat(read("video_fast", Map.of("prompt", " ", "start_reference_image_url", OWN))
                        .prompt())
                .isEmpty();
        assertThatThrownBy(() -> read("video_fast", Map.of("end_reference_image_url", OWN)))
                .isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> read("image_fast", Map.of("reference_image_url", OWN)))
                .isInstanceOf(Rejection.class);
    }

    @Test
    void fieldsThatTheJobTypeDoesNotSupportAreIgnoredAndNamed() {
        var order = read(
                "image_fast",
                Map.of(
                        "prompt", "a fox",
                        "seed", "not even a number",
                        "num_images", 5,
                        "negative_prompt", "blurry",
                        "reference_image_url", "https://example.com/fox.png"));

        assertThat(order.warnings())
                .anySatisfy(warning -> assertThat(warning).startsWith("seed "))
                .anySatisfy(warning -> assertThat(warning).startsWith("num_images "))
                .anySatisfy(warning -> assertThat(warning).startsWith("negative_prompt "))
                .anySatisfy(warning -> assertThat(warning).startsWith("reference_image_url "))
                .hasSize(4);
        assertThat(order.numImages()).isEqualTo(1);
        assertThat(order.negativePrompt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void lessThanThePriceIsIgnored(long credits) {
        assertThat(read("sdxl_image_high", Map.of("prompt", "a fox", "credits", credits))
                        .price())
                .isEqualTo(2);
    }

    @Test
    void moreThanThePriceIsChargedAsGiven() {
        assertThat(read("sdxl_image_high", Map.of("prompt", "a fox", "credits", 5))
                        .price())
                .isEqualTo(5);
    }

    @Test
    void onlyTheOwnBucketMayBeNamed() {
        assertThat(read("sdxl_image_fast", Map.of("prompt", "a fox", "bucket", "sdxl_image_fast"))
                        .warnings())
                .isEmpty();
        assertThatThrownBy(() -> read("sdxl_image_fast", Map.of("prompt", "a fox", "bucket", "../secrets")))
                .isInstanceOf(Rejection.class);
    }

    @Test
    void clientIdsAreLettersDigitsDashesAndUnderscores() {
        var body = new HashMap<String, @Nullable Object>(
                Map.of("jobType", "sdxl_image_fast", "metadata", Map.of("prompt", "a fox"), "projectId", "p_1-A"));
        body.put("videoId", null);

        assertThat(read(body).clientIds().projectId()).contains("p_1-A");

        body.put("imageId", "no spaces");
        assertThatThrownBy(() -> read(body)).hasMessageContaining("imageId");
    }

    @Test
    void line23WhatAClientMayNotSetIsIgnored() {
        var order = read(
                "sdxl_image_fast", Map.of("prompt", "a fox", "user_id", "someone", "status", "completed", "price", 0));

        assertThat(order.metadata()).containsOnlyKeys("prompt");
        assertThat(order.price()).isEqualTo(1);
    }

    private static Map<String, Object> reference(String field) {
        return Map.of("prompt", "a fox", field, "https://example.com/fox.png");
    }

    private JobOrder read(String type, Map<String, Object> metadata) {
        return read(Map.of("jobType", type, "metadata", metadata));
    }

    private JobOrder read(Map<String, ?> body) {
        return reader.read(
                body, url -> url.equals(OWN) ? Optional.of(new ReferenceSource.Uploaded(ID)) : Optional.empty());
    }

    private void assertRefused(String type, Map<String, Object> metadata, String flag) {
        assertThatThrownBy(() -> read(type, metadata))
                .isInstanceOfSatisfying(
                        Rejection.class, refused -> assertThat(refused.fields()).containsEntry(flag, true));
    }
}
