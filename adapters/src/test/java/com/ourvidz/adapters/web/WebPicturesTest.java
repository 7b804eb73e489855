package com.ourvidz.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.reference.References;
import com.ourvidz.core.reference.RemotePictures.RefusedException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server on this machine plays the public hosts; everything else about names and addresses is as in the product. */
class WebPicturesTest {

    private static final String HOST = "pictures.example";
    private static final String OTHER = "more.example";
    private static final String INSIDE = "inside.example";
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("127.0.0.1");
    private static final byte[] FILE = "a fox in snow".getBytes(StandardCharsets.US_ASCII);

    /** What names stand for; names that are not here are looked up as ever. */
    private final Map<String, InetAddress[]> names = new ConcurrentHashMap<>();

    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(PUBLIC, 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        names.put(HOST, new InetAddress[] {PUBLIC});
        names.put(OTHER, new InetAddress[] {PUBLIC});
        answer("/fox.png", exchange -> send(exchange, 200, FILE));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileOfAnAuthorisedHostIsFetched() throws IOException {
        assertThat(fetch(url("/fox.png?size=big"))).isEqualTo(FILE);
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.getRequestURI()).hasToString("/fox.png?size=big");
            assertThat(request.getRequestHeaders()).doesNotContainKeys("Cookie", "Authorization", "Accept-encoding");
        });
    }

    @Test
    void aRedirectToAnAuthorisedHostIsFollowedAFewTimes() throws IOException {
        redirect("/here", "//" + OTHER + "/there");
        redirect("/there", "/fox.png");
        redirect("/loop", "/loop");

        assertThat(fetch(url("/here"))).isEqualTo(FILE);
        assertThatThrownBy(() -> fetch(url("/loop")))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(RefusedException.class);
        assertThat(requests).hasSizeLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "169.254.169.254", "10.0.0.1", "100.64.0.1",
                        "192.0.0.8",
                "198.18.0.1", "240.0.0.1", "0.0.0.0", "224.0.0.1", "[::1]", "[::]", "[fc00::1]", "[fe80::1]",
                        "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]", "[2001::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "localhost"
            })
    void line33AHostInSpecialPurposeSpaceIsRefusedAndNothingIsDialled(String host) throws IOException {
        try (var pictures = new WebPictures(
                destinations(
                        Set.of(host),
                        host.equals("localhost") ? InetAddress::getAllByName : this::lookUp,
                        PublicAddresses::contain),
                Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> pictures.fetch("http://" + host + "/fox.png"));
        }
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost", "169.254.169.254"
            })
    void line33SuchAHostIsNotEvenAllowedInAnOrder(String host) throws IOException {
        try (var pictures = new WebPictures(Set.of(host))) {
            assertThat(pictures.allowed("http://" + host + "/fox.png")).isFalse();
        }
    }

    @Test
    void line33ANameThatStandsForAnInnerAddressIsRefused() {
        names.put(HOST, new InetAddress[] {InetAddress.ofLiteral("169.254.169.254")});

        assertThatThrownBy(() -> fetch(url("/fox.png"))).isInstanceOf(RefusedException.class);
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://inside.example/fox.png",
                "http://127.0.0.2/",
                "http://elsewhere.example/",
                "file:///etc/passwd",
                "http://pictures.example:22/",
                "http://user@pictures.example/",
                "gopher://pictures.example/"
            })
    void line34ARedirectToWhereTheClientMayNotGoIsRefused(String target) {
        names.put(INSIDE, new InetAddress[] {InetAddress.ofLiteral("10.0.0.1")});
        redirect("/here", target);

        assertThatThrownBy(() -> fetch(url("/here"))).isInstanceOf(RefusedException.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void line35OnlyTheVettedAddressIsDialledHoweverTheNameChanges() throws IOException {
        Queue<InetAddress> answers = new ArrayDeque<>(List.of(PUBLIC, InetAddress.ofLiteral("127.0.0.9")));

        try (var pictures = pictures(host -> {
            lookedUp.add(host);
            return new InetAddress[] {answers.remove()};
        })) {
            assertThat(pictures.fetch(url("/fox.png"))).isEqualTo(FILE);
        }
        assertThat(lookedUp).containsExactly(HOST);
    }

    @Test
    void line36OneInnerAddressAmongOthersSpoilsThemAll() throws IOException {
        names.put(HOST, new InetAddress[] {PUBLIC, InetAddress.ofLiteral("10.0.0.1")});

        assertThatThrownBy(() -> fetch(url("/fox.png"))).isInstanceOf(RefusedException.class);
        try (var pictures = pictures(this::lookUp)) {
            assertThat(pictures.allowed(url("/fox.png"))).isFalse();
        }
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "jar:http://pictures.example/a.jar!/fox.png",
                "ftp://pictures.example/fox.png",
                "gopher://pictures.example/",
                "http://user@pictures.example/",
                "http://user:pw@pictures.example/",
                "http://pictures.example:22/",
                "http://pictures.example:81/",
                "https://pictures.example:80/",
                "//pictures.example/",
                "http://elsewhere.example/",
                "http://pictures.example.evil.example/",
                "http://evil.example\\@pictures.example/",
                "http://evil.example#@pictures.example/",
                "http://pictures.example%00.evil.example/",
                "http://pictures.example./",
                "http://pictures.ex\u0430mple/",
                "http:///fox.png",
                "http:pictures.example",
                "",
                " ",
                "fox.png",
                "data:image/png;base64,AAAA",
                "http://pictures.example/a b",
                "http://pictures.example/\r\nX: y"
            })
    void line37OtherSchemesUserInfoOddPortsAndOtherHostsAreRefused(String url) throws IOException {
        try (var pictures = new WebPictures(Set.of(HOST))) {
            assertThat(pictures.allowed(url)).isFalse();
            assertThatThrownBy(() -> pictures.fetch(url)).isInstanceOf(RefusedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pictures.example/fox.png",
                "https://pictures.example:443/",
                "http://PICTURES.EXAMPLE:80/a?b=c"
            })
    void anAuthorisedHostIsAllowedAlsoWhileItsNameCannotBeLookedUp(String url) throws IOException {
        try (var pictures = new WebPictures(
                new Destinations(
                        Set.of(HOST),
                        new VettedNames(
                                host -> {
                                    throw new UnknownHostException(host);
                                },
                                (host, address) -> PublicAddresses.contain(address)),
                        scheme -> scheme.equals("https") ? 443 : 80),
                Duration.ofSeconds(20))) {
            assertThat(pictures.allowed(url)).isTrue();
            assertThatThrownBy(() -> pictures.fetch(url))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(RefusedException.class);
        }
    }

    @Test
    void line38AnEndlessBodyIsCutAtTheCap() {
        answer("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        });

        var begun = System.nanoTime();

        assertThatThrownBy(() -> fetch(url("/endless"))).isInstanceOf(IOException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void line38TheCapItselfIsAllowedAndOneMoreIsNot() throws IOException {
        answer("/cap", exchange -> send(exchange, 200, new byte[References.MAX_BYTES]));
        answer("/more", exchange -> send(exchange, 200, new byte[References.MAX_BYTES + 1]));

        assertThat(fetch(url("/cap"))).hasSize(References.MAX_BYTES);
        assertThatThrownBy(() -> fetch(url("/more"))).isInstanceOf(IOException.class);
    }

    @Test
    void line38ASlowBodyIsCutAtTheLimitForTheWholeDownload() {
        answer("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange);
        });
        var begun = System.nanoTime();

        assertThatThrownBy(() -> fetch(url("/slow"), Duration.ofMillis(500))).isInstanceOf(IOException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void line38AGzipBombStaysPacked() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[3 * References.MAX_BYTES]);
        }
        answer("/bomb", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            send(exchange, 200, packed.toByteArray());
        });

        assertThat(fetch(url("/bomb"))).isEqualTo(packed.toByteArray());
    }

    @Test
    void line38WhatCannotBeHadIsAlwaysTheSame() {
        answer("/gone", exchange -> send(exchange, 404, FILE));
        answer("/broken", exchange -> send(exchange, 500, FILE));
        answer("/nowhere", exchange -> send(exchange, 302, FILE));
        var port = server.getAddress().getPort();

        for (var path : List.of("/gone", "/broken", "/nowhere", "/no/such")) {
            assertThatThrownBy(() -> fetch(url(path)))
                    .hasMessage("not to be had")
                    .isNotInstanceOf(RefusedException.class);
        }
        server.stop(0);
        assertThatThrownBy(() -> fetch("http://" + HOST + ":" + port + "/closed"))
                .hasMessage("not to be had");
    }

    private byte[] fetch(String url) throws IOException {
        return fetch(url, Duration.ofSeconds(20));
    }

    private byte[] fetch(String url, Duration limit) throws IOException {
        try (var pictures =
                new WebPictures(destinations(Set.of(HOST, OTHER, INSIDE), this::lookUp, PUBLIC::equals), limit)) {
            return pictures.fetch(url);
        }
    }

    private WebPictures pictures(VettedNames.Names names) {
        return new WebPictures(destinations(Set.of(HOST), names, PUBLIC::equals), Duration.ofSeconds(20));
    }

    private Destinations destinations(Set<String> hosts, VettedNames.Names names, Predicate<InetAddress> reachable) {
        return new Destinations(
                hosts,
                new VettedNames(names, (host, address) -> reachable.test(address)),
                scheme -> server.getAddress().getPort());
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        lookedUp.add(host);
        var known = names.get(host);
        return known == null ? InetAddress.getAllByName(host) : known;
    }

    private String url(String path) {
        return "http://" + HOST + ":" + server.getAddress().getPort() + path;
    }

    private void redirect(String path, String target) {
        answer(path, exchange -> {
            exchange.getResponseHeaders().add("Location", target);
            send(exchange, 302, FILE);
        });
    }

    private void answer(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.add(exchange);
            try (exchange) {
                answer.give(exchange);
            }
        });
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** A byte now and then, until the other side hangs up. */
    private static void drip(HttpExchange exchange) throws IOException {
        for (var pause = new CountDownLatch(1); ; ) {
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                if (pause.await(50, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
