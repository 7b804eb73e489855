package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestPlatform.Shared.class)
class JobTypeTest {

    private final TestPlatform platform;

    JobTypeTest(TestPlatform platform) {
        this.platform = platform;
    }

    @Test
    void allTypesAreListedInTheirOrder() {
        assertThat(types()).extracting(type -> type.get("id").asString()).containsExactlyElementsOf(JobType.ids());
    }

    @Test
    void aPictureTypeSaysWhatItCostsTakesAndSupports() {
        var type = type("sdxl_image_fast");
        assertThat(type.get("group").asString()).isEqualTo("image");
        assertThat(type.get("expected_seconds").asInt()).isEqualTo(4);
        assertThat(type.get("price").asInt()).isEqualTo(1);
        assertThat(type.get("quantities").toString()).isEqualTo("[1,3,6]");
        assertThat(type.get("negative_prompt").asBoolean()).isTrue();
        assertThat(type.get("seed").asBoolean()).isTrue();
        assertThat(type.get("references").toString()).isEqualTo("""
                [{"id":"style","strength_from":0.3,"strength_to":0.8},\
                {"id":"composition","strength_from":0.5,"strength_to":0.9},\
                {"id":"character","strength_from":0.4,"strength_to":0.7}]""");
        assertThat(type.has("duration")).isFalse();
    }

    @Test
    void anEnhancedVideoNamesItsPlainTypeAndItsFrames() {
        var type = type("video7b_high_enhanced");
        assertThat(type.get("group").asString()).isEqualTo("enhanced");
        assertThat(type.get("kind").asString()).isEqualTo("video");
        assertThat(type.get("plain_type").asString()).isEqualTo("video_high");
        assertThat(type.get("duration").asDouble()).isEqualTo(4.98);
        assertThat(type.at("/references/1/id").asString()).isEqualTo("end");
        assertThat(type.get("quantities").toString()).isEqualTo("[1]");
    }

    @Test
    void strangersAreToldNothing() {
        platform.stranger().get("/api/job-types").error(401);
    }

    private JsonNode type(String id) {
        return StreamSupport.stream(types().spliterator(), false)
                .filter(type -> type.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Iterable<JsonNode> types() {
        return platform.newUser().get("/api/job-types").ok().get("job_types");
    }
}
