package com.ourvidz.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A real HTTP server on a free port that answers as the test scripts it, and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {

    /** What came in; {@code path} without the host. */
    @SuppressWarnings("ArrayRecordComponent") // a request is not compared
    record Request(String method, String path, String authorization, String attempt, String lease, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // nor is an answer
    record Answer(int status, byte[] body) {

        Answer(int status, String body) {
            this(status, body.getBytes(StandardCharsets.UTF_8));
        }

        static Answer ok(String body) {
            return new Answer(200, body);
        }

        static Answer status(int status) {
            return new Answer(status, "{\"success\":false,\"error\":\"Answer " + status + ".\"}");
        }
    }

    /** May block: each request has a thread of its own. */
    interface Script {
        Answer answer(Request request) throws InterruptedException;
    }

    private final HttpServer http;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Script script;

    ScriptedServer(Script script) throws IOException {
        this(0, script);
    }

    ScriptedServer(int port, Script script) throws IOException {
        this.script = script;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
    }

    URI url() {
        return URI.create("http://localhost:" + port());
    }

    int port() {
        return http.getAddress().getPort();
    }

    List<Request> requests(Predicate<Request> which) {
        return requests.stream().filter(which).toList();
    }

    List<Request> requestsTo(String pathEnd) {
        return requests(request -> request.path().endsWith(pathEnd));
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = read(exchange);
            requests.add(request);
            var answer = script.answer(request);
            var body = answer.body();
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                header(exchange, "Authorization"),
                header(exchange, "X-Ourvidz-Attempt"),
                header(exchange, "X-Ourvidz-Lease"),
                exchange.getRequestBody().readAllBytes());
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }
}
