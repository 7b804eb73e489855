package com.ourvidz.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.LocalEndpoint;
import com.ourvidz.core.webhook.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebReceiverTest {

    private static final String HOST = "hooks.example";
    private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.215.14");
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private final LocalEndpoint server = new LocalEndpoint();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f.1",
                "169.254.169.254",
                "10.0.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "[::1]",
                "[fc00::1]",
                "[fe80::1]",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "localhost"
            })
    void line70AnInternalAddressIsRefusedAtRegistrationAndNothingIsSentThere(String host) throws IOException {
        try (var receiver = new WebReceiver(Set.of())) {
            var url = "https://" + host + ":" + server.port() + "/hook";

            assertThat(receiver.objection(url)).isPresent();
            assertThat(receiver.post(url, Map.of(), BODY).status()).isEmpty();
        }
        assertThat(server.received()).isEmpty();
    }

    @Test
    void line70ANameThatLeadsInsideByTheTimeOfSendingIsRefusedThen() throws IOException {
        var leadsTo = new InetAddress[] {PUBLIC};
        try (var receiver =
                new WebReceiver(Set.of(), host -> leadsTo, PublicAddresses::contain, Duration.ofSeconds(10))) {
            var url = "https://" + HOST + ":" + server.port() + "/hook";
            assertThat(receiver.objection(url)).isEmpty();

            leadsTo[0] = LOCAL;

            assertThat(receiver.post(url, Map.of(), BODY))
                    .isEqualTo(Outcome.unanswered("Not sent: the host has an address that is not public."));
            assertThat(receiver.objection(url)).contains("url must lead to a public address.");
        }
        assertThat(server.received()).isEmpty();
    }

    @Test
    void line70OneInternalAddressAmongPublicOnesSpoilsThemAll() throws IOException {
        try (var receiver = new WebReceiver(
                Set.of(),
                host -> new InetAddress[] {PUBLIC, LOCAL},
                PublicAddresses::contain,
                Duration.ofSeconds(10))) {
            assertThat(receiver.objection("https://" + HOST)).isPresent();
            assertThat(receiver.post("https://" + HOST, Map.of(), BODY).answer())
                    .isEqualTo("Not sent: the host has an address that is not public.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example/",
                "ftp://hooks.example/",
                "//hooks.example/",
                "hooks.example",
                "",
                "https://",
                "https://user:password@hooks.example/",
                "https://hooks.example/#fragment",
                "https://hooks.example/a b",
                "file:///etc/passwd"
            })
    void whatIsNoHttpsUrlOfAHostIsRefused(String url) throws IOException {
        try (var receiver = publicHost()) {
            assertThat(receiver.objection(url)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.example", "https://hooks.example:8443/a/b?c=d", "https://HOOKS.example/"})
    void anHttpsUrlOfAPublicHostIsAccepted(String url) throws IOException {
        try (var receiver = publicHost()) {
            assertThat(receiver.objection(url)).isEmpty();
        }
    }

    @Test
    void aHostThatCannotBeLookedUpNowMayBeRegistered() throws IOException {
        try (var receiver = new WebReceiver(
                Set.of(),
                host -> {
                    throw new UnknownHostException(host);
                },
                PublicAddresses::contain,
                Duration.ofSeconds(10))) {
            assertThat(receiver.objection("https://" + HOST)).isEmpty();
            assertThat(receiver.post("https://" + HOST, Map.of(), BODY))
                    .isEqualTo(Outcome.unanswered("The host's name is not known."));
        }
    }

    @Test
    void aHostThatTheOperatorVouchesForMayBeInsideAndSpeakHttp() throws IOException {
        try (var receiver = vouched()) {
            assertThat(receiver.objection(server.url("/hook"))).isEmpty();
            assertThat(receiver.post(server.url("/hook"), Map.of("webhook-id", "7"), BODY)
                            .status())
                    .contains(204);
        }
        assertThat(server.received()).singleElement().satisfies(request -> {
            assertThat(request.headers().getFirst("webhook-id")).isEqualTo("7");
            assertThat(request.body()).isEqualTo("{}");
        });
    }

    @Test
    void ofALongAnswerTheBeginningIsReadAsOneLineOfText() throws IOException {
        server.answer("/hook", exchange -> {
            exchange.sendResponseHeaders(500, 0);
            var line = new byte[1 << 16];
            Arrays.fill(line, (byte) 'x');
            line[1] = '\n';
            line[2] = 0;
            while (true) {
                exchange.getResponseBody().write(line);
            }
        });
        try (var receiver = vouched()) {
            var outcome = receiver.post(server.url("/hook"), Map.of(), BODY);

            assertThat(outcome.status()).contains(500);
            assertThat(outcome.answer()).startsWith("x x").hasSizeBetween(1000, 1024);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUp() throws IOException {
        var never = new CountDownLatch(1);
        server.answer("/hook", exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (var receiver = new WebReceiver(
                Set.of("127.0.0.1"), InetAddress::getAllByName, PublicAddresses::contain, Duration.ofMillis(300))) {
            assertThat(receiver.post(server.url("/hook"), Map.of(), BODY))
                    .isEqualTo(Outcome.unanswered("No answer in time."));
        } finally {
            never.countDown();
        }
    }

    private static WebReceiver publicHost() {
        return new WebReceiver(
                Set.of(), host -> new InetAddress[] {PUBLIC}, PublicAddresses::contain, Duration.ofSeconds(10));
    }

    private static WebReceiver vouched() {
        return new WebReceiver(Set.of("127.0.0.1"));
    }
}
