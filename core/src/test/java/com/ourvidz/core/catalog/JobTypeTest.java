package com.ourvidz.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobTypeTest {

    /** The contract's table, column by column; only written out here so that a slip in the code's table shows. */
    private static final String CONTRACT = """
            sdxl_image_fast | sdxl_queue | sdxl | image/png 1024x1024 x1 | 15 | 6.0 | 5242880 | 4
            sdxl_image_high | sdxl_queue | sdxl | image/png 1024x1024 x1 | 25 | 7.5 | 10485760 | 8
            image_fast | wan_queue | wan_2_1_1_3b | image/png 480x832 x1 | 25 | 6.5 | 5242880 | 25
            image_high | wan_queue | wan_2_1_1_3b | image/png 480x832 x1 | 50 | 7.5 | 10485760 | 40
            video_fast | wan_queue | wan_2_1_1_3b | video/mp4 480x832 x83 | 25 | 6.5 | 52428800 | 135
            video_high | wan_queue | wan_2_1_1_3b | video/mp4 480x832 x83 | 50 | 7.5 | 209715200 | 180
            image7b_fast_enhanced | wan_queue | wan_2_1_1_3b | image/png 480x832 x1 | 25 | 6.5 | 20971520 | 85
            image7b_high_enhanced | wan_queue | wan_2_1_1_3b | image/png 480x832 x1 | 50 | 7.5 | 20971520 | 100
            video7b_fast_enhanced | wan_queue | wan_2_1_1_3b | video/mp4 480x832 x83 | 25 | 6.5 | 104857600 | 195
            video7b_high_enhanced | wan_queue | wan_2_1_1_3b | video/mp4 480x832 x83 | 50 | 7.5 | 104857600 | 240
            """;

    @Test
    void theTableIsTheContracts() {
        assertThat(Stream.of(JobType.values()).map(JobTypeTest::row).collect(Collectors.joining()))
                .isEqualTo(CONTRACT);
    }

    @Test
    void aVideoLastsAlmostFiveSecondsAndAPictureNoTime() {
        assertThat(JobType.VIDEO_FAST.output().duration().orElseThrow()).isEqualTo(4.98);
        assertThat(JobType.IMAGE_FAST.output().duration()).isEmpty();
    }

    @Test
    void onlySdxlHasQuantitiesSeedsAndNegativePrompts() {
        assertThat(JobType.values()).allSatisfy(type -> {
            var sdxl = type.id().startsWith("sdxl");
            assertThat(type.seedControlSupported()).isEqualTo(sdxl);
            assertThat(type.negativePromptSupported()).isEqualTo(sdxl);
            assertThat(type.flexibleQuantitiesSupported()).isEqualTo(sdxl);
        });
    }

    @Test
    void referencesAreForSdxlAndVideos() {
        assertThat(JobType.values())
                .allSatisfy(type -> assertThat(type.referenceImageSupported())
                        .isEqualTo(type.id().startsWith("sdxl") || type.id().startsWith("video")));
    }

    @Test
    void theEnhancedOnesAreEnhanced() {
        assertThat(JobType.values())
                .allSatisfy(
                        type -> assertThat(type.enhanced()).isEqualTo(type.id().endsWith("enhanced")));
    }

    private static String row(JobType type) {
        var output = type.output();
        return "%s | %s | %s | %s %dx%d x%d | %d | %.1f | %d | %d%n"
                .formatted(
                        type.id(),
                        type.queue().id(),
                        type.queue().modelVariant(),
                        output.mediaType(),
                        output.width(),
                        output.height(),
                        output.frames(),
                        type.steps(),
                        type.guidanceScale(),
                        type.bucketLimit(),
                        type.expectedSeconds())
                .toLowerCase(Locale.ROOT);
    }
}
