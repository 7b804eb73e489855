package com.ourvidz.enhancer;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.ourvidz.enhancer.Enhancer.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real HTTP server that streams chat completions as OpenAI's does, and fails to in many ways. */
class EndpointEnhancerTest {

    private static final String CHAT = "/v1/chat/completions";

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void theAnswerIsStreamedAndTheServerIsToldWhatTheSettingsSay() throws Exception {
        answers(streamed("A red lighthouse", " on a cliff", " at dusk."));
        var heard = new ArrayList<String>();
        var enhancer = enhancer("KEY", "secret", "TEMPERATURE", "0.4", "TOKENS", "99", "LANGUAGE", "zh");
        assertThat(enhancer.enhance(new EnhanceRequest("a lighthouse", Language.ZH, true, 7), heard::add))
                .isEqualTo("A red lighthouse on a cliff at dusk.");
        assertThat(enhancer.name()).isEqualTo("qwen2.5:7b");
        assertThat(heard).isNotEmpty();
        server.verify(postRequestedFor(urlEqualTo(CHAT))
                .withHeader("Authorization", equalTo("Bearer secret"))
                .withRequestBody(matchingJsonPath("$.model", equalTo("qwen2.5:7b")))
                .withRequestBody(matchingJsonPath("$.temperature", equalTo("0.4")))
                .withRequestBody(matchingJsonPath("$.max_tokens", equalTo("99")))
                .withRequestBody(matchingJsonPath("$.seed", equalTo("7")))
                .withRequestBody(matchingJsonPath("$.stream", equalTo("true")))
                .withRequestBody(matchingJsonPath("$.messages[0].role", equalTo("system")))
                .withRequestBody(matchingJsonPath("$.messages[0].content", containing("simplified Chinese")))
                .withRequestBody(matchingJsonPath("$.messages[1].content", equalTo("a lighthouse"))));
    }

    @Test
    void whatWasCutOffEndsWithItsLastWholeSentence() throws Exception {
        answers(aResponse()
                .withHeader("Content-Type", "text/event-stream")
                .withBody(event("A lighthouse at dusk. The waves are", "null") + event("", "\"length\"")
                        + "data: [DONE]\n\n"));
        assertThat(enhancer().enhance(Settings.request("a lighthouse"), Progress.NONE))
                .isEqualTo("A lighthouse at dusk.");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsHungUpOn() {
        answers(streamed("A lighthouse.").withFixedDelay(30_000));
        var begin = System.nanoTime();
        fails(enhancer("TIMEOUT", "1"), "after 1 s");
        assertThat((System.nanoTime() - begin) / 1e9).isLessThan(25);
    }

    @Test
    void aServerThatBeginsAndDoesNotGoOnInTimeIsHungUpOn() {
        answers(streamed("A", " lighthouse", " at", " dusk", ".").withChunkedDribbleDelay(50, 60_000));
        fails(enhancer("TIMEOUT", "1"), "after 1 s");
    }

    @Test
    void whoListensCanEndTheWorkAtAnyTime() {
        answers(streamed("A lighthouse.").withFixedDelay(30_000));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> enhancer().enhance(Settings.request("a lighthouse"), text -> {
                    throw new IllegalStateException("cancelled");
                }));
    }

    @Test
    void brokenAnswersAreFailuresThatTheSecondTryMayMend() {
        answers(aResponse().withStatus(500).withBody("{\"error\":{\"message\":\"out of memory\"}}"));
        fails(enhancer(), "the server failed");
        answers(aResponse().withStatus(404).withBody("no such model"));
        fails(enhancer(), "the server failed");
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        fails(enhancer(), "the server failed");
        answers(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
        fails(enhancer(), "");
        answers(aResponse()
                .withHeader("Content-Type", "text/event-stream")
                .withBody("data: {\"choices\": [{\"del\n\n"));
        fails(enhancer(), "");
        answers(aResponse().withHeader("Content-Type", "text/html").withBody("<html>Bad gateway</html>"));
        fails(enhancer(), "");
        server.stop();
        fails(enhancer(), "the server failed");
    }

    @Test
    void anEmptyAnswerAndARefusalAreFailures() {
        answers(streamed());
        fails(enhancer(), "empty");
        answers(streamed("  \n", "**", "\"\""));
        fails(enhancer(), "empty");
        answers(streamed("I'm sorry, but I can't help with that."));
        fails(enhancer(), "declined");
    }

    private void answers(ResponseDefinitionBuilder answer) {
        server.resetAll();
        server.stubFor(post(CHAT).willReturn(answer));
    }

    private static void fails(Enhancer enhancer, String saying) {
        assertThatExceptionOfType(EnhancerException.class)
                .isThrownBy(() -> enhancer.enhance(Settings.request("a lighthouse"), Progress.NONE))
                .withMessageContaining(saying);
    }

    private static ResponseDefinitionBuilder streamed(String... pieces) {
        var events = Stream.of(pieces).map(piece -> event(piece, "null")).collect(Collectors.joining());
        return aResponse()
                .withHeader("Content-Type", "text/event-stream")
                .withBody(events + event("", "\"stop\"") + "data: [DONE]\n\n");
    }

    private static String event(String piece, String finishReason) {
        var escaped = piece.replace("\"", "\\\"").replace("\n", "\\n");
        return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"qwen\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"" + escaped + "\"},\"finish_reason\":" + finishReason + "}]}\n\n";
    }

    private EndpointEnhancer enhancer(String... more) {
        var given = new ArrayList<>(List.of(
                "URL", server.isRunning() ? server.baseUrl() + "/v1" : "http://127.0.0.1:9/v1", "NAME", "qwen2.5:7b"));
        given.addAll(List.of(more));
        var settings = Settings.of(given.toArray(String[]::new));
        return new EndpointEnhancer(
                (EnhancerSettings.Source.Endpoint) settings.source(), settings, Instruction.load(Optional.empty()));
    }
}
