package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP answer, with the checks that many tests share. */
record Answer(HttpResponse<byte[]> response) {

    private static final JsonMapper JSON = new JsonMapper();

    int status() {
        return response.statusCode();
    }

    byte[] bytes() {
        return response.body();
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
        return JSON.readTree(response.body());
    }

    JsonNode ok() {
        assertThat(status()).as(text()).isEqualTo(200);
        return json();
    }

    /** That this is the documented error format with this status, and tells nothing of the inside. */
    JsonNode error(int status) {
        assertThat(status()).as(text()).isEqualTo(status);
        assertThat(header("Content-Type")).isEqualTo("application/json");
        assertThat(json().get("success").asBoolean()).isFalse();
        assertThat(json().get("error").asString()).isNotBlank();
        assertThat(text()).doesNotContain("Exception", "com.ourvidz", "org.springframework", "java.");
        return json();
    }
}
