package com.ourvidz.bench.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Where webhooks lead. It takes everything, and keeps what it was told. */
final class Receiver implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BACKLOG = 1024;

    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    /**
     * One event that came in.
     *
     * @param path which endpoint it was for
     * @param id the {@code webhook-id}
     */
    record Heard(String path, String job, String id, String type) {

        @Override
        public String toString() {
            return String.join(" ", path, job, id, type);
        }
    }

    private Receiver() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::hear);
        server.start();
    }

    static Receiver start() throws IOException {
        return new Receiver();
    }

    /** The endpoint of a user. */
    String url(int user) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path(user);
    }

    static String path(int user) {
        return "/users/" + user;
    }

    /** How many events came in, repetitions counted. */
    int times() {
        return heard.size();
    }

    /** What came in, each thing once, as {@link Heard#toString} writes it. */
    Set<String> heard() {
        return heard.stream().map(Heard::toString).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            var event = JSON.readTree(exchange.getRequestBody().readAllBytes());
            heard.add(new Heard(
                    exchange.getRequestURI().getPath(),
                    event.at("/data/job_id").asString(""),
                    String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
                    event.path("type").asString("")));
            exchange.sendResponseHeaders(204, -1);
        }
    }
}
