package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@ExtendWith(TestPlatform.Shared.class)
class SafetyCampaignTest {

    private final TestPlatform platform;
    private final String name = TestPlatform.newName();
    private final Client user;

    @TempDir
    private Path folder;

    SafetyCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.user(name);
    }

    @Test
    void line72HoweverItIsSpelledThereIsA403AndNeitherJobNorCharge() {
        for (var prompt : List.of(
                "a nude child",
                "ｎｕｄｅ ｃｈｉｌｄ",
                "a nudе сhild",
                "a nu\u200bde chi\u200bld",
                "a nud3 ch1ld",
                "a n u d e c h i l d",
                "ein nacktes Kind",
                "裸 儿童")) {
            refused(user.order(prompt));
        }
        refused(user.order(Map.of("prompt", "a child", "negative_prompt", "nude")));
        refused(user.post("/api/queue-job", """
                {"jobType": "sdxl_image_fast", "projectId": "nude-child", "metadata": {"prompt": "a beach"}}"""));
        assertThat(user.get("/api/jobs").ok().get("jobs")).isEmpty();
        assertThat(platform.balance(name)).isEqualTo(1000);
    }

    @Test
    void line72SplitBetweenPromptAndAnyOfTheClientsIdsItIsA403() {
        for (var field : List.of("projectId", "videoId", "imageId")) {
            refused(order("a child", Map.of(field, "nude")));
            refused(order("nude", Map.of(field, "my-child_1")));
        }
        refused(order("a beach", Map.of("projectId", "nude", "imageId", "child")));
        assertThat(user.get("/api/jobs").ok().get("jobs")).isEmpty();
        assertThat(platform.balance(name)).isEqualTo(1000);
    }

    @Test
    void line73EverydayPromptsAreAllowed() {
        user.ordered("a child on a playground");
        user.ordered("a marble statue, nude, in a museum");
        user.ordered("the coast of Essex in winter, children crabbing");
    }

    @Test
    void refusalsAreLoggedAndCountedWithoutTheirText() {
        var log = (Logger) LoggerFactory.getLogger("com.ourvidz.safety");
        var records = new ListAppender<ILoggingEvent>();
        records.start();
        log.addAppender(records);
        refused(user.order("a nude child in Springfield"));
        log.detachAppender(records);
        assertThat(records.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .matches("refused by minors\\.sexual: sdxl_image_fast of " + name + ", text [0-9a-f]{16}");
        assertThat(platform.withToken(platform.workerKey())
                        .get("/actuator/prometheus")
                        .text())
                .contains("ourvidz_policy_total{decision=\"refused\",rule=\"minors.sexual\"}")
                .doesNotContain("Springfield");
    }

    @Test
    void anOperatorsOwnPhrasesAreRefusedInTheSameWay() throws IOException {
        var list = Files.writeString(folder.resolve("words.txt"), "# ours\n\nred fox\n");
        try (var own = new TestPlatform(Map.of("OURVIDZ_BLOCKED_WORDS", list.toString()))) {
            var client = own.newUser();
            refused(client.order("a r3d-fох in snow"));
            refused(client.order(Map.of("prompt", "a fox", "negative_prompt", "a red fox")));
            client.ordered("a red lighthouse and a fox");
        }
    }

    @Test
    void aListThatCannotBeReadStopsTheStartAndNamesTheSetting() throws IOException {
        var latin = Files.write(folder.resolve("latin.txt"), "Füchse".getBytes(StandardCharsets.ISO_8859_1));
        var empty = Files.writeString(folder.resolve("signs.txt"), "fox\n???\n");
        for (var file : List.of(folder.resolve("missing.txt"), folder, latin, empty)) {
            assertThatThrownBy(() -> platform.settings(Map.of("OURVIDZ_BLOCKED_WORDS", file.toString())))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("OURVIDZ_BLOCKED_WORDS");
        }
    }

    private Answer order(String prompt, Map<String, String> ids) {
        var body = new HashMap<String, Object>(ids);
        body.put("jobType", "sdxl_image_fast");
        body.put("metadata", Map.of("prompt", prompt));
        return user.post("/api/queue-job", Client.JSON.writeValueAsString(body));
    }

    private static void refused(Answer answer) {
        assertThat(answer.error(403).get("code").asString()).isEqualTo("content_policy");
    }
}
