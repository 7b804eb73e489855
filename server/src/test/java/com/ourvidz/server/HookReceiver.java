package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A user's own web server, on this machine. It answers 200 and {@code thanks} where it is not told otherwise. */
final class HookReceiver implements AutoCloseable {

    /** What came, as a receiver sees it. */
    record Message(String path, Headers headers, String body) {

        JsonNode json() {
            return Client.JSON.readTree(body);
        }

        /** Whether the library that receivers use takes the message for genuine. */
        boolean genuine(String secret) {
            return genuine(secret, body);
        }

        boolean genuine(String secret, String body) {
            try {
                new Webhook(secret).verify(body, Map.copyOf(headers));
                return true;
            } catch (WebhookVerificationException e) {
                return false;
            }
        }
    }

    private record Reply(int status, Map<String, String> headers) {}

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<Message>> messages = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final HttpServer server;

    HookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void reply(String path, int status, Map<String, String> headers) {
        replies.put(path, new Reply(status, headers));
    }

    /** Answers nothing on the path until the latch is counted down. */
    CountDownLatch hold(String path) {
        return held.computeIfAbsent(path, each -> new CountDownLatch(1));
    }

    /** The next message to the path, which has to come soon. */
    Message next(String path) {
        try {
            var message = at(path).poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a message to " + path).isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Messages to the path that nobody has asked for yet. */
    List<Message> more(String path) {
        return List.copyOf(at(path));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private BlockingQueue<Message> at(String path) {
        return messages.computeIfAbsent(path, each -> new LinkedBlockingQueue<>());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            at(path).add(new Message(path, exchange.getRequestHeaders(), body));
            awaitRelease(path);
            var reply = replies.getOrDefault(path, new Reply(200, Map.of()));
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            var thanks = "thanks".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), thanks.length);
            exchange.getResponseBody().write(thanks);
        }
    }

    private void awaitRelease(String path) {
        var latch = held.get(path);
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
